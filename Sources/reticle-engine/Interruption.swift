import CSignals
import Glibc

/// Whether somebody asked the program to end.
struct Interruption {
  /// Becomes readable when a signal comes.
  let file: Int32

  init() {
    file = signal_pipe_open()
    Self.unblockSignals()
  }

  /// Lets signals through: whoever started this program may have done so on a thread without them.
  static func unblockSignals() {
    var all = sigset_t()
    sigfillset(&all)
    sigprocmask(SIG_UNBLOCK, &all, nil)
  }

  /// Whether a signal to end has come since the last time.
  var isAsked: Bool {
    var isAsked = false
    var byte: UInt8 = 0
    while file >= 0, read(file, &byte, 1) == 1 {
      if byte == UInt8(truncatingIfNeeded: Int(SIGNAL_TERMINATED)) { isAsked = true }
    }
    return isAsked
  }
}
