/// The edits made, and how many of them are in force.
public struct History: Hashable, Sendable {
  /// All edits: those in force, then those taken back.
  public private(set) var edits: [Edit]
  /// How many edits are in force.
  public private(set) var position: Int

  /// A history without edits.
  public init() {
    edits = []
    position = 0
  }

  /// Creates a history as it was kept.
  ///
  /// A position beyond the edits counts as the end.
  public init(edits: [Edit], position: Int) {
    self.edits = edits
    self.position = max(0, min(position, edits.count))
  }

  /// The edit that undo takes back.
  public var undoable: Edit? { position > 0 ? edits[position - 1] : nil }
  /// The edit that redo does again.
  public var redoable: Edit? { position < edits.count ? edits[position] : nil }

  /// Adds an edit and forgets those that were taken back.
  public mutating func record(_ edit: Edit) {
    edits.removeLast(edits.count - position)
    edits.append(edit)
    position += 1
  }

  /// Steps back over the last edit in force.
  public mutating func stepBack() {
    if position > 0 { position -= 1 }
  }

  /// Steps forward over the last edit taken back.
  public mutating func stepForward() {
    if position < edits.count { position += 1 }
  }
}
