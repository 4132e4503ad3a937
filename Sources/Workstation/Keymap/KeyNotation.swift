public import Cells

/// How keys are written in keymap files and in the help: `d`, `G`, `Ctrl+Z`, `Shift+Left`, `Space`.
public enum KeyNotation {
  private static let names: [(String, Key.Code)] = [
    ("Enter", .enter), ("Tab", .tab), ("Esc", .escape), ("Backspace", .backspace),
    ("Del", .delete), ("Ins", .insert), ("Up", .up), ("Down", .down), ("Left", .left),
    ("Right", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ("Space", .character(" ")), ("Plus", .character("+")),
  ]

  /// Why a key's spelling could not be read.
  public struct Failure: Error, Hashable, Sendable {
    /// The spelling.
    public let text: String

    /// What is wrong, and the way out.
    public var message: String {
      "“\(text)” is not a key: write a character, Ctrl+Z, Shift+Left, Space, Enter, Tab, Esc, "
        + "Backspace, Del, Home, End, PgUp, PgDn or F1…F12"
    }
  }

  /// Reads keys pressed one after the other, separated by spaces: `g g`, `Ctrl+Z`.
  public static func sequence(_ text: String) throws(Failure) -> [Key] {
    var keys: [Key] = []
    for part in text.split(separator: " ") { keys.append(try key(String(part))) }
    if keys.isEmpty { throw Failure(text: text) }
    return keys
  }

  /// Reads one key.
  public static func key(_ text: String) throws(Failure) -> Key {
    if text.count == 1, let character = text.first { return .character(character) }
    var modifiers: Key.Modifiers = []
    var rest = Substring(text)
    while let plus = rest.firstIndex(of: "+"), plus != rest.startIndex,
      rest.index(after: plus) != rest.endIndex
    {
      switch rest[..<plus].lowercased() {
      case "ctrl": modifiers.insert(.control)
      case "shift": modifiers.insert(.shift)
      case "alt": modifiers.insert(.alt)
      default: throw Failure(text: text)
      }
      rest = rest[rest.index(after: plus)...]
    }
    if rest.count == 1, let character = rest.first {
      if modifiers.contains(.shift) { throw Failure(text: text) }
      let lower = Character(character.lowercased())
      return Key(.character(modifiers.contains(.control) ? lower : character), modifiers)
    }
    if let code = names.first(where: { $0.0.lowercased() == rest.lowercased() })?.1 {
      return Key(code, modifiers)
    }
    if rest.lowercased().hasPrefix("f"), let number = Int(rest.dropFirst()), 1...12 ~= number {
      return Key(.function(number), modifiers)
    }
    throw Failure(text: text)
  }

  /// A key as the help shows it.
  public static func text(_ key: Key) -> String {
    var prefix = ""
    if key.modifiers.contains(.control) { prefix += "Ctrl+" }
    if key.modifiers.contains(.alt) { prefix += "Alt+" }
    if key.modifiers.contains(.shift) { prefix += "Shift+" }
    if case .function(let number) = key.code { return prefix + "F\(number)" }
    if let name = names.first(where: { $0.1 == key.code })?.0, name != "Plus" {
      return prefix + name
    }
    if case .character(let character) = key.code {
      return prefix
        + (key.modifiers.contains(.control) ? character.uppercased() : String(character))
    }
    return prefix + "?"
  }

  /// Keys pressed one after the other, as the help shows them.
  public static func text(_ keys: [Key]) -> String {
    keys.allSatisfy { $0.modifiers.isEmpty && text($0).count == 1 }
      ? keys.map(text).joined() : keys.map(text).joined(separator: " ")
  }
}
