import Cells

/// A line of text being typed, with a cursor.
struct LineEditor: Hashable, Sendable {
  private(set) var characters: [Character]
  private(set) var cursor: Int

  /// No line typed is longer; a paste beyond it is cut.
  static let limit = 4096

  init(_ text: String = "") {
    characters = Array(text.prefix(Self.limit))
    cursor = characters.count
  }

  var text: String {
    get { String(characters) }
    set { self = LineEditor(newValue) }
  }

  /// Takes a key that edits; tells whether it did.
  mutating func handle(_ key: Key) -> Bool {
    switch (key.code, key.modifiers) {
    case (.character(let character), []): insert(String(character))
    case (.backspace, _): deleteBackwards(1)
    case (.delete, _): if cursor < characters.count { characters.remove(at: cursor) }
    case (.left, _): cursor = max(0, cursor - 1)
    case (.right, _): cursor = min(characters.count, cursor + 1)
    case (.home, _), (.character("a"), .control): cursor = 0
    case (.end, _), (.character("e"), .control): cursor = characters.count
    case (.character("u"), .control): deleteBackwards(cursor)
    case (.character("k"), .control): characters.removeSubrange(cursor...)
    case (.character("w"), .control): deleteBackwards(wordLength)
    case (.character("h"), .control): deleteBackwards(1)
    default: return false
    }
    return true
  }

  /// Inserts text at the cursor; line breaks become spaces.
  mutating func insert(_ text: String) {
    let room = max(0, Self.limit - characters.count)
    let added = text.map { $0.isNewline ? " " : $0 }.prefix(room)
    characters.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  private mutating func deleteBackwards(_ count: Int) {
    let start = max(0, cursor - count)
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  private var wordLength: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return cursor - start
  }
}
