internal import CNcurses
public import Cells
internal import Glibc

/// Which glyphs and shortcuts a terminal is known to have, told from what its environment says.
public enum GlyphDetection {
  /// Whether the terminal draws the Symbols for Legacy Computing, and the C library knows how wide
  /// they are.
  ///
  /// Only terminals that draw them themselves count, not those that leave them to a font: kitty,
  /// foot, WezTerm, Contour, Ghostty, and VTE by its version. Within tmux or screen it isn't known
  /// which terminal shows what they send.
  ///
  /// - Parameters:
  ///   - environment: The environment variables.
  ///   - terminal: The name in `TERM`.
  /// - Returns: Whether they can be counted on.
  public static func hasLegacyComputing(
    environment: [String: String], terminal: String
  ) -> Bool {
    let first: wchar_t = 0x1FB00
    return nc_width(first) == 1 && draws(environment: environment, terminal: terminal)
  }

  /// Whether the terminal draws them.
  static func draws(environment: [String: String], terminal: String) -> Bool {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    func isNamed(_ name: String) -> Bool { terminal == name || terminal.hasPrefix(name + "-") }
    guard !isSet("TMUX"), !isSet("STY"), !isNamed("tmux"), !isNamed("screen") else { return false }
    if ["xterm-kitty", "foot", "wezterm", "contour", "xterm-ghostty", "ghostty"].contains(
      where: isNamed)
    {
      return true
    }
    if let version = environment["VTE_VERSION"].flatMap({ Int($0) }) { return version >= 7_000 }
    return ["WezTerm", "ghostty"].contains(environment["TERM_PROGRAM"] ?? "")
  }

  /// What the terminal can do to have runs of equal cells sent in fewer bytes, by its description.
  ///
  /// - Parameter terminal: The name in `TERM`.
  /// - Returns: The shortcuts; none for a terminal that the system doesn't know.
  public static func shortcuts(ofTerminal terminal: String) -> EscapeStream.Shortcuts {
    guard let entry = try? TerminfoDatabase.entry(of: terminal) else { return [] }
    func has(_ name: String) -> Bool {
      TerminfoDatabase.index(ofString: name).map { entry.strings[$0] != nil } ?? false
    }
    var shortcuts: EscapeStream.Shortcuts = []
    if has("rep") { shortcuts.insert(.repetition) }
    if has("ech"), has("cuf") { shortcuts.insert(.erasure) }
    return shortcuts
  }
}
