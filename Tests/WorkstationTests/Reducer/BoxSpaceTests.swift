import GroundTruth
import Raster
import Testing

@testable import Workstation

/// Boxes of an image stored turned by 90° (EXIF orientation 6): 60×100 as stored is 100×60 as seen.
@Suite("Boxes in stored pixels")
struct BoxSpaceTests {
  private func stored(_ settings: inout Settings) { settings.boxSpace = .stored }

  private func boxes(_ bench: Bench) throws -> [Box] {
    try Entry(line: bench.lines[0]).boxSet("bounding-box")?.boxes ?? []
  }

  @Test("a box drawn upright is written in stored pixels, and comes back where it was")
  func draws() throws {
    var bench = try Bench("100×60@", stored)
    try bench.run("<drag 10,3 20,8>")
    let shown = try #require(bench.album.images[0].boxes.first?.rect)
    let box = try #require(try boxes(bench).first)
    // Stored x is upright y; stored y counts from the upright right edge.
    #expect(box.left == shown.top && box.width == shown.height && box.height == shown.width)
    #expect(box.top == 100 - shown.right)
    let line = String(decoding: bench.lines[0], as: UTF8.self)
    #expect(line.contains(#""image_size":[{"width":60,"height":100,"depth":3}]"#))
  }

  @Test("in upright space the same box is written as it is seen")
  func drawsUpright() throws {
    var bench = try Bench("100×60@")
    try bench.run("<drag 10,3 20,8>")
    let shown = try #require(bench.album.images[0].boxes.first?.rect)
    let box = try #require(try boxes(bench).first)
    #expect(box.left == shown.left && box.top == shown.top)
    let line = String(decoding: bench.lines[0], as: UTF8.self)
    #expect(line.contains(#""image_size":[{"width":100,"height":60,"depth":3}]"#))
  }

  @Test("a box read in stored pixels keeps its numbers until it is moved")
  func keepsNumbers() throws {
    let album = "100×60@ | RBC 10.25,20.5 30.125×10.75*"
    var bench = try Bench(album, stored)
    let before = try boxes(bench)
    try bench.run("2")
    let relabelled = try boxes(bench)
    #expect(
      relabelled.map(\.left) == before.map(\.left) && relabelled.map(\.top) == before.map(\.top))
    #expect(relabelled.map(\.width) == before.map(\.width))
    try expect(
      album, "z l <pause>", "100×60@ | RBC 11,21 30×10*", effects: "move RBC, save 1", stored)
    try expect(
      album, "x u", "100×60@ | RBC 10.25,20.5 30.125×10.75",
      effects: "delete RBC, undo", stored)
  }

  @Test("until the orientation is known nothing can be changed")
  func unknown() throws {
    var bench = try Bench("100×60? | RBC 1,1 2×2", stored)
    try bench.run("Tab l <pause> 2 x")
    #expect(bench.take() == "")
  }

  @Test("the status line says in which pixels, :box-space changes it")
  func status() throws {
    var bench = try Bench("100×60@ | RBC 10,20 30×10", stored)
    #expect(bench.screenText.contains("turned, boxes stored"))
    try bench.run(": \"box-space upright\" Enter l")
    #expect(bench.screenText.contains("turned, boxes upright"))
    #expect(bench.take() == "keep upright")
    // The same numbers, taken for upright ones.
    #expect(
      bench.album.images[0].boxes[0].rect == PixelRect(left: 20, top: 60, width: 10, height: 30))
    #expect(bench.lines == bench.originals)
  }

  @Test("every orientation goes there and back", arguments: Orientation.allCases)
  func roundTrip(orientation: Orientation) {
    let facts = ImageFacts(
      storedSize: PixelSize(width: 60, height: 100), orientation: orientation)
    let rect = PixelRect(left: 3, top: 7, width: 11, height: 13)
    let shown = Subject.ShownBox(rect: rect, label: "RBC", source: nil)
    let box = Subject.written(shown, facts: facts, boxSpace: .stored)
    let seen = orientation.upright(
      PixelRect(left: box.left, top: box.top, width: box.width, height: box.height),
      ofStored: facts.storedSize)
    #expect(seen == rect)
  }
}
