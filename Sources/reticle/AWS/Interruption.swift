import Dispatch
import Glibc
import Synchronization

/// Ends what was started when the person presses Ctrl+C or the terminal goes.
///
/// `aws` runs in a session of its own, where no key reaches it.
final class Interruption: Sendable {
  private struct State {
    var programs: [ObjectIdentifier: ChildProgram] = [:]
    var isEnding = false
  }

  private let state = Mutex(State())

  /// Catches signals from now on, until the process ends.
  ///
  /// - Parameter leaving: What is left to do before the end.
  func begin(leaving: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { [self] in
        state.withLock { $0.isEnding = true }
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
    for program in state.withLock({ Array($0.programs.values) }) { program.stop() }
  }

  /// Runs something with a program that is ended when a signal comes.
  func running<Result>(_ program: ChildProgram, _ body: () -> Result) -> Result {
    state.withLock { $0.programs[ObjectIdentifier(program)] = program }
    let result = body()
    let isEnding = state.withLock { state in
      state.programs[ObjectIdentifier(program)] = nil
      return state.isEnding
    }
    // That the program ended is not its failure: the one who ended it ends this process, too.
    while isEnding { pause() }
    return result
  }
}
