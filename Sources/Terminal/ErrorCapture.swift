import CSignals
import Glibc

/// Keeps what is written to standard error while the screen is up, where it would only garble.
///
/// Only when standard error is a terminal: a log file gets its lines at once.
struct ErrorCapture {
  /// The file in memory that takes the place of file 2, or -1 if nothing is captured.
  private(set) var memory: Int32 = -1
  /// What file 2 was before, or -1.
  private(set) var original: Int32 = -1

  /// Begins to capture.
  mutating func begin() {
    guard memory < 0, isatty(STDERR_FILENO) == 1 else { return }
    let file = memory_file("messages")
    let copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard file >= 0, copy >= 0, dup2(file, STDERR_FILENO) >= 0 else {
      if file >= 0 { close(file) }
      if copy >= 0 { close(copy) }
      return
    }
    (memory, original) = (file, copy)
  }

  /// Ends capturing, and writes to standard error what was kept.
  mutating func end() {
    guard memory >= 0 else { return }
    dup2(original, STDERR_FILENO)
    copy_file(memory, STDERR_FILENO)
    close(memory)
    close(original)
    (memory, original) = (-1, -1)
  }
}
