import Cells
import Mosaic
import Raster
import Testing

@testable import Workstation

@Suite("Moving")
struct MovingTests {
  @Test(
    "the crosshair: one cell at fit, ten with capitals, never out of the image",
    arguments: [
      ("l", "+52,40"), ("Right", "+52,40"), ("h", "+48,40"), ("Left", "+48,40"),
      ("j", "+50,44"), ("Down", "+50,44"), ("k", "+50,36"), ("Up", "+50,36"),
      ("L", "+70,40"), ("Shift+Right", "+70,40"), ("H", "+30,40"), ("Shift+Left", "+30,40"),
      ("J", "+50,80"), ("Shift+Down", "+50,80"), ("K", "+50,0"), ("Shift+Up", "+50,0"),
      ("L×9", "+100,40"), ("H×9 l", "+2,40"), ("l l k", "+54,36"),
    ])
  func crosshair(keys: String, place: String) throws {
    try expect("100×80", keys, "100×80 | \(place)")
  }

  @Test(
    "zoomed in a step is a pixel",
    arguments: [
      ("+ l", "+51,40"), ("z j", "+50,41"), ("Z k", "+50,39"), ("+ L", "+60,40"),
      ("Z Shift+Down", "+50,50"), ("+ - l", "+52,40"), ("z z l", "+52,40"),
    ])
  func zoomed(keys: String, place: String) throws {
    try expect("100×80", keys, "100×80 | \(place)")
  }

  @Test(
    "the selected box, whole pixels, kept inside",
    arguments: [
      ("l", "12,20"), ("j", "10,24"), ("K", "10,0"), ("L×9", "70,20"), ("+ l", "11,20"),
      ("+ H", "0,20"), ("Z J", "10,30"),
    ])
  func box(keys: String, place: String) throws {
    try expect("100×80 | RBC 10,20 30×40*", keys, "100×80 | RBC \(place) 30×40*~")
  }

  @Test("a nudged box of fractions gets whole edges")
  func fractions() throws {
    try expect(
      "100×80 | RBC 10.4,20.6 29.8×40.2*", "l <pause>", "100×80 | RBC 12,21 30×40*",
      effects: "move RBC, save 1")
  }

  @Test("the corner while drawing, over its fixed corner and back")
  func corner() throws {
    try expect("100×80", "w l j", "100×80 | draft 50,40 2×4")
    try expect("100×80", "w h k k", "100×80 | draft 48,32 2×8")
    try expect("100×80", "w L J×3", "100×80 | draft 50,40 20×40")
    try expect("100×80", "z w l j", "100×80 | draft 50,40 1×1")
  }

  @Test("an image smaller than the pane still moves by whole pixels")
  func smallImage() throws {
    // 10×8 is enlarged five times across: a cell is less than a pixel.
    try expect("10×8", "l j", "10×8 | +6,5")
    try expect(
      "10×8 | RBC 1,1 2×2*", "l <pause>", "10×8 | RBC 2,1 2×2*", effects: "move RBC, save 1")
  }

  @Test("moving shows the place moved to")
  func reveals() throws {
    var bench = try Bench("100×80")
    try bench.run("Z L×4 J×4")
    let viewport = try #require(bench.state.canvas.viewport)
    let place = viewport.position(of: bench.state.canvas.crosshair)
    #expect(place.column <= 60 && place.row <= 20 && place.column >= 0 && place.row >= 0)
  }

  @Test("without a picture the arrows do nothing")
  func noPicture() throws {
    try expect("100×80?", "l J w", "100×80?")
  }

  @Test(
    "hint grid: two letters jump, two more refine, Esc and Enter stay",
    arguments: [
      // 15 by 10 tiles of 4×2 cells; the middle of the first is 2,1: pixel −6,4, which is 0,4.
      ("' a a Esc", "+0,4"), ("' a a Enter", "+0,4"), ("' d j Esc", "+42,20"),
      // Ten times as large; the fifth tile's middle is 12 columns left of the pane's, 2½ pixels.
      ("' d j g g", "+40,20"), ("' Esc l", "+52,40"), ("' a Esc l", "+52,40"),
      ("' d j F9", "+42,20"), ("' d j Right", "+44,20"),
    ])
  func hints(keys: String, place: String) throws {
    try expect("100×80", keys, "100×80 | \(place)")
  }

  @Test("hints move the corner of a box being drawn, and leave a selection")
  func hintsWhileDrawing() throws {
    try expect("100×80", "w ' a a Esc", "100×80 | draft 0,4 50×36")
    try expect("100×80 | RBC 1,1 2×2*", "' d j Esc", "100×80 | RBC 1,1 2×2 | +42,20")
  }

  @Test("a tile that isn't there is said")
  func noTile() throws {
    var bench = try Bench("100×80")
    try bench.run("' m m")
    #expect(bench.message == "there is no tile mm")
  }
}
