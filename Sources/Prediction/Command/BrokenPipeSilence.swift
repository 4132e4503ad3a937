import Glibc

/// Keeps SIGPIPE from the thread that makes it, for whom a failed write says enough.
struct BrokenPipeSilence {
  private var before = sigset_t()

  init() {
    var signals = Self.signals
    pthread_sigmask(SIG_BLOCK, &signals, &before)
  }

  /// Lets signals come again; those that were kept off are forgotten.
  func end() {
    var (signals, before, none) = (Self.signals, before, timespec())
    while sigtimedwait(&signals, nil, &none) == SIGPIPE {}
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    return signals
  }
}
