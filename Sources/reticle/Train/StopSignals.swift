import Dispatch
import Glibc
import Synchronization

/// Ctrl+C and its like as a wish to stop, once; a second ends the program at once.
final class StopSignals {
  private static let numbers = [SIGINT, SIGTERM, SIGHUP]
  private let sources: [any DispatchSourceSignal]

  /// Watches from now on.
  ///
  /// - Parameter stop: Called, on another thread, at the first signal.
  init(_ stop: @escaping @Sendable () -> Void) {
    let isFirst = Mutex(true)
    sources = Self.numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler {
        let wasFirst = isFirst.withLock { first in
          defer { first = false }
          return first
        }
        guard wasFirst else { _exit(128 + number) }
        stop()
      }
      source.activate()
      return source
    }
  }

  /// Lets signals do again what they do.
  func end() {
    for source in sources { source.cancel() }
    for number in Self.numbers { signal(number, SIG_DFL) }
  }
}
