import Cells
import GroundTruth
import Raster
import TestSupport
import Testing

@testable import Workstation

/// The contact sheet: moving, marking, deciding on many at once, and which pictures it asks for.
@Suite("Contact sheet")
struct ContactSheetTests {
  /// Twelve images of two boxes each.
  private static func many(
    _ count: Int = 12, file: String = ""
  ) -> (album: String, predictions: [[String]]) {
    let album = Array(repeating: "100×80\(file)", count: count).joined(separator: "\n")
    let predictions = (0..<count).map { place in
      ["RBC .9 \(place),20 30×40", "WBC .8 60,\(place) 24×20"]
    }
    return (album, predictions)
  }

  private func bench(
    _ count: Int = 12, file: String = "", unit: ReviewUnit = .boxes,
    screen: CellSize = CellSize(columns: 80, rows: 24), depth: ColorDepth = .truecolor
  ) throws -> Bench {
    let (album, predictions) = Self.many(count, file: file)
    var bench = try Bench.review(album, predictions, unit: unit) { $0.capabilities.depth = depth }
    bench.reduce(.input(.resize(screen)))
    return bench
  }

  private func boxes(_ bench: Bench) -> [[String]] {
    bench.album.images.map {
      $0.boxes.map { "\($0.label) \(Int($0.rect.left)),\(Int($0.rect.top))" }
    }
  }

  @Test("a whole sheet of correct crops takes two keys and one step")
  func twoKeys() throws {
    var bench = try bench()
    try bench.run("C A")
    #expect(bench.records.count == 1)
    #expect(bench.state.review?.pace.here.keys == 2)
    // Five by three tiles: the first page is of seven images and a half.
    #expect(bench.state.review?.left == 24 - 15)
    #expect(boxes(bench)[0] == ["RBC 0,20", "WBC 60,0"])
    #expect(boxes(bench)[7] == ["RBC 7,20"])
    #expect(boxes(bench)[8].isEmpty)
    #expect(bench.state.queue.position == 15)
    try bench.run("A")
    #expect(bench.state.review?.left == 0)
    #expect(bench.records.count == 2)
    try bench.run("u u")
    #expect(bench.lines == bench.originals)
    #expect(bench.state.review?.left == 24)
  }

  @Test("marked ones are rejected in one step, and the rest accepted in another")
  func marks() throws {
    var bench = try bench(2)
    try bench.run("C l v l v")
    #expect(bench.state.sheet.marks == [1, 3])
    try bench.run("x")
    #expect(bench.records.count == 1)
    #expect(try bench.settled(0).rejected == ["WBC"])
    #expect(try bench.settled(1).rejected == ["WBC"])
    #expect(bench.state.sheet.marks.isEmpty)
    try bench.run("A")
    #expect(boxes(bench) == [["RBC 0,20"], ["RBC 1,20"]])
    #expect(bench.records.count == 2)
    try bench.run("u u")
    #expect(bench.lines == bench.originals)
  }

  @Test("A leaves what is marked, which can then be given another label at once")
  func rest() throws {
    var bench = try bench(3)
    try bench.run("C v v A")
    #expect(bench.state.sheet.marks == [0, 1])
    #expect(bench.state.review?.left == 2)
    #expect(boxes(bench)[0].isEmpty)
    try bench.run("3")
    #expect(boxes(bench)[0] == ["Platelets 0,20", "Platelets 60,0"])
    #expect(try bench.settled(0).corrected == ["RBC", "WBC"])
    #expect(bench.records.count == 2)
    #expect(bench.state.review?.left == 0)
  }

  @Test("without marks a key decides on the crop under the cursor, and c finds a label")
  func single() throws {
    var bench = try bench(2)
    try bench.run("C Space x c \"plat\" Enter")
    #expect(boxes(bench) == [["RBC 0,20"], ["Platelets 1,20"]])
    #expect(bench.state.queue.position == 3)
    try bench.run("Backspace Backspace")
    #expect(boxes(bench) == [["RBC 0,20"], []])
    #expect(bench.state.queue.position == 1)
    #expect(bench.state.isOnSheet)
  }

  @Test("Enter opens the image at the box, and Esc comes back to the sheet, and then to the image")
  func there() throws {
    var bench = try bench()
    try bench.run("d C j l Enter")
    #expect(!bench.state.isOnSheet)
    #expect(bench.state.queue.position == 7)
    #expect(bench.state.subject?.line == 3)
    #expect(bench.state.selected == .predicted(1))
    try bench.run("x Esc")
    #expect(bench.state.isOnSheet)
    #expect(try bench.settled(3).rejected == ["WBC"])
    try bench.run("Esc")
    #expect(!bench.state.isOnSheet)
    #expect(!bench.state.isFinished)
  }

  @Test("arrows move by tiles, and d and a by pages")
  func moving() throws {
    var bench = try bench()
    for (keys, place) in [
      ("C", 0), ("l", 1), ("j", 6), ("k h", 0), ("k", 0), ("d", 15), ("d", 15), ("j", 20),
      ("a", 0), ("J", 15), ("K", 0), ("G", 23), ("g g", 0), ("L", 10),
    ] {
      try bench.run(keys)
      #expect(bench.state.queue.position == place, "\(keys)")
    }
    try bench.run("g g <click 20,3>")
    #expect(bench.state.queue.position == 1)
    try bench.run("<click 20,3>")
    #expect(bench.state.sheet.marks == [1])
    try bench.run("+")
    #expect(bench.state.sheetLayout.count == 8)
  }

