import Glibc

/// The question before something that costs.
enum Confirmation {
  /// Says what it costs, and asks on a terminal.
  ///
  /// - Parameters:
  ///   - note: What it costs.
  ///   - isGiven: Whether the command line says yes already.
  ///   - deed: What is to be done, as `train it`.
  /// - Throws: ``Failure`` if the person doesn't want it, or can't be asked.
  static func ask(_ note: String, isGiven: Bool, to deed: String) throws {
    for line in note.split(separator: "\n") { Failure.say(String(line)) }
    if isGiven { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw Failure.saying(
        "nothing was begun, as nobody can be asked here: --yes says that it may cost that",
        Failure.usage)
    }
    let question = Array("reticle: \(deed)? Type yes to go on: ".utf8)
    _ = question.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    let answer = readLine()?.lowercased() ?? ""
    guard answer == "yes" || answer == "y" else {
      throw Failure.saying("nothing was begun, and nothing costs", Failure.usage)
    }
  }
}
