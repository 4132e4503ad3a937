import Glibc
import Synchronization

/// Keeps an eye on a process's anonymous memory, from a thread of its own.
final class MemoryWatch: Sendable {
  private struct State {
    var peak = 0
    var isStopped = false
  }

  private let state = Mutex(State())
  private let process: pid_t

  /// Begins to watch a process, every two milliseconds.
  init(process: pid_t) {
    self.process = process
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<MemoryWatch>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context)
    if result == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<MemoryWatch>.fromOpaque(context).release()
    }
  }

  /// The most there was, in bytes.
  var peak: Int { state.withLock { $0.peak } }

  /// Ends the thread.
  func stop() { state.withLock { $0.isStopped = true } }

  private func run() {
    while true {
      let now = Self.anonymousMemory(of: process)
      let isStopped = state.withLock { state in
        state.peak = max(state.peak, now)
        return state.isStopped
      }
      if isStopped { return }
      usleep(2_000)
    }
  }

  private static func anonymousMemory(of process: pid_t) -> Int {
    let lines = ProcFile.text("/proc/\(process)/status").split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("RssAnon:") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return 0 }
    return (Int(kilobytes) ?? 0) * 1_024
  }
}
