import Cells
import Mosaic
import Raster
import Testing

@testable import Workstation

@Suite("Wanted pictures")
struct PictureTests {
  private func last(_ bench: Bench) -> [String] {
    (bench.wants.last ?? []).map { "\($0.line + 1)" + ($0.region == nil ? "" : "@") }
  }

  @Test("the image first, the next two, the previous one")
  func order() throws {
    var bench = try Bench("9×9?\n9×9?\n9×9?\n9×9?\n9×9?")
    #expect(bench.wants.map { $0.map { $0.line + 1 } } == [[1, 2, 3]])
    try bench.run("d d")
    #expect(last(bench) == ["3", "4", "5", "2"])
    #expect(bench.wants.last?.map(\.sourceRef) == ["img3.jpg", "img4.jpg", "img5.jpg", "img2.jpg"])
    try bench.run("<picture 3>")
    #expect(last(bench) == ["4", "5", "2"])
  }

  @Test("the same is not asked for again, nor what is there")
  func notTwice() throws {
    var bench = try Bench("9×9?\n9×9?")
    let count = bench.wants.count
    try bench.run("l w j Esc b B ) : Esc <pause> <wheel-up 3,3>")
    #expect(bench.wants.count == count)
    var loaded = try Bench("9×9\n9×9\n9×9")
    try loaded.run("d a d a")
    #expect(loaded.wants.filter { $0.contains { $0.line == 0 } }.count == 1)
  }

  @Test("the queue's order counts, not the file's")
  func queueOrder() throws {
    var bench = try Bench("9×9?\n9×9? | RBC 1,1 2×2\n9×9?\n9×9? | RBC 1,1 2×2")
    try bench.run("/ \"boxes>0\" Enter")
    #expect(last(bench) == ["2", "4"])
  }

  @Test("pictures far from the image are let go")
  func memory() throws {
    var bench = try Bench(Array(repeating: "9×9", count: 9).joined(separator: "\n"))
    try bench.run("d d d d")
    #expect(bench.state.pictures.keys.sorted() == [3, 4, 5, 6])
  }

  @Test("zoomed in, the part on the screen is asked for finer, second in the list")
  func detail() throws {
    var bench = try Bench("4000×3200\n9×9?")
    #expect(last(bench) == ["2"])
    try bench.run("Z")
    #expect(last(bench) == ["2"])
    let request = try #require(bench.wants.flatMap { $0 }.first { $0.region != nil })
    let viewport = try #require(bench.state.canvas.viewport)
    let region = try #require(request.region)
    #expect(region.contains(viewport.visibleRegion))
    #expect(Region(viewport.imageSize).contains(region))
    #expect(request.target.width <= region.width && request.target.height <= region.height)
    // It came, so it is not asked for again while it covers the view.
    let count = bench.wants.count
    try bench.run("Ctrl+Left l h")
    #expect(bench.wants.count == count)
    #expect(bench.state.pictures[0]?.detail?.region == region)
  }

  @Test("an image that fits the pane pixel by pixel needs no detail")
  func noDetail() throws {
    var bench = try Bench("100×80")
    try bench.run("Z + + +")
    #expect(bench.wants.allSatisfy { $0.allSatisfy { $0.region == nil } })
  }

  @Test("a larger screen asks for a larger picture")
  func resize() throws {
    var bench = try Bench("4000×3200")
    let first = try #require(bench.wants.first?.first)
    try bench.run("<resize 90×33>")
    let second = try #require(bench.wants.flatMap { $0 }.last)
    #expect(second.line == 0 && second.target.width > first.target.width)
  }

  @Test("a file that cannot be read is said, not asked for again, and keeps its labels")
  func failure() throws {
    var bench = try Bench("9×9! | RBC 1,1 2×2\n9×9")
    #expect(bench.screenText.contains("img1.jpg is not an image"))
    #expect(bench.wants.filter { $0.contains { $0.line == 0 } }.count == 1)
    try bench.run("w e x X p D")
    #expect(bench.take() == "leave out")
    try bench.run("d")
    #expect(bench.state.canvas.viewport != nil)
  }

  @Test("the repaint key asks again for what could not be had, there and beside it")
  func retry() throws {
    var bench = try Bench("9×9!\n9×9!\n9×9")
    #expect(bench.screenText.contains("Ctrl+L tries again."))
    let count = bench.wants.count
    try bench.run("Ctrl+L")
    let asked = bench.wants.dropFirst(count).flatMap { $0 }.map(\.line)
    #expect(asked.contains(0) && asked.contains(1) && !asked.contains(2))
  }

  @Test("what takes a while is said until the picture is there, and stays wanted")
  func coming() throws {
    var bench = try Bench("9×9?\n9×9")
    let request = try #require(bench.wants.last?.first)
    let count = bench.wants.count
    bench.reduce(.picture(request, .coming("fetching it…")))
    #expect(bench.screenText.contains("fetching it…"))
    #expect(bench.wants.count == count)
    try bench.run("<picture 1>")
    #expect(!bench.screenText.contains("fetching it…"))
    #expect(bench.state.canvas.backdrop != nil)
    // News that comes late is no news.
    bench.reduce(.picture(request, .coming("fetching it…")))
    #expect(!bench.screenText.contains("fetching it…"))
  }

  @Test("a huge image asks first, Enter agrees, and only then is it asked for again")
  func consent() throws {
    var bench = try Bench("9×9?\n9×9")
    try bench.run("<refuse 1 It needs 900 MB.>")
    #expect(bench.screenText.contains("It needs 900 MB."))
    #expect(bench.wants.last?.contains { $0.line == 0 } == false)
    try bench.run("w l")
    #expect(bench.state.draft == nil)
    try bench.run("Enter")
    #expect(
      bench.wants.last?.first
        == PictureRequest(
          line: 0, sourceRef: "img1.jpg", area: nil, target: PixelSize(width: 480, height: 320),
          allowsLargeMemory: true))
    try bench.run("<picture 1>")
    #expect(bench.state.canvas.backdrop != nil)
  }

  @Test("a picture that comes late for another image changes nothing here")
  func late() throws {
    var bench = try Bench("100×80?\n100×80")
    try bench.run("d")
    let before = bench.screenText
    try bench.run("<picture 1>")
    #expect(bench.screenText == before)
    try bench.run("a")
    #expect(bench.state.canvas.backdrop != nil)
  }
}
