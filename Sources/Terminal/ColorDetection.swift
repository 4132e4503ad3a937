public import Cells

/// How many colours a terminal shows, told from what its environment says.
public enum ColorDetection {
  /// The depth to draw with.
  ///
  /// In order: the person's choice, `NO_COLOR` (no-color.org), GNU screen and the Linux console
  /// (they misread or approximate sRGB, whatever `COLORTERM` they inherited), `COLORTERM`, and the
  /// terminal's name.
  ///
  /// - Parameters:
  ///   - choice: What the person asked for.
  ///   - environment: The environment variables.
  ///   - terminal: The name in `TERM`.
  /// - Returns: The depth to draw with.
  public static func depth(
    choice: ColorChoice, environment: [String: String], terminal: String
  ) -> ColorDepth {
    if let asked = choice.depth { return asked }
    if isSet("NO_COLOR", in: environment) { return .mono }
    if isScreen(terminal, environment) { return .palette256 }
    if isNamed(terminal, "linux") { return .palette16 }
    let colorTerm = environment["COLORTERM"]?.lowercased()
    if colorTerm == "truecolor" || colorTerm == "24bit" || terminal.hasSuffix("-direct") {
      return .truecolor
    }
    return depth(ofTerminalNamed: terminal)
  }

  private static func depth(ofTerminalNamed name: String) -> ColorDepth {
    let is256 = ["tmux", "screen"].contains { isNamed(name, $0) }
    if name.contains("256color") || is256 { return .palette256 }
    if name.hasPrefix("vt") || name == "dumb" || name.hasSuffix("-mono") { return .mono }
    return .palette8
  }

  private static func isScreen(_ terminal: String, _ environment: [String: String]) -> Bool {
    if isSet("STY", in: environment) { return true }
    return isNamed(terminal, "screen") && !isSet("TMUX", in: environment)
  }

  private static func isNamed(_ terminal: String, _ name: String) -> Bool {
    terminal == name || terminal.hasPrefix(name + "-") || terminal.hasPrefix(name + ".")
  }

  private static func isSet(_ name: String, in environment: [String: String]) -> Bool {
    environment[name].map { !$0.isEmpty } ?? false
  }
}

extension ColorChoice {
  /// The depth asked for, or `nil` where the terminal decides.
  fileprivate var depth: ColorDepth? {
    switch self {
    case .auto: nil
    case .truecolor: .truecolor
    case .palette256: .palette256
    case .palette16: .palette16
    case .palette8: .palette8
    case .mono: .mono
    }
  }
}
