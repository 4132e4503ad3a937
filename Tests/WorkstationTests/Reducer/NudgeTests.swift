import Cells
import Raster
import Testing

@testable import Workstation

@Suite("Nudging")
struct NudgeTests {
  private let album = "100×80 | RBC 10,20 30×40* | WBC 50,8 8×8"

  @Test("a run of nudges is one edit, made after a pause")
  func run() throws {
    try expect(album, "l l l j", "100×80 | RBC 16,24 30×40*~ | WBC 50,8 8×8")
    try expect(
      album, "l l l j <pause>", "100×80 | RBC 16,24 30×40* | WBC 50,8 8×8",
      effects: "move RBC, save 1")
    try expect(
      album, "l l l j <pause> u", "100×80 | RBC 10,20 30×40 | WBC 50,8 8×8",
      effects: "move RBC, save 1, undo")
  }

  @Test("a box thinner than a pixel keeps an extent")
  func thin() throws {
    var bench = try Bench("100×80 | RBC 10.1,20 0.3×40*")
    try bench.run("l <pause>")
    #expect(bench.album.images[0].boxes[0].rect.width == 1)
  }

  @Test("there and back is no edit")
  func backAgain() throws {
    try expect(album, "l j h k <pause>", album)
  }

  @Test(
    "whatever else is done settles it first",
    arguments: [
      ("Tab", "move RBC"), ("x", "move RBC, delete RBC"), ("u", "move RBC, undo"),
      ("2", "move RBC, relabel RBC as WBC"), ("Esc", "move RBC"), ("c", "move RBC"),
      ("/", "move RBC"), (":", "move RBC"), ("?", "move RBC"), ("y p", "move RBC, paste RBC"),
      ("e", "move RBC"), ("d", "move RBC"), ("Ctrl+S", "move RBC, save 1"), ("t", "move RBC"),
      ("q", "move RBC"), ("s", "move RBC, skip"), ("Ctrl+C", "move RBC"), ("w", "move RBC"),
      ("<terminate>", "move RBC"), ("'", "move RBC"), ("<press 3,3>", "move RBC"),
    ])
  func settles(key: String, effects: String) throws {
    var bench = try Bench("\(album)\n100×80")
    try bench.run("l \(key)")
    #expect(bench.state.nudge == nil)
    #expect(bench.take() == effects)
  }

  @Test("looking does not", arguments: ["+", "-", "b", "E", ")", "Ctrl+Left", "<wheel-up 9,9>"])
  func goesOn(key: String) throws {
    var bench = try Bench(album)
    try bench.run("l \(key) h")
    #expect(bench.state.nudge != nil)
    #expect(bench.take() == "")
  }

  @Test("moving on to another image settles it there")
  func movesOn() throws {
    try expect(
      "\(album)\n100×80", "l d a", "100×80 | RBC 12,20 30×40 | WBC 50,8 8×8\n100×80",
      effects: "move RBC")
  }

  @Test("taking another box from the list settles it first")
  func otherBox() throws {
    var bench = try Bench(album, screen: CellSize(columns: 120, rows: 36))
    let list = bench.state.layout.boxes
    let step = Int(State.step(in: try #require(bench.state.canvas.viewport)).x.rounded())
    try bench.run("l <press \(list.left + 2),\(list.top + 1)> l <pause>")
    #expect(bench.take() == "move RBC, move WBC, save 2")
    #expect(
      bench.album.images[0].boxes.map(\.rect.left) == [10.0 + Double(step), 50 + Double(step)])
  }

  @Test("the pause comes soon while a nudge waits")
  func patience() throws {
    var bench = try Bench(album)
    #expect(bench.state.patience == nil)
    try bench.run("l")
    #expect(bench.state.patience == .milliseconds(400))
    try bench.run("<pause>")
    #expect(bench.state.patience == .seconds(8))
    try bench.run("<saved 1>")
    #expect(bench.state.patience == nil)
  }
}
