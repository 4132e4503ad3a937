/// A bounding-box attribute and how often it occurs.
public struct AttributeCount: Hashable, Sendable {
  /// The attribute's name.
  public let name: String
  /// How many lines have it.
  public internal(set) var lineCount = 0
  /// On how many of those a human vouches for it.
  public internal(set) var humanCount = 0
  /// The latest date among those; dates are compared as text, as ISO 8601 allows.
  public internal(set) var newestDate = ""
}
