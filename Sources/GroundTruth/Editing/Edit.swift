/// One thing a person did to the dataset, with all that is needed to take it back.
public struct Edit: Hashable, Sendable {
  /// What was done, in a few words: "draw RBC", "delete 3 boxes".
  public let summary: String
  /// The changes, in the order in which they are applied.
  public let splices: [Splice]

  /// Creates an edit.
  public init(summary: String, splices: [Splice]) {
    self.summary = summary
    self.splices = splices
  }

  /// The edit that takes this one back.
  public var inverse: Edit {
    Edit(summary: summary, splices: splices.reversed().map(\.inverse))
  }

  /// The lines changed, counted from 0.
  public var lines: Set<Int> { Set(splices.map(\.line)) }
}
