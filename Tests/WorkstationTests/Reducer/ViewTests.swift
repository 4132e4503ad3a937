import Cells
import Mosaic
import Raster
import Testing

@testable import Workstation

@Suite("The view")
struct ViewTests {
  @Test("zoom in and out, 1:1, fit")
  func zoom() throws {
    var bench = try Bench("1000×800")
    func scale() -> Double { bench.state.canvas.viewport?.columnsPerPixel ?? 0 }
    #expect(scale() == 0.05)
    for key in ["+", "="] {
      try bench.run(key)
      #expect(scale() > 0.05, "\(key)")
      try bench.run("-")
      #expect(abs(scale() - 0.05) < 1e-9)
    }
    try bench.run("-")
    #expect(abs(scale() - 0.05) < 1e-9)
    try bench.run("Z")
    #expect(scale() == 1)
    try bench.run("+×20")
    #expect(scale() == 32)
    #expect(bench.message == "as large as it gets: 32 columns a pixel")
    try bench.run("z")
    #expect(bench.state.canvas.viewport?.isFit == true)
    try bench.run("z")
    #expect(abs(scale() - 0.2) < 1e-9)
  }

  @Test("z fills the pane with the selected box, and goes back")
  func zoomToBox() throws {
    var bench = try Bench("1000×800 | RBC 100,600 50×20*")
    try bench.run("z")
    let viewport = try #require(bench.state.canvas.viewport)
    let visible = viewport.visibleRegion
    #expect(visible.contains(Region(left: 100, top: 600, width: 50, height: 20)))
    #expect(visible.width < 100)
    try bench.run("z")
    #expect(bench.state.canvas.viewport?.isFit == true)
  }

  @Test("zooming keeps the crosshair in place")
  func zoomAround() throws {
    var bench = try Bench("1000×800")
    try bench.run("H K")
    let point = bench.state.canvas.crosshair
    let before = try #require(bench.state.canvas.viewport).position(of: point)
    try bench.run("+ + +")
    let after = try #require(bench.state.canvas.viewport).position(of: point)
    #expect(abs(before.column - after.column) < 1e-6 && abs(before.row - after.row) < 1e-6)
  }

  @Test(
    "Ctrl+arrows pan by ten columns and five rows",
    arguments: [("Left", -10.0, 0.0), ("Right", 10, 0), ("Up", 0, -10), ("Down", 0, 10)])
  func pan(key: String, x: Double, y: Double) throws {
    var bench = try Bench("1000×800")
    try bench.run("Z")
    let before = try #require(bench.state.canvas.viewport).origin
    try bench.run("Ctrl+\(key)")
    let after = try #require(bench.state.canvas.viewport).origin
    #expect(after.x - before.x == x && after.y - before.y == y)
  }

  @Test("brightness, contrast, equalisation, captions, boxes, panels")
  func switches() throws {
    var bench = try Bench("100×80 | RBC 1,1 20×20")
    try bench.run(") ) (")
    #expect(bench.state.canvas.adjustment.brightness == 10)
    try bench.run("} { {")
    #expect(bench.state.canvas.adjustment.contrast == -10)
    try bench.run(")×30 {×30")
    #expect(bench.state.canvas.adjustment.brightness == 100)
    #expect(bench.state.canvas.adjustment.contrast == -100)
    try bench.run("E")
    #expect(bench.state.canvas.adjustment.equalize)
    try bench.run("B B")
    #expect(bench.state.canvas.captions == .none)
    try bench.run("B b")
    #expect(bench.state.canvas.captions == .label && !bench.state.canvas.showsBoxes)
    try bench.run("T")
    #expect(!bench.state.showsPanels)
    #expect(bench.take() == "")
    try bench.run("w")
    #expect(bench.state.canvas.showsBoxes)
  }

  @Test("gamma by its number, and all as it was")
  func gamma() throws {
    var bench = try Bench("100×80")
    try bench.run(": \"gamma 2.2\" Enter E )")
    #expect(
      bench.state.canvas.adjustment == Adjustment(brightness: 10, equalize: true, gamma: 2.2))
    #expect(bench.message == "brightness 10, contrast 0, gamma 2.2 (the view only)")
    for wrong in ["gamma", "gamma nan", "gamma x", "contrast 1.5"] {
      try bench.run(": \"\(wrong)\" Enter")
      #expect(bench.message.hasPrefix("write :"), "\(wrong)")
    }
    try bench.run(": \"gamma 0\" Enter")
    #expect(bench.state.canvas.adjustment.gamma == 0.1)
    try bench.run(": \"original\" Enter")
    #expect(bench.state.canvas.adjustment.isIdentity)
  }

  @Test("an adjusted picture is made once for all that is seen of it")
  func adjustedOnce() throws {
    var bench = try Bench("1000×800")
    try bench.run("E Z Ctrl+Right")
    let first = try #require(bench.state.canvas.adjusted)
    #expect(first.source.isDetail)
    try bench.run("Ctrl+Right")
    #expect(bench.state.canvas.adjusted?.source == first.source)
    try bench.run("E")
    #expect(bench.state.canvas.adjusted == nil)
  }

  @Test("adjustments stay from image to image, and never touch the dataset")
  func adjustmentStays() throws {
    var bench = try Bench("100×80\n100×80")
    try bench.run(") E d")
    #expect(
      bench.state.canvas.adjustment.brightness == 10 && bench.state.canvas.adjustment.equalize)
    #expect(bench.lines == bench.originals)
  }

  @Test("a resize keeps fit at fit, else scale and middle")
  func resize() throws {
    var bench = try Bench("1000×800")
    try bench.run("<resize 90×33>")
    #expect(bench.state.canvas.viewport?.isFit == true)
    #expect(bench.state.canvas.viewport?.pane == CellSize(columns: 90, rows: 30))
    try bench.run("Z")
    let before = try #require(bench.state.canvas.viewport)
    try bench.run("<resize 60×23>")
    let after = try #require(bench.state.canvas.viewport)
    #expect(after.columnsPerPixel == 1)
    #expect(after.center == before.center)
    try bench.run("<resize 3×2> <resize 0×0> <resize 60×23>")
    #expect(bench.state.canvas.viewport?.pane == CellSize(columns: 60, rows: 20))
  }

  @Test("a resize while the hint grid is open closes it and keeps the picture")
  func resizeHints() throws {
    var bench = try Bench("100×80")
    try bench.run("' <resize 50×20>")
    #expect(bench.state.overlay == nil)
    #expect(bench.state.canvas.backdrop?.size == CellSize(columns: 50, rows: 17))
  }

  @Test("the picture is turned into cells only when something under it changes")
  func backdropIsKept() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40*")
    let key = bench.state.canvas.backdropKey
    try bench.run("l j <pause> w L Esc Tab b : Esc <drag 40,3 50,9>")
    #expect(bench.state.canvas.backdropKey == key)
    try bench.run("+")
    #expect(bench.state.canvas.backdropKey != key)
  }
}
