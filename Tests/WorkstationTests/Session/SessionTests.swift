import Cells
import GroundTruth
import TestSupport
import Testing

@testable import Workstation

/// The loop between a screen, the state, and whoever performs effects.
@Suite("Session")
@MainActor
struct SessionTests {
  /// What was performed, and when in the loop.
  private final class Log {
    var effects: [String] = []
  }

  private func state(
    _ album: String, size: CellSize = CellSize(columns: 60, rows: 23)
  ) throws -> State {
    try Bench(album, screen: size).state
  }

  private func session(
    _ state: State, on screen: ScriptedScreen, _ log: Log, mailbox: Mailbox? = nil
  ) -> Session {
    let perform: (Effect) -> Void = { effect in
      if let words = effect.words { log.effects.append(words) }
      if case .want(let requests) = effect {
        log.effects.append("want \(requests.map { $0.line + 1 })")
      }
    }
    return Session(
      state: state, screen: screen, mailbox: mailbox ?? Mailbox(wake: screen.waker),
      clock: { Bench.now }, perform: perform)
  }

  private func keys(_ text: String) throws -> ScriptedScreen.Step {
    .input(
      try Script(text).steps.compactMap { step in
        if case .input(let event) = step { event } else { nil }
      })
  }

  @Test("the screen's size comes first, so the first frame fits it")
  func resizeFirst() throws {
    let screen = ScriptedScreen(size: CellSize(columns: 90, rows: 30))
    let session = session(try state("100×80"), on: screen, Log())
    session.run()
    #expect(screen.frames.first?.size == CellSize(columns: 90, rows: 30))
    #expect(screen.frames.allSatisfy { $0.size == screen.size })
  }

  @Test("a resize at work is drawn at the new size")
  func resizes() throws {
    let screen = ScriptedScreen(
      size: CellSize(columns: 60, rows: 23),
      script: [.resize(CellSize(columns: 120, rows: 36)), .resize(CellSize(columns: 10, rows: 4))])
    session(try state("100×80"), on: screen, Log()).run()
    #expect(screen.frames.map(\.size.columns) == [60, 120, 10])
  }

  @Test("effects are performed in order, the last save included")
  func order() throws {
    let screen = ScriptedScreen(
      size: Bench.screen, script: [try keys("Tab 2 x u"), try keys("Ctrl+S"), try keys("3 q")])
    let log = Log()
    let session = session(try state("100×80 | RBC 10,20 30×40"), on: screen, log)
    session.run()
    #expect(
      log.effects.filter { !$0.hasPrefix("want") } == [
        "relabel RBC as WBC", "delete WBC", "undo", "save 3",
      ])
    #expect(session.state.isFinished)
  }

  @Test("what is pressed after leaving is not taken")
  func afterLeaving() throws {
    let screen = ScriptedScreen(size: Bench.screen, script: [try keys("q Space Space")])
    let log = Log()
    let session = session(try state("100×80\n100×80"), on: screen, log)
    session.run()
    #expect(session.state.stepsTaken == 0)
    #expect(screen.frames.count == 1)
  }

  @Test("nothing typed for a while is a pause: the nudge settles, then the manifest is written")
  func pause() throws {
    let screen = ScriptedScreen(
      size: Bench.screen,
      script: [try keys("Tab l l"), .input([]), .input([])])
    let log = Log()
    session(try state("100×80 | RBC 10,20 30×40"), on: screen, log).run()
    #expect(log.effects.filter { !$0.hasPrefix("want") } == ["move RBC", "save 1"])
  }

  @Test("repaint and suspend go to the screen, not to whoever performs effects")
  func screenEffects() throws {
    let screen = ScriptedScreen(
      size: Bench.screen, script: [try keys("Ctrl+L Ctrl+L : \"suspend\" Enter")])
    let log = Log()
    session(try state("100×80"), on: screen, log).run()
    #expect(screen.repaints == 2)
    #expect(screen.suspensions == 1)
    #expect(!log.effects.contains("repaint") && !log.effects.contains("suspend"))
  }

  @Test("what is left in the mailbox is taken before the next frame, oldest first")
  func mailbox() throws {
    let screen = ScriptedScreen(size: Bench.screen, script: [.input([])])
    let mailbox = Mailbox(wake: screen.waker)
    mailbox.post(.notice("one", isProblem: false))
    mailbox.post(.notice("two", isProblem: true))
    let session = session(try state("100×80"), on: screen, Log(), mailbox: mailbox)
    session.run()
    #expect(screen.frames.first?.description.contains(" two") == true)
    #expect(mailbox.take().isEmpty)
  }

  @Test("a picture that comes from another thread is drawn without a key")
  func wakes() throws {
    let screen = ScriptedScreen(
      size: Bench.screen,
      script: [.untilFrame("the notice") { $0.description.contains("it came") }])
    let mailbox = Mailbox(wake: screen.waker)
    let session = session(try state("100×80"), on: screen, Log(), mailbox: mailbox)
    Task.detached { mailbox.post(.notice("it came", isProblem: false)) }
    session.run()
    #expect(screen.timedOut.isEmpty)
  }

  @Test("hang-up settles what waits and saves")
  func terminate() throws {
    let screen = ScriptedScreen(size: Bench.screen, script: [try keys("Tab l <terminate>")])
    let log = Log()
    let session = session(try state("100×80 | RBC 10,20 30×40"), on: screen, log)
    session.run()
    #expect(session.state.isFinished)
    #expect(log.effects.filter { !$0.hasPrefix("want") } == ["move RBC", "save 1"])
  }

  @Test("edits bear the clock's time")
  func clock() throws {
    let screen = ScriptedScreen(size: Bench.screen, script: [try keys("Space")])
    let session = session(try state("100×80"), on: screen, Log())
    session.run()
    let line = String(decoding: session.state.dataset.line(at: 0), as: UTF8.self)
    #expect(line.contains("2026-09-21T14:13:20.000000"))
  }
}
