import Dispatch
import Glibc
import Synchronization

/// Ends what was started when the person presses Ctrl+C or the terminal goes.
///
/// `aws` runs in a session of its own, where no key reaches it.
final class Interruption: Sendable {
  private struct Open {
    var programs: [ObjectIdentifier: ChildProgram] = [:]
    var sources: [any DispatchSourceSignal] = []
  }

  private let open = Mutex(Open())

  /// Catches signals from now on, until the process ends.
  ///
  /// - Parameter leaving: What is left to do before the end.
  func begin(leaving: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { [self] in
        for program in open.withLock({ Array($0.programs.values) }) { program.stop() }
        leaving()
        _exit(128 + number)
      }
      source.resume()
      open.withLock { $0.sources.append(source) }
    }
  }

  /// Runs something with a program that is ended when a signal comes.
  func running<Result>(_ program: ChildProgram, _ body: () -> Result) -> Result {
    open.withLock { $0.programs[ObjectIdentifier(program)] = program }
    defer { open.withLock { $0.programs[ObjectIdentifier(program)] = nil } }
    return body()
  }
}
