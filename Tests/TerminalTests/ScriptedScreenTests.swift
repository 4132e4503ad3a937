import Cells
import Dispatch
import TestSupport
import Testing

@MainActor
struct ScriptedScreenTests {
  @Test func `a script waits for the frame it wants, then ends`() {
    let wanted = CellGrid(size: CellSize(columns: 2, rows: 1), filledWith: Cell("x"))
    let screen = ScriptedScreen(
      size: wanted.size,
      script: [
        .input([.key(.character("a"))]), .untilFrame("an x") { $0 == wanted },
        .resize(CellSize(columns: 3, rows: 1)),
      ])
    #expect(screen.nextEvents(timeout: nil) == [.key(.character("a"))])
    let wake = screen.waker
    DispatchQueue.global().async { wake() }
    #expect(screen.nextEvents(timeout: nil).isEmpty)
    screen.draw(wanted)
    #expect(screen.nextEvents(timeout: nil) == [.resize(CellSize(columns: 3, rows: 1))])
    #expect(screen.nextEvents(timeout: nil) == [.terminate])
    #expect(screen.timedOut.isEmpty && screen.frames == [wanted])
  }

  @Test func `a wait in vain is told, not endless`() {
    let screen = ScriptedScreen(
      script: [.untilFrame("never") { _ in false }], patience: .milliseconds(5))
    for _ in 0..<100 where screen.nextEvents(timeout: .milliseconds(1)) == [.terminate] { break }
    #expect(screen.timedOut == ["never"])
  }

  @Test func `a missing snapshot fails`() {
    #expect(throws: SnapshotFailure.self) { try expectSnapshot("text", named: "no-such") }
  }

  @Test func `a seed gives the same numbers again`() {
    var (one, other) = (SeededGenerator(seed: 7), SeededGenerator(seed: 7))
    #expect((0..<9).map { _ in one.next() } == (0..<9).map { _ in other.next() })
  }
}
