/// A keymap that comes with the program.
public enum Preset: String, CaseIterable, Sendable {
  /// Reticle's own.
  case standard = "default"
  /// Near to CVAT: `f` and `d` go through the images.
  case cvat
  /// Near to vim: `i` draws, `dd` deletes, `n` and `N` go through the images.
  case vim
  /// Near to Prodigy: `a` accepts, `x` clears, Space skips.
  case prodigy

  /// The bindings as text, by context: what the keymap is made from and what a file may override.
  ///
  /// Commands in the order of the help; several keys for one command are separated by two spaces.
  public var table: [(KeyContext, [(Command, String)])] {
    switch self {
    case .standard: Self.standardTable
    case .cvat: Self.replacing(Self.cvatChanges)
    case .vim: Self.replacing(Self.vimChanges)
    case .prodigy: Self.replacing(Self.prodigyChanges)
    }
  }

  /// The preset's keymap; a preset that clashes with itself is empty, which a test rules out.
  public var keymap: Keymap {
    (try? keymapChecked()) ?? Keymap()
  }

  /// The preset's keymap, checked.
  ///
  /// - Throws: `KeyNotation.Failure` or `Keymap.Clash` if the preset's table is wrong.
  public func keymapChecked() throws -> Keymap {
    var bindings: [KeyContext: [Keymap.Binding]] = [:]
    for (context, rows) in table {
      for (command, keys) in rows {
        for part in Self.alternatives(keys) {
          bindings[context, default: []].append(
            Keymap.Binding(keys: try KeyNotation.sequence(part), command: command))
        }
      }
    }
    return try Keymap(bindings)
  }

  /// Splits `"d  PgDn"` into its alternatives.
  static func alternatives(_ text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if word.isEmpty {
        if !current.isEmpty { parts.append(current) }
        current = ""
      } else {
        current += current.isEmpty ? String(word) : " " + word
      }
    }
    if !current.isEmpty { parts.append(current) }
    return parts
  }

  private static func replacing(_ changes: [Command: String]) -> [(KeyContext, [(Command, String)])]
  {
    let taken = Set(changes.values.flatMap(alternatives))
    let prefixes = Set(taken.compactMap { $0.split(separator: " ").first.map(String.init) })
    return standardTable.map { context, rows in
      // The key that begins a box sets it too.
      if context == .draw {
        return (context, rows.map { ($0, $0 == .drawBox ? changes[.drawBox] ?? $1 : $1) })
      }
      guard context == .image else { return (context, rows) }
      let kept = rows.compactMap { command, keys -> (Command, String)? in
        if let own = changes[command] { return (command, own) }
        let free = alternatives(keys).filter { !taken.contains($0) && !prefixes.contains($0) }
        return free.isEmpty ? nil : (command, free.joined(separator: "  "))
      }
      return (context, kept)
    }
  }
}
