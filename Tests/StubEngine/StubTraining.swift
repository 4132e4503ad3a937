import Glibc
import GroundTruth
import Storage

/// Training that takes steps and learns nothing on the way.
struct StubTraining {
  private let folder: String
  /// Who started it.
  private let parent = getppid()

  init(_ folder: String) { self.folder = folder }

  /// Trains; returns the exit code.
  func run() -> Int32 {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    sigprocmask(SIG_BLOCK, &signals, nil)
    if let reason = StubEngine.variable("STUB_FAIL") {
      StubEngine.say(Array(#"{"event":"failed","message":"\#(reason)"}"#.utf8))
      return 65
    }
    guard let version = StubModel.version(folder), let job = try? version.job() else { return 66 }
    let steps = StubEngine.number("STUB_STEPS") ?? 5
    let checkpoint = folder + "/checkpoint.stub"
    let start = StubEngine.read(checkpoint).flatMap { Int($0) } ?? 0
    StubEngine.write(Array("\(getpid())".utf8), to: folder + "/checkpoint.pid")
    StubEngine.write(Array("from \(start)\n".utf8), to: folder + "/checkpoint.log")
    for step in start..<steps {
      StubEngine.write(Array("\(step)".utf8), to: checkpoint)
      StubEngine.say(
        Array(
          (#"{"event":"progress","phase":"fit","step":\#(step),"steps":\#(steps),"#
            + #""loss":\#(1.0 / Double(step + 1)),"validation":null,"secondsLeft":\#(steps - step)}"#)
            .utf8))
      if start == 0, step == StubEngine.number("STUB_CRASH_AT") { kill(getpid(), SIGKILL) }
      if isStopped(at: step, signals) { return 75 }
    }
    StubModel.write(job, to: folder)
    StubEngine.say(Array(#"{"event":"finished","steps":\#(steps),"cpuSeconds":0.1}"#.utf8))
    return 0
  }

  /// Waits at the gate, if there is one; tells whether it is to stop.
  private func isStopped(at step: Int, _ signals: sigset_t) -> Bool {
    var signals = signals
    repeat {
      var wait = timespec(tv_sec: 0, tv_nsec: 2_000_000)
      if sigtimedwait(&signals, nil, &wait) > 0 { return true }
      guard let gate = StubEngine.variable("STUB_GATE"),
        step >= StubEngine.number("STUB_GATE_STEP") ?? 1, access(gate, F_OK) != 0
      else { return false }
      // Whoever waits for it may have gone: then there is nobody to tell.
    } while getppid() == parent
    return true
  }
}
