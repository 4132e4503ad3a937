/// A label and how often it occurs.
public struct LabelCount: Hashable, Sendable {
  /// The label's name.
  public let name: String
  /// The label's number in the survey; it stays while the survey lives.
  public let index: Int
  /// The class id; `nil` for a label that no class map names.
  public internal(set) var classID: Int?
  /// How many boxes of the truth attribute have it.
  public internal(set) var boxCount = 0
  /// How many images have it, on a box or as a whole.
  public internal(set) var imageCount = 0
  /// How many images have it as a whole.
  public internal(set) var imageLevelCount = 0
}
