import GroundTruth

/// What came back from a journal.
public struct Recovery: Hashable, Sendable, CustomStringConvertible {
  /// How many edits, undos and redos came back.
  public let edits: Int
  /// How many lines came back that were added for new images.
  public let addedLines: Int
  /// When the first of them was made; nil if only a torn end was found.
  public let first: Timestamp?
  /// When the last of them was made.
  public let last: Timestamp?
  /// Whether the end of the journal was cut short: what was being recorded at that instant, and
  /// had not been said to be saved, is lost.
  public let hadTornEnd: Bool

  /// What came back, in a sentence.
  public var description: String {
    var parts: [String] = []
    if edits > 0 { parts.append(edits == 1 ? "1 edit" : "\(edits) edits") }
    if addedLines > 0 { parts.append(addedLines == 1 ? "1 new line" : "\(addedLines) new lines") }
    let what = parts.isEmpty ? "Nothing" : parts.joined(separator: " and ")
    let since = first.map { " (made since \($0))" } ?? ""
    let torn = hadTornEnd ? "; the last record was cut short and is lost" : ""
    return "\(what) came back from the journal\(since)\(torn)."
  }

  /// What a journal gives back; nil for nothing.
  init?(_ entries: ArraySlice<JournalEntry>, hadTornEnd: Bool) {
    guard !entries.isEmpty || hadTornEnd else { return nil }
    var edits = 0
    var addedLines = 0
    for entry in entries {
      switch entry.record {
      case .append(let lines): addedLines += lines.count
      case .edit, .undo, .redo: edits += 1
      }
    }
    self.edits = edits
    self.addedLines = addedLines
    first = entries.first?.moment
    last = entries.last?.moment
    self.hadTornEnd = hadTornEnd
  }
}
