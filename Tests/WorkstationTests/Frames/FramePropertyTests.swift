import Cells
import Mosaic
import TestSupport
import Testing

@testable import Workstation

@Suite("Any frame")
struct FramePropertyTests {
  @Test(
    "a frame has the screen's size and no half characters, whatever was done",
    arguments: [UInt64(11), 12])
  func frames(number: UInt64) throws {
    let seed = SeededGenerator.seed(number)
    let labels = ["漢字の札", "👩‍👩‍👧 family", "esc\u{1B}[31m", String(repeating: "漢", count: 128), "RBC"]
    var bench = try Bench(
      """
      100×80 | 漢字の札 10,20 30×40 | RBC 12,22 30×40 | 👩‍👩‍👧 family 15,24 60×9
      20×300? | esc\u{1B}[31m 1,1 9×200 | flag: 漢字
      1×1
      64×48@ | RBC 1,1 9×9 | [漢字の札]
      9×9!
      """, screen: CellSize(columns: 100, rows: 20), labels: labels)
    var input = RandomInput(seed: seed)
    var trace: [Script.Step] = []
    for step in 0..<300 {
      let next = input.step(in: bench.state, images: 5)
      trace = trace.suffix(12) + [next]
      bench.perform(next)
      bench.state.isFinished = false
      let frame = bench.state.frame
      let problem =
        frame.size == bench.state.size ? FrameTests.problem(frame) : "the size is \(frame.size)"
      if let problem {
        Issue.record("seed \(seed), step \(step): \(problem)\n\(trace)\n\(frame)")
        return
      }
      if frame.cells.contains(where: { FrameTests.isHarmful($0.glyph) }) {
        Issue.record("seed \(seed), step \(step): a control character\n\(trace)")
        return
      }
    }
  }

  @Test("every small size")
  func smallSizes() throws {
    var bench = try Bench("100×80 | 漢字 10,20 30×40*", labels: ["漢字", "RBC"])
    for overlay in ["", "t", "Esc c", "Esc :", "Esc ?", "Esc i", "Esc '", "Esc w l j"] {
      try bench.run(overlay)
      for rows in [0, 1, 2, 3, 5, 11, 12, 13] {
        for columns in [0, 1, 2, 7, 20, 39, 40, 41] {
          bench.reduce(.input(.resize(CellSize(columns: columns, rows: rows))))
          let frame = bench.state.frame
          #expect(frame.size == CellSize(columns: columns, rows: rows))
          #expect(FrameTests.problem(frame) == nil, "\(overlay) \(columns)×\(rows)")
        }
      }
      bench.reduce(.input(.resize(Bench.screen)))
    }
  }

  @Test("drawing twice gives the same")
  func pure() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40")
    try bench.run("Tab e l")
    #expect(bench.state.frame == bench.state.frame)
  }
}
