/// Bytes of one line replaced by others.
///
/// Holding what goes as well as what comes, a splice can be turned round and can tell whether it
/// fits the line it is applied to.
public struct Splice: Hashable, Sendable {
  /// The line, counted from 0.
  public let line: Int
  /// Where in the line the change starts, in bytes.
  public let offset: Int
  /// The bytes that go.
  public let removed: [UInt8]
  /// The bytes that come.
  public let inserted: [UInt8]

  /// Creates a splice from its parts.
  public init(line: Int, offset: Int, removed: [UInt8], inserted: [UInt8]) {
    self.line = line
    self.offset = offset
    self.removed = removed
    self.inserted = inserted
  }

  /// The smallest splice between two versions of a line that cuts no UTF-8 character.
  ///
  /// - Complexity: O(length).
  public init(line: Int, from old: [UInt8], to new: [UInt8]) {
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] { start += 1 }
    while start > 0,
      Self.isInsideCharacter(old, at: start) || Self.isInsideCharacter(new, at: start)
    {
      start -= 1
    }
    var tail = 0
    while tail < shorter - start, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    while tail > 0, Self.isInsideCharacter(old, at: old.count - tail) { tail -= 1 }
    self.init(
      line: line, offset: start, removed: Array(old[start..<old.count - tail]),
      inserted: Array(new[start..<new.count - tail]))
  }

  /// The splice that takes this one back.
  public var inverse: Splice {
    Splice(line: line, offset: offset, removed: inserted, inserted: removed)
  }

  /// The line after the change.
  ///
  /// - Throws: `EditError.doesNotFit` if the line doesn't hold the bytes to be removed.
  public func applied(to bytes: [UInt8]) throws(EditError) -> [UInt8] {
    // Compared by subtraction: an offset from a damaged journal may be as large as an Int gets.
    guard offset >= 0, removed.count <= bytes.count, offset <= bytes.count - removed.count,
      bytes[offset..<offset + removed.count].elementsEqual(removed)
    else { throw .doesNotFit(line: line) }
    let end = offset + removed.count
    return Array(bytes[..<offset]) + inserted + Array(bytes[end...])
  }

  private static func isInsideCharacter(_ bytes: [UInt8], at index: Int) -> Bool {
    index < bytes.count && bytes[index] & 0xC0 == 0x80
  }
}

/// Why an edit could not be applied.
public enum EditError: Error, Hashable, Sendable {
  /// The line (from 0) is not the one that the edit was made on.
  case doesNotFit(line: Int)
  /// There is no such line.
  case noSuchLine(Int)
  /// There is nothing to undo.
  case nothingToUndo
  /// There is nothing to redo.
  case nothingToRedo
}
