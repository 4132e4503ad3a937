/// What lists and counts need to know of an entry, in a few bytes.
public struct EntrySummary: Hashable, Sendable {
  /// The entry's labels, by their number in the survey (`Survey.label(_:)`).
  public internal(set) var labels: LabelIndexes
  /// What is true of the entry.
  public let state: EntryState
  /// How many boxes the truth attribute has.
  public var boxCount: Int { Int(storedBoxCount) }

  private let storedBoxCount: UInt32

  init(state: EntryState, boxCount: Int = 0, labels: LabelIndexes = LabelIndexes()) {
    self.state = state
    storedBoxCount = UInt32(clamping: boxCount)
    self.labels = labels
  }
}
