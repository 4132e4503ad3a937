import Cells
import Mosaic
import Raster
import Testing

@testable import Workstation

@Suite("The notation of reducer tests")
struct NotationTests {
  @Test(
    "an album is read, made into a manifest, and told again",
    arguments: [
      "> 100×80",
      "> 100×80 | RBC 10,20 30×40* | WBC 50,8 8×8",
      "  100×80 | verified\n> 640×480? | nothing there | skipped\n  8×8! | flag",
      "> 100×80@ | red blood cell 1.5,2 3×4.25 | [cat] | [dog] | left out | flag: two words | +50,40",
    ])
  func albums(text: String) throws {
    #expect(try Album(text).description == text)
    let bench = try Bench(text)
    #expect(bench.album.description == text)
  }

  @Test(
    "what is wrong is an error", arguments: ["100", "> x×1", "9×9 | RBC 1,2", "9×9 | RBC 1 2×3"])
  func failures(text: String) {
    #expect(throws: Album.Failure.self) { try Album(text) }
  }

  @Test("scripts")
  func scripts() throws {
    #expect(
      Script.tokens("w < > \"a b\" <paste a b> l×3") == [
        "w", "<", ">", "\"a b\"", "<paste a b>", "l×3",
      ])
    #expect(
      try Script("w l×2 Shift+Left \"a b\"").steps == [
        .input(.key(.character("w"))), .input(.key(.character("l"))),
        .input(.key(.character("l"))), .input(.key(Key(.left, .shift))),
        .input(.key(.character("a"))), .input(.key(.character(" "))),
        .input(.key(.character("b"))),
      ])
    let point = CellPoint(column: 3, row: 4)
    #expect(
      try Script("<click 3,4> <resize 80×24> <picture 2> <disk it is full>").steps == [
        .input(.pointer(PointerEvent(.press(.left), at: point))),
        .input(.pointer(PointerEvent(.release(.left), at: point))),
        .input(.resize(CellSize(columns: 80, rows: 24))), .picture(1), .disk("it is full"),
      ])
    #expect(throws: Script.Failure.self) { try Script("<jump 3,4>") }
    #expect(throws: KeyNotation.Failure.self) { try Script("Hyper+X") }
  }

  @Test("the bench's screen shows 2×4 pixels a cell")
  func scale() throws {
    let bench = try Bench("100×80")
    let viewport = try #require(bench.state.canvas.viewport)
    #expect(viewport.columnsPerPixel == 0.5)
    #expect(viewport.pixel(at: CellPoint(column: 5, row: 0)) == PixelPoint(x: 1, y: 2))
    #expect(bench.state.layout.image.top == 1)
  }

  @Test("a triple that does not hold says what differs")
  func differences() throws {
    #expect(
      try difference("100×80", "Space", "100×80", effects: "")?.contains("nothing there") == true)
    #expect(try difference("100×80", "l", "100×80 | +52,40", effects: "draw RBC") != nil)
    #expect(try difference("100×80", "l", "100×80 | +52,40", effects: "") == nil)
  }
}
