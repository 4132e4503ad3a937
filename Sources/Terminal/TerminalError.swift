/// Why a terminal cannot be drawn on.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// `TERM` is empty or not set.
  case noTerminalName
  /// The terminal cannot move its cursor.
  case tooSimple(name: String)
  /// The system has no description of the terminal.
  case unknownTerminal(name: String)
  /// The system refused what the screen needs.
  case cannotOpen(reason: String)
}

extension TerminalError: CustomStringConvertible {
  /// The error and what to do about it, in one sentence.
  public var description: String {
    switch self {
    case .notATerminal:
      "standard input and output must be a terminal: run this without pipes or redirections"
    case .noTerminalName:
      "TERM is not set: say what the terminal is, for example TERM=xterm-256color"
    case .tooSimple(let name):
      "TERM=\(name) cannot move its cursor: run this in a full-screen terminal"
    case .unknownTerminal(let name):
      "TERM=\(name) is not in the terminfo database: install its entry or set TERM=xterm-256color"
    case .cannotOpen(let reason):
      "the terminal cannot be opened (\(reason)): run reset, then try again"
    }
  }
}
