/// A box that a person vouches for.
public struct TruthBox: Hashable, Sendable {
  /// What a truth counts for.
  public enum Role: UInt8, Hashable, Sendable {
    /// It is to be found, by one prediction.
    case counted
    /// It need not be found; the one prediction that finds it counts neither for nor against.
    ///
    /// Pascal VOC's `difficult`.
    case ignored
    /// A group: any number of predictions may lie in it, and none counts.
    ///
    /// COCO's `iscrowd`. A prediction lies in it by the part of the prediction that it covers.
    case crowd
  }

  /// Where it is.
  public var rectangle: Rectangle
  /// The label's place in the list of labels.
  public var label: Int
  /// What it counts for.
  public var role: Role

  /// Creates a truth, one that counts unless said otherwise.
  public init(_ rectangle: Rectangle, label: Int, role: Role = .counted) {
    self.rectangle = rectangle
    self.label = label
    self.role = role
  }
}
