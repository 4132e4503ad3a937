import Cells
import TestSupport
import Testing

/// Boxes drawn on a picture of 64×48 pixels: at 80×24 it is 0.875 columns a pixel, so that an arrow
/// goes 8/7 pixels across and 16/7 down.
@Suite(.onTerminal) struct BoxDrawingTests {
  private let view = View(of: 64, 48)

  @Test func `a box drawn with arrows lands on the pixels that the keys say`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    // The crosshair starts in the middle, at 32,24.
    sitting.type("hhhk")
    try await sitting.see("(29,22)")
    sitting.type("wLjj")
    sitting.press(Key(.up), Key(.right), Key(.right, .shift))
    sitting.type("2")
    let left = (32 - 3 * view.step.x).rounded()
    let top = (24 - view.step.y).rounded()
    let box = WrittenBox(
      "dog", left, top, (left + 21 * view.step.x).rounded() - left,
      (top + view.step.y).rounded() - top)
    #expect(box == WrittenBox("dog", 29, 22, 24, 2))
    try await sitting.seeSaved("▸1/1 dog 29,22 24×2")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[box]])
  }

  @Test(arguments: ["w", "n", "v"])
  func `a box may be set by the key that began it, and takes the next label`(
    _ key: String
  ) async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("2" + key + "HK" + key)
    // Ten cells left and ten up of the middle: 32 - 80/7 and 24 - 160/7.
    try await sitting.seeSaved("▸1/1 dog 21,1 11×23")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[WrittenBox("dog", 21, 1, 11, 23)]])
  }

  @Test func `a corner stops at the picture's edge`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLLLLLLJJJJ\r")
    try await sitting.seeSaved("▸1/1 cat 32,24 32×24")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[WrittenBox("cat", 32, 24, 32, 24)]])
  }

  @Test func `a box without extent is not set, and Esc drops it`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("w\r")
    try await sitting.escape(from: "the box has no extent yet", to: "next: cat")
    try await sitting.quit()
    #expect(!folder.has("photos/output.manifest"))
    #expect(try folder.names(in: "photos") == ["a.png"])
  }

  @Test func `two rounds of the hint grid set each corner`() async throws {
    let folder = try Folder()
    try folder.copySamples("blood-00047.jpg")
    let sitting = try await Sitting.atPhotos(folder, sees: "640×480")
    let photo = View(of: 640, 480)
    func corner(_ keys: String) throws -> View.Pixel {
      let letters = Array(keys)
      let coarse = try #require(photo.tile(letters[0], letters[1]))
      let magnified = photo.showing(coarse, at: photo.scale * photo.tiles.down)
      return try #require(magnified.tile(letters[2], letters[3])).rounded
    }
    let (first, second) = (try corner("djag"), try corner("jwsl"))
    sitting.type("'dj")
    try await sitting.see("two more letters refine")
    sitting.type("ag")
    try await sitting.see("(\(Int(first.x)),\(Int(first.y)))")
    sitting.type("w'jwsl")
    sitting.type("1")
    let box = WrittenBox("cat", first.x, first.y, second.x - first.x, second.y - first.y)
    try await sitting.seeSaved("▸1/1 cat \(Int(first.x)),\(Int(first.y))")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[box]])
    #expect(box.width > 0 && box.height > 0)
  }

  @Test func `one round of the hint grid may be enough`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("'sh\r")
    let place = try #require(view.tile("s", "h")).rounded
    try await sitting.see("(\(Int(place.x)),\(Int(place.y)))")
    sitting.type("w'kl\r")
    let end = try #require(view.tile("k", "l")).rounded
    sitting.type("\r")
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.quit()
    let box = WrittenBox("cat", place.x, place.y, end.x - place.x, end.y - place.y)
    #expect(try folder.manifest().boxes == [[box]])
  }

  @Test(arguments: [
    (CellPoint(column: 20, row: 5), CellPoint(column: 41, row: 15)),
    (CellPoint(column: 50, row: 18), CellPoint(column: 30, row: 4)),
    (CellPoint(column: 25, row: 20), CellPoint(column: 26, row: 3)),
    // From the letterbox, which is no part of the picture, into it.
    (CellPoint(column: 2, row: 3), CellPoint(column: 60, row: 10)),
  ])
  func `a drag draws between the middles of its cells`(
    _ start: CellPoint, _ end: CellPoint
  ) async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.drag(from: start, to: end)
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[view.box("cat", from: start, to: end)]])
  }

  @Test func `two clicks draw what a drag draws`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder, size: CellSize(columns: 200, rows: 60))
    let wide = View(of: 64, 48, on: CellSize(columns: 200, rows: 60))
    let (start, end) = (CellPoint(column: 40, row: 10), CellPoint(column: 111, row: 47))
    sitting.click(start)
    try await sitting.see("click the opposite corner")
    sitting.click(end)
    let box = wide.box("cat", from: start, to: end)
    try await sitting.seeSaved(
      "\(Int(box.left)),\(Int(box.top)) \(Int(box.width))×\(Int(box.height))")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[box]])
  }

  @Test func `the invitation to click goes when the second click has set the box`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.click(CellPoint(column: 20, row: 5))
    try await sitting.see("click the opposite corner")
    sitting.click(CellPoint(column: 40, row: 15))
    let screen = try await sitting.seeSaved("100 %")
    #expect(!screen.contains("click the opposite corner"))
  }

  @Test func `a digit during a drawing labels it, and boxes pile up in order`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder)
    sitting.drag(from: CellPoint(column: 20, row: 5), to: CellPoint(column: 30, row: 9))
    try await sitting.escape(from: "▸1/1 cat")
    sitting.type("2")
    sitting.drag(from: CellPoint(column: 45, row: 12), to: CellPoint(column: 55, row: 19))
    try await sitting.seeSaved("1 cat", "2 dog")
    try await sitting.quit()
    #expect(
      try folder.manifest().boxes == [
        [
          view.box(
            "cat", from: CellPoint(column: 20, row: 5), to: CellPoint(column: 30, row: 9)),
          view.box(
            "dog", from: CellPoint(column: 45, row: 12), to: CellPoint(column: 55, row: 19)),
        ]
      ])
  }

  @Test func `the first box without any label asks for one`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try Sitting(folder, "label", "photos")
    try await sitting.see("64×48", "no labels", "c adds a label")
    sitting.type("wLJ\r")
    try await sitting.see("type a name; Enter adds it")
    sitting.type("owl\r")
    try await sitting.seeSaved("▸1/1 owl")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[WrittenBox("owl", 32, 24, 11, 23)]])
    // The label is there next time, though no file names it.
    let again = try Sitting(folder, "label", "photos")
    try await again.see("64×48", "next: owl")
  }

  @Test func `what is written is what Ground Truth writes`() async throws {
    let folder = try Folder()
    try folder.fillPhotos()
    let sitting = try await Sitting.atPhotos(folder, "--job", "pets")
    sitting.type("wLJ2")
    try await sitting.seeSaved("▸1/1 dog")
    try await sitting.quit()
    let line = try folder.manifest()[0]
    let date = try #require(line.object("bounding-box-metadata")["creation-date"] as? String)
    #expect(date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}/) != nil)
    let expected =
      #"{"source-ref":"a.png","bounding-box":{"image_size":[{"width":64,"height":48,"depth":3}],"#
      + #""annotations":[{"class_id":1,"top":24,"left":32,"height":23,"width":11}]},"#
      + #""bounding-box-metadata":{"objects":[{"confidence":1}],"class-map":{"1":"dog"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"yes","#
      + #""creation-date":"\#(date)","job-name":"labeling-job/pets"}}"# + "\n"
    #expect(try folder.text(of: "photos/output.manifest") == expected)
    #expect(try folder.names(in: "photos") == ["a.png", "output.manifest"])
  }
}
