import Glibc

/// A question on the terminal.
enum Question {
  /// Asks and waits for a line; only `y` and `yes` are yes.
  ///
  /// - Throws: ``Failure`` where nobody can be asked.
  static func isAffirmed(_ question: String) throws -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw Failure.saying("\(question) Nobody is here to ask: say --yes", Failure.usage)
    }
    Failure.say("\(question) [y/N]")
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
  }
}
