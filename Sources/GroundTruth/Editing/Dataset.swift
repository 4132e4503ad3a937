/// A manifest being worked on: its lines as found, with the edits made since laid over them.
///
/// A value: `perform` is the only way it changes, for a person's edit, for undo and redo, and for
/// the replay of a journal, so all of them end in the same lines.
public struct Dataset: Sendable {
  /// The lines as found.
  public let source: any LineSource
  /// Lines added at the end.
  public private(set) var appended: [[UInt8]] = []
  /// The lines that were changed, by index, as they are now.
  public private(set) var changed: [Int: [UInt8]] = [:]
  /// What was done, for undo and redo.
  public private(set) var history: History

  /// Creates a dataset over lines as found, with the history that led to them.
  public init(source: any LineSource, history: History = History()) {
    self.source = source
    self.history = history
  }

  /// How many lines there are, blank and broken ones included.
  public var count: Int { source.lineCount + appended.count }

  /// The bytes of a line as it is now, without its line ending.
  public func line(at index: Int) -> [UInt8] {
    if let line = changed[index] { return line }
    if index < source.lineCount { return source.line(at: index) }
    return appended[index - source.lineCount]
  }

  /// Lends the bytes of consecutive lines as they are now, one after another.
  ///
  /// Lines that nobody changed aren't copied where the source can lend them.
  ///
  /// - Parameters:
  ///   - range: The lines, counted from 0.
  ///   - body: Gets each line's number and its bytes.
  public func forEachLine(in range: Range<Int>, _ body: (Int, Span<UInt8>) -> Void) {
    let found = range.clamped(to: 0..<source.lineCount)
    if changed.isEmpty {
      source.forEachLine(in: found, body)
    } else {
      source.forEachLine(in: found) { index, bytes in
        if let line = changed[index] { body(index, line.span) } else { body(index, bytes) }
      }
    }
    for index in range.clamped(to: source.lineCount..<max(source.lineCount, count)) {
      let line = line(at: index)
      body(index, line.span)
    }
  }

  /// Takes a step, and tells which lines it changed.
  ///
  /// - Throws: `EditError` if the step doesn't fit the lines; the dataset is then as it was.
  /// - Complexity: O(length of the lines changed), whatever the number of lines.
  @discardableResult
  public mutating func perform(_ record: JournalRecord) throws(EditError) -> Set<Int> {
    switch record {
    case .append(let lines):
      let first = count
      appended += lines
      return Set(first..<count)
    case .edit(let edit):
      try apply(edit)
      history.record(edit)
      return edit.lines
    case .undo:
      guard let edit = history.undoable else { throw .nothingToUndo }
      try apply(edit.inverse)
      history.stepBack()
      return edit.lines
    case .redo:
      guard let edit = history.redoable else { throw .nothingToRedo }
      try apply(edit)
      history.stepForward()
      return edit.lines
    }
  }

  private mutating func apply(_ edit: Edit) throws(EditError) {
    var lines: [Int: [UInt8]] = [:]
    for splice in edit.splices {
      guard (0..<count).contains(splice.line) else { throw .noSuchLine(splice.line) }
      let line = lines[splice.line] ?? self.line(at: splice.line)
      lines[splice.line] = try splice.applied(to: line)
    }
    changed.merge(lines) { $1 }
  }
}
