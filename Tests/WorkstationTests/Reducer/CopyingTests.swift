import Raster
import Testing

@testable import Workstation

@Suite("Copying boxes")
struct CopyingTests {
  @Test("y copies the selected box, p pastes it here and elsewhere")
  func yank() throws {
    try expect(
      "100×80 | RBC 10,20 30×40*", "y p", "100×80 | RBC 10,20 30×40 | RBC 10,20 30×40*",
      effects: "paste RBC")
    try expect(
      "100×80 | RBC 10,20 30×40* | WBC 1,1 2×2\n100×80", "y d p",
      "  100×80 | RBC 10,20 30×40 | WBC 1,1 2×2\n> 100×80 | RBC 10,20 30×40*",
      effects: "paste RBC")
    try expect("100×80 | RBC 10,20 30×40", "y p", "100×80 | RBC 10,20 30×40")
  }

  @Test("Y copies all; what sticks out is moved in, what is too large is cut")
  func yankAll() throws {
    try expect(
      "100×80 | RBC 60,50 30×30 | WBC 1,1 2×2\n40×40 | WBC 3,3 1×1", "Y d p",
      "  100×80 | RBC 60,50 30×30 | WBC 1,1 2×2\n"
        + "> 40×40 | WBC 3,3 1×1 | RBC 10,10 30×30 | WBC 1,1 2×2",
      effects: "paste 2 boxes")
    try expect(
      "100×80 | RBC 10,20 90×50\n40×40", "Y d p",
      "  100×80 | RBC 10,20 90×50\n> 40×40 | RBC 0,0 40×40*",
      effects: "paste RBC")
  }

  @Test("with nothing copied p says so")
  func nothing() throws {
    var bench = try Bench("100×80")
    try bench.run("p")
    #expect(bench.message.hasPrefix("nothing copied yet"))
  }

  @Test("P pulls the boxes of the image before")
  func pull() throws {
    try expect(
      "100×80 | RBC 10,20 30×40 | WBC 1,1 2×2\n> 100×80", "P",
      "  100×80 | RBC 10,20 30×40 | WBC 1,1 2×2\n> 100×80 | RBC 10,20 30×40 | WBC 1,1 2×2",
      effects: "pull 2 boxes")
    try expect("100×80\n> 100×80", "P", "  100×80\n> 100×80")
    try expect("100×80", "P", "100×80")
  }

  @Test(". stamps the last box at the crosshair, moved inside")
  func stamp() throws {
    try expect(
      "100×80", "w L J 2 Esc H H H .",
      "100×80 | WBC 50,40 20×40 | WBC 0,40 20×40* | +10,80", effects: "draw WBC, stamp WBC")
    try expect("100×80", ".", "100×80")
  }

  @Test("> carries the selected box, else all, to the next image; < to the previous one")
  func carry() throws {
    try expect(
      "100×80 | RBC 10,20 30×40* | WBC 1,1 2×2\n100×80", ">",
      "  100×80 | RBC 10,20 30×40 | WBC 1,1 2×2\n> 100×80 | RBC 10,20 30×40*", effects: "carry RBC")
    try expect(
      "100×80\n> 100×80 | RBC 10,20 30×40 | WBC 1,1 2×2", "<",
      "> 100×80 | RBC 10,20 30×40 | WBC 1,1 2×2\n  100×80 | RBC 10,20 30×40 | WBC 1,1 2×2",
      effects: "carry 2 boxes")
    try expect("100×80 | RBC 1,1 2×2", ">", "100×80 | RBC 1,1 2×2")
    try expect("100×80\n100×80", ">", "100×80\n100×80")
  }

  @Test("what is carried waits for the image's size")
  func carryToSlow() throws {
    try expect(
      "100×80 | RBC 10,20 30×40\n20×20?", ">", "  100×80 | RBC 10,20 30×40\n> 20×20?")
    try expect(
      "100×80 | RBC 10,20 30×40\n20×20?", "> <picture 2>",
      "  100×80 | RBC 10,20 30×40\n> 20×20 | RBC 0,0 20×20*", effects: "carry RBC")
  }

  @Test("what is carried to an image that cannot be read is put down, and that is said")
  func carryToBroken() throws {
    var bench = try Bench("100×80 | RBC 10,20 30×40\n20×20!\n100×80")
    try bench.run(">")
    #expect(bench.message.hasPrefix("nothing was carried here"))
    try bench.run("d")
    #expect(bench.take() == "")
  }

  @Test("what was carried to one image does not land on another")
  func carryAndGoOn() throws {
    try expect(
      "100×80 | RBC 10,20 30×40\n20×20?\n100×80", "> d",
      "  100×80 | RBC 10,20 30×40\n  20×20?\n> 100×80")
  }

  @Test("an attribute that cannot be written is a problem, not a paste")
  func refusedByEntry() throws {
    let line = Array(
      #"{"source-ref":"a.jpg","bounding-box":3,"bounding-box-metadata":{"type":"x"}}"#.utf8)
    var bench = Bench(
      lines: [line], images: try Album("100×80").images, labels: ["RBC"],
      Settings(title: "t"), screen: Bench.screen)
    bench.state.clipboard = [
      Subject.ShownBox(rect: .init(left: 1, top: 1, width: 2, height: 2), label: "RBC", source: nil)
    ]
    try bench.run("p")
    #expect(bench.take() == "")
    #expect(bench.state.message?.kind == .problem)
    #expect(bench.lines == [line])
  }
}
