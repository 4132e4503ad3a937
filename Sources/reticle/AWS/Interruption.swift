import Dispatch
import Glibc
import Synchronization

/// Ends what was started when the person presses Ctrl+C or the terminal goes.
///
/// `aws` runs in a session of its own, where no key reaches it.
final class Interruption: Sendable {
  private let programs = Mutex<[ObjectIdentifier: ChildProgram]>([:])

  /// Catches signals from now on, until the process ends.
  ///
  /// - Parameter leaving: What is left to do before the end.
  func begin(leaving: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { [self] in
        stopAll()
        leaving()
        _exit(128 + number)
      }
      source.resume()
      // Its handler goes with it: it has to stay as long as the process.
      _ = Unmanaged.passRetained(source as AnyObject)
    }
  }

  /// Ends all programs that run.
  func stopAll() {
    for program in programs.withLock({ Array($0.values) }) { program.stop() }
  }

  /// Runs something with a program that is ended when a signal comes.
  func running<Result>(_ program: ChildProgram, _ body: () -> Result) -> Result {
    programs.withLock { $0[ObjectIdentifier(program)] = program }
    defer { programs.withLock { $0[ObjectIdentifier(program)] = nil } }
    return body()
  }
}
