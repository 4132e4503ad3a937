import Cells
import Mosaic
import Raster
import Testing

@testable import Workstation

/// Cells of the screen: cell C,R is pixels 2(C−5)…2(C−5)+2 across and 4(R−1)…4(R−1)+4 down, its
/// middle is 2C−9, 4R−2.
@Suite("The mouse")
struct PointerTests {
  @Test("dragging draws, whichever way")
  func dragDraws() throws {
    try expect("100×80", "<drag 10,3 20,8>", "100×80 | RBC 11,10 20×20*", effects: "draw RBC")
    try expect("100×80", "<drag 20,8 10,3>", "100×80 | RBC 11,10 20×20*", effects: "draw RBC")
    try expect("100×80", "<drag 20,3 10,8>", "100×80 | RBC 11,10 20×20*", effects: "draw RBC")
    // Begun or ended outside the image it stays inside.
    try expect("100×80", "<drag 0,1 59,20>", "100×80 | RBC 0,2 100×76*", effects: "draw RBC")
    try expect("100×80", "2 <drag 10,3 99,99>", "100×80 | WBC 11,10 89×70*", effects: "draw WBC")
  }

  @Test("click, click draws too, with presses and releases alone")
  func clickClick() throws {
    try expect("100×80", "<click 10,3>", "100×80 | draft 11,10 0×0")
    try expect(
      "100×80", "<click 10,3> <click 20,8>", "100×80 | RBC 11,10 20×20*", effects: "draw RBC")
    try expect("100×80", "<click 10,3> Esc", "100×80")
    try expect(
      "100×80", "<click 10,3> l j Enter", "100×80 | RBC 11,10 2×4*", effects: "draw RBC")
    try expect(
      "100×80", "<click 10,3> <drag 15,5 20,8>", "100×80 | RBC 11,10 20×20*", effects: "draw RBC")
  }

  @Test("a box begun by key is set by a click, or dragged out anew")
  func keyThenMouse() throws {
    try expect("100×80", "w <click 37,14>", "100×80 | RBC 50,40 15×14*", effects: "draw RBC")
    try expect(
      "100×80", "w <drag 10,3 20,8>", "100×80 | RBC 11,10 20×20*", effects: "draw RBC")
  }

  /// Two boxes, the small one in the large one: the large one's cells are 10…24, 6…15, the small
  /// one's 15…19, 11…13.
  private func nested(_ selected: Int?) -> String {
    "100×80 | RBC 10,20 30×40\(selected == 0 ? "*" : "") | WBC 20,40 10×12\(selected == 1 ? "*" : "")"
  }

  @Test("a click selects the smallest box there, again the next, then none")
  func clickSelects() throws {
    try expect(nested(nil), "<click 17,12>", nested(1))
    try expect(nested(nil), "<click 16,13>", nested(1))
    try expect(nested(nil), "<click 11,14>", nested(0))
    try expect(nested(1), "<click 18,12>", nested(0))
    try expect(nested(nil), "<click 16,12> <click 16,12> <click 16,12>", nested(nil))
    // Beside the boxes it lets go of the selection, and then begins a box.
    try expect(nested(1), "<click 50,3>", nested(nil))
    try expect(nested(nil), "<click 50,3>", nested(nil) + " | draft 91,10 0×0")
    // What isn't shown isn't clicked on.
    try expect(nested(nil), "b <click 17,12>", nested(nil) + " | draft 25,46 0×0")
  }

  @Test("the selected box is moved by dragging its inside, and stays in the image")
  func move() throws {
    try expect(
      nested(0), "<drag 12,8 14,9>", "100×80 | RBC 14,24 30×40* | WBC 20,40 10×12",
      effects: "change RBC")
    try expect(
      nested(0), "<drag 12,8 0,0>", "100×80 | RBC 0,0 30×40* | WBC 20,40 10×12",
      effects: "change RBC")
    try expect(nested(0), "<press 12,8> <move 20,9> <move 12,8> <release 12,8>", nested(0))
  }

  @Test("or by a click on its middle and another where it goes")
  func clickMove() throws {
    // The middle, 25,40, is in cell 17,11.
    try expect(
      nested(0), "<click 17,11> <click 19,12>", "100×80 | RBC 14,24 30×40* | WBC 20,40 10×12",
      effects: "change RBC")
    try expect(nested(0), "<click 17,11> Esc", nested(0))
  }

  @Test(
    "edges and corners are resized by dragging, or by click and click",
    arguments: [
      ("24,10", "30,10", "10,20 41×40"), ("10,10", "7,12", "5,20 35×40"),
      ("15,6", "15,4", "10,14 30×46"), ("15,15", "19,18", "10,20 30×50"),
      ("24,15", "30,18", "10,20 41×50"), ("10,6", "7,4", "5,14 35×46"),
      ("24,6", "30,4", "10,14 41×46"), ("10,15", "7,18", "5,20 35×50"),
      // Past the opposite edge.
      ("24,10", "7,10", "5,20 5×40"),
    ])
  func resize(from: String, to: String, box: String) throws {
    let after = "100×80 | RBC \(box)* | WBC 70,1 2×2"
    let before = "100×80 | RBC 10,20 30×40* | WBC 70,1 2×2"
    try expect(before, "<drag \(from) \(to)>", after, effects: "change RBC")
    try expect(before, "<click \(from)> <click \(to)>", after, effects: "change RBC")
  }