  @Test("a cell of the confusion matrix can be looked at as a sheet")
  func cell() throws {
    var bench = try Bench.review(
      EvaluationScreenTests.album, EvaluationScreenTests.predictions)
    try bench.run("g e Tab C")
    #expect(bench.state.isOnSheet)
    #expect(bench.queueText.count == 1)
    try bench.run("Esc")
    #expect(bench.state.isOnEvaluation)
  }

  @Test("a new queue has no marks")
  func newQueue() throws {
    var bench = try bench()
    try bench.run("C v v / \"label:WBC\" Enter")
    #expect(bench.state.sheet.marks.isEmpty)
    #expect(bench.state.isOnSheet)
    #expect(bench.state.queue.lines.count == 12)
    try bench.run("v Esc")
    #expect(bench.state.sheet.marks.isEmpty && bench.state.isOnSheet)
  }

  @Test("images are verified together")
  func images() throws {
    var bench = try bench(4, unit: .images)
    try bench.run("C v l v")
    #expect(bench.state.sheet.marks == [0, 2])
    try bench.run("Space")
    #expect(bench.records.count == 1)
    #expect(bench.album.images.map { $0.marks.contains("verified") } == [true, false, true, false])
    #expect(boxes(bench)[2] == ["RBC 2,20", "WBC 60,2"])
    #expect(bench.state.review?.left == 2)
    try bench.run("A")
    #expect(bench.album.images.allSatisfy { $0.marks.contains("verified") })
    #expect(bench.records.count == 2)
  }

  @Test("without predictions the sheet is of images, to look at and to go to")
  func labelling() throws {
    var bench = try Bench(
      "100×80\n100×80 | RBC 1,1 9×9\n100×80", screen: CellSize(columns: 80, rows: 24))
    try bench.run("C l x Space")
    #expect(bench.lines == bench.originals)
    #expect(bench.state.sheet.pictures.crops.count == 3)
    try bench.run("Enter")
    #expect(bench.state.subject?.line == 1)
  }

  @Test("pictures are wanted for the page shown and a page around it, the page first")
  func wanted() throws {
    var bench = try bench(60, file: "?")
    try bench.run("C")
    let first = try #require(bench.wants.last)
    #expect(first.first?.line == 0)
    #expect(Set(first.map(\.line)) == Set(0..<15))
    try bench.run("d d")
    let later = try #require(bench.wants.last)
    #expect(later.first?.line == 15)
    #expect(Set(later.map(\.line)) == Set(7..<30))
    #expect(bench.state.frame.description.contains("…"))
    // What comes is shown at once, and asked for no more.
    try bench.run("<picture 16>")
    #expect(bench.state.sheet.pictures.overviews.count == 1)
    #expect(bench.state.sheet.pictures.crops.count == 2)
    #expect(bench.wants.last?.contains { $0.line == 15 } == false)
    try bench.run("G")
    #expect(bench.state.sheet.pictures.overviews.isEmpty)
  }

  @Test("a box of a large image is cut out of it, in whole tiles")
  func crops() throws {
    var bench = try Bench.review("4000×3000", [["RBC .9 1000,800 60×50"]])
    bench.reduce(.input(.resize(CellSize(columns: 80, rows: 24))))
    try bench.run("C")
    let areas = bench.wants.flatMap { $0 }.compactMap(\.area)
    let area = try #require(areas.last)
    #expect(area.reduction == 1 || area.reduction == 2)
    #expect(area.region.contains(Region(left: 1000, top: 800, width: 60, height: 50)))
    #expect(area.pixelSize.area <= 9 * TileArea.side * TileArea.side)
    let crop = try #require(bench.state.sheet.pictures.crops.values.first)
    #expect(crop.isFine)
    #expect(bench.wants.last?.isEmpty == true)
  }

  @Test("what can't be read is said on its tile")
  func failure() throws {
    var bench = try bench(2, file: "!")
    try bench.run("C")
    #expect(bench.state.frame.description.contains("not an"))
    #expect(bench.wants.last?.isEmpty == true)
  }

  @Test("nothing is written where that is not allowed")
  func readOnly() throws {
    let (album, predictions) = Self.many(2)
    var bench = try Bench.review(album, predictions) { $0.readOnlyReason = "another has it" }
    try bench.run("C A x Space 2 v v X")
    #expect(bench.lines == bench.originals)
    #expect(bench.records.isEmpty)
  }

  @Test(
    "frames",
    arguments: [
      ("sheet-80x24", CellSize(columns: 80, rows: 24), ColorDepth.palette16, "C v l v x j v"),
      ("sheet-120x36", CellSize(columns: 120, rows: 36), .truecolor, "C l l"),
      ("sheet-smallest", CellSize(columns: 40, rows: 12), .mono, "C v"),
    ])
  func frames(name: String, size: CellSize, depth: ColorDepth, keys: String) throws {
    var bench = try bench(screen: size, depth: depth)
    try bench.run(keys)
    try expectSnapshot(
      FrameText(frame: bench.state.frame).description, named: name, in: "../Frames/Snapshots")
  }
}
