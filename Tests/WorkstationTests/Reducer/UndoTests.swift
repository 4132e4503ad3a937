import GroundTruth
import Testing

@testable import Workstation

@Suite("Undo and redo")
struct UndoTests {
  @Test("keys", arguments: [("u", "Ctrl+R"), ("Ctrl+Z", "Ctrl+Y")])
  func keys(undo: String, redo: String) throws {
    try expect(
      "100×80", "w L J Enter \(undo)", "100×80", effects: "draw RBC, undo")
    try expect(
      "100×80", "w L J Enter \(undo) \(redo)", "100×80 | RBC 50,40 20×40",
      effects: "draw RBC, undo, redo")
    try expect("100×80", "\(undo) \(redo)", "100×80")
  }

  @Test("goes back to the image where the edit was")
  func acrossImages() throws {
    let album = "100×80 | RBC 1,1 2×2*\n100×80 | WBC 3,3 4×4\n100×80"
    try expect(
      album, "x d Tab 1 d Space u",
      "  100×80\n  100×80 | RBC 3,3 4×4\n> 100×80",
      effects: "delete RBC, relabel WBC as RBC, verify: nothing there, undo")
    try expect(
      album, "x d Tab 1 d Space u u", "  100×80\n> 100×80 | WBC 3,3 4×4\n  100×80",
      effects: "delete RBC, relabel WBC as RBC, verify: nothing there, undo, undo")
    try expect(
      album, "x d Tab 1 d Space u u u Ctrl+R",
      "> 100×80\n  100×80 | WBC 3,3 4×4\n  100×80",
      effects: "delete RBC, relabel WBC as RBC, verify: nothing there, undo, undo, undo, redo")
  }

  @Test("the lines come back byte for byte")
  func bytes() throws {
    var bench = try Bench("100×80 | RBC 1.25,1 2×2* | flag: é\n100×80 | WBC 3,3 4×4 | [cat]")
    try bench.run("l j <pause> e l Enter 2 y p f Space \"more\" Enter D s Tab x t 2 Esc Space")
    #expect(bench.lines != bench.originals)
    let changed = bench.lines
    let count = bench.state.dataset.history.position
    #expect(count > 8)
    try bench.run("u×\(count)")
    #expect(bench.lines == bench.originals)
    try bench.run("u")
    #expect(bench.message == "nothing to undo")
    try bench.run("Ctrl+R×\(count)")
    #expect(bench.lines == changed)
  }

  @Test("an edit after an undo forgets what could be redone")
  func forgets() throws {
    try expect(
      "100×80 | RBC 1,1 2×2", "X u Tab 2 Ctrl+R", "100×80 | WBC 1,1 2×2*",
      effects: "delete 1 boxes, undo, relabel RBC as WBC")
  }

  @Test("lifts a filter that hides where it was, and says so by showing it")
  func liftsFilter() throws {
    try expect(
      "100×80 | RBC 1,1 2×2\n100×80", "/ \"is:labelled\" Enter X u",
      "> 100×80 | RBC 1,1 2×2\n  100×80", effects: "delete 1 boxes, undo")
    var bench = try Bench("100×80 | RBC 1,1 2×2\n100×80 | WBC 1,1 2×2")
    try bench.run("X d / \"label:WBC\" Enter u")
    #expect(bench.state.queue.filterText == "")
    #expect(bench.state.queue.position == 0)
  }

  @Test("counts follow")
  func counts() throws {
    var bench = try Bench("100×80 | RBC 1,1 2×2\n100×80")
    try bench.run("X")
    #expect(bench.state.survey.labels.first { $0.name == "RBC" }?.boxCount == 0)
    #expect(bench.state.summary == "0 of 2 images done, 0 boxes")
    try bench.run("u")
    #expect(bench.state.survey.labels.first { $0.name == "RBC" }?.boxCount == 1)
    #expect(bench.state.summary == "1 of 2 images done, 1 boxes")
  }
}