  @Test("the wheel zooms and keeps the pixel under the pointer")
  func wheel() throws {
    var bench = try Bench("1000×800")
    let cell = CellPoint(column: 22, row: 9)
    func pixel() -> PixelPoint? { bench.state.canvas.viewport?.pixel(at: cell) }
    try bench.run("z")
    let before = try #require(pixel())
    let scale = try #require(bench.state.canvas.viewport?.columnsPerPixel)
    for keys in ["<wheel-up 22,10>", "<wheel-up 22,10>", "<wheel-down 22,10>"] {
      try bench.run(keys)
      let now = try #require(pixel())
      #expect(abs(now.x - before.x) < 1e-6 && abs(now.y - before.y) < 1e-6, "\(keys)")
    }
    #expect(try #require(bench.state.canvas.viewport?.columnsPerPixel) > scale)
    try bench.run("<wheel-down 22,10> <wheel-down 22,10> <wheel-down 22,10> <wheel-down 22,10> z z")
    try bench.run("z <wheel-up 22,0>")
    #expect(bench.state.canvas.viewport?.isFit == true)
  }

  @Test("dragging with the middle button pans, also while a box is drawn")
  func pan() throws {
    var bench = try Bench("1000×800")
    try bench.run("Z")
    let before = try #require(bench.state.canvas.viewport)
    try bench.run("<middle 20,10 15,8>")
    let after = try #require(bench.state.canvas.viewport)
    #expect(after.origin.x - before.origin.x == 5)
    #expect(after.origin.y - before.origin.y == 4)
    try bench.run("w l <middle 20,10 15,8>")
    #expect(bench.state.draft != nil && bench.state.canvas.pan == nil)
  }

  @Test("a middle button let go over another image is not held on")
  func panEnds() throws {
    var bench = try Bench("100×80\n100×80?")
    bench.reduce(
      .input(.pointer(PointerEvent(.press(.middle), at: CellPoint(column: 9, row: 9)))))
    try bench.run("d")
    #expect(bench.state.canvas.pan == nil)
  }

  @Test("a click on the folded strip chooses the label there")
  func strip() throws {
    // " ▌1 RBC  ▌2 WBC  ▌3 Platelets" in the last row but one.
    try expect(
      "100×80 | RBC 1,1 2×2*", "<click 10,21>", "100×80 | WBC 1,1 2×2*",
      effects: "relabel RBC as WBC")
    var bench = try Bench("100×80")
    try bench.run("<click 18,21>")
    #expect(bench.state.nextLabel == 2)
    try bench.run("<click 50,21> <click 9,22> <click 3,0>")
    #expect(bench.state.nextLabel == 2 && bench.take() == "" && bench.state.draft == nil)
  }

  @Test("with panels a click chooses label or box, with the image labels open it toggles")
  func panels() throws {
    var bench = try Bench(
      "100×80 | RBC 1,1 2×2 | WBC 5,5 2×2", screen: CellSize(columns: 120, rows: 36))
    let layout = bench.state.layout
    try bench.run("<click \(layout.boxes.left + 4),\(layout.boxes.top + 1)>")
    #expect(bench.state.canvas.selection == 1)
    try bench.run("<click \(layout.labels.left + 4),\(layout.labels.top + 2)>")
    #expect(bench.take() == "relabel WBC as Platelets")
    try bench.run("t <click \(layout.labels.left + 4),\(layout.labels.top)>")
    #expect(bench.take() == "set RBC")
  }

  @Test("on a narrow screen the list of image labels is clicked on")
  func labelList() throws {
    var bench = try Bench("100×80")
    try bench.run("t")
    let list = bench.state.layout.labelList(count: 3)
    try bench.run("<click \(list.left + 3),\(list.top + 1)>")
    #expect(bench.take() == "set WBC")
    #expect(bench.album.images[0].labels == ["WBC"])
  }

  @Test("a message about the mouse goes with the next press")
  func message() throws {
    var bench = try Bench("100×80")
    try bench.run("<click 10,3>")
    #expect(bench.message.hasPrefix("click the opposite corner"))
    try bench.run("<click 20,8>")
    #expect(bench.message == "")
  }

  @Test("the right button and modifiers do nothing")
  func rightButton() throws {
    var bench = try Bench(nested(0))
    let before = bench.album.description
    for action in [PointerEvent.Action.press(.right), .drag(.right), .release(.right)] {
      bench.reduce(.input(.pointer(PointerEvent(action, at: CellPoint(column: 9, row: 9)))))
    }
    #expect(bench.album.description == before && bench.state.draft == nil)
  }
}
