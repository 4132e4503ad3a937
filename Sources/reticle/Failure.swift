import ArgumentParser
import Cells
import Glibc

/// An end with a message on standard error and an exit code of `sysexits.h`.
struct Failure: Error {
  /// What is wrong and the way out, as yet with all that names and files may hold.
  let message: String
  let code: ExitCode

  /// Bad input: 65.
  static let data = ExitCode(65)
  /// No such input: 66.
  static let noInput = ExitCode(66)
  /// Cannot write: 73.
  static let cannotCreate = ExitCode(73)
  /// Try later: 75.
  static let temporary = ExitCode(75)
  /// Wrong usage: 64.
  static let usage = ExitCode(64)

  /// An end that says what is wrong; to be thrown.
  static func saying(_ message: String, _ code: ExitCode) -> Failure {
    Failure(message: message, code: code)
  }

  /// Writes a line about the program to standard error, with everything from files made harmless.
  static func say(_ message: String) {
    let line = "reticle: " + PrintableText.escaping(message) + "\n"
    let bytes = Array(line.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
