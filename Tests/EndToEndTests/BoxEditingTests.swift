import Cells
import Foundation
import TestSupport
import Testing

/// Boxes changed by keys and by the mouse, on a picture of 64×48 pixels at 80×24.
@Suite(.onTerminal) struct BoxEditingTests {
  private let view = View(of: 64, 48)
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos()
  }

  /// Starts on a manifest with boxes, and selects the first.
  private func start(_ boxes: WrittenBox..., selecting: Bool = true) async throws -> Sitting {
    try folder.write(Sample.line("a.png", boxes: boxes) + "\n", to: "photos/m.manifest")
    let sitting = try Sitting(folder, "label", "photos/m.manifest")
    try await sitting.see("64×48")
    if selecting {
      sitting.type("\t")
      try await sitting.see("▸1/\(boxes.count) \(boxes[0].label)")
    }
    return sitting
  }

  /// Leaves, and reads the boxes back.
  private func boxes(after sitting: Sitting) async throws -> [WrittenBox]? {
    try await sitting.quit()
    return try folder.manifest("photos/m.manifest").boxes[0]
  }

  // MARK: To the pixel

  @Test func `zoomed in with plus, an arrow is a pixel`() async throws {
    let sitting = try await start(WrittenBox("cat", 1, 1, 4, 4), selecting: false)
    sitting.type("+++++++++")
    try await sitting.see("as large as it gets: 32 columns a pixel")
    sitting.type("wljl\r")
    try await sitting.seeSaved("▸2/2", "32,24 2×1")
    #expect(
      try await boxes(after: sitting) == [
        WrittenBox("cat", 1, 1, 4, 4), WrittenBox("cat", 32, 24, 2, 1),
      ])
  }

  @Test func `zoomed in with the wheel, a drag sets a box to the pixel`() async throws {
    let sitting = try await start(WrittenBox("cat", 1, 1, 4, 4), selecting: false)
    let pointer = CellPoint(column: 30, row: 8)
    var zoomed = view
    for _ in 0..<12 {
      sitting.terminal.mouse(.wheelUp, at: pointer)
      zoomed.zoom(by: 1.25, around: zoomed.pixel(at: pointer))
    }
    // 1.25 to the twelfth: 14.6 × 0.875 columns a pixel.
    try await sitting.see("14.6×")
    let (start, end) = (CellPoint(column: 10, row: 4), CellPoint(column: 66, row: 19))
    sitting.drag(from: start, to: end)
    let box = zoomed.box("cat", from: start, to: end)
    #expect(box.width == 4 && box.height >= 2)
    try await sitting.seeSaved("▸2/2")
    #expect(try await boxes(after: sitting) == [WrittenBox("cat", 1, 1, 4, 4), box])
  }

  @Test func `the wheel zooms back out to all of the picture`() async throws {
    let sitting = try await start(WrittenBox("cat", 1, 1, 4, 4), selecting: false)
    let before = sitting.terminal.screen.cells
    for _ in 0..<20 { sitting.terminal.mouse(.wheelUp, at: CellPoint(column: 3, row: 3)) }
    try await sitting.see("36.6×")
    for _ in 0..<20 { sitting.terminal.mouse(.wheelDown, at: CellPoint(column: 70, row: 15)) }
    try await sitting.see(" 1× ")
    try await sitting.terminal.waitUntil("as before") { $0.cells == before }
  }

  @Test func `an edge is set to the exact pixel`() async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 20, 10))
    // Taken apart, magnified around its middle, the corner moves by single pixels.
    sitting.type("+++++elllk\r")
    try await sitting.seeSaved("10,10 23×9")
    #expect(try await boxes(after: sitting) == [WrittenBox("cat", 10, 10, 23, 9)])
  }

  // MARK: Corners

  @Test func `o goes to the opposite corner and O to the other of its side`() async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 20, 10))
    sitting.type("ze")
    sitting.type("ll")  // bottom right to 32,20
    sitting.type("ok")  // top left to 10,9
    sitting.type("Ohj")  // top right to 31,10
    sitting.type("\r")
    try await sitting.seeSaved("▸1/1 cat 10,10 21×10")
    #expect(try await boxes(after: sitting) == [WrittenBox("cat", 10, 10, 21, 10)])
  }

  @Test func `corners may pass each other`() async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 3, 2))
    sitting.type("zehhhhhkkkk\r")
    try await sitting.seeSaved("▸1/1 cat 8,8 2×2")
    #expect(try await boxes(after: sitting) == [WrittenBox("cat", 8, 8, 2, 2)])
  }

  @Test func `Esc leaves the box as it was, bytes and all`() async throws {
    let sitting = try await start(WrittenBox("cat", 10.25, 10.5, 20, 10))
    let before = try folder.bytes(of: "photos/m.manifest")
    sitting.type("zellljj")
    try await sitting.escape(from: "10,11 23×12", to: "▸1/1 cat 10.3,10.5 20×10")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/m.manifest") == before)
  }

  // MARK: Nudging

  @Test func `a run of nudges is one edit, and one undo takes it back`() async throws {
    let box = WrittenBox("cat", 20, 20, 10, 10)
    let sitting = try await start(box)
    sitting.type("z")
    sitting.type("lllL")
    sitting.press(Key(.down), Key(.down, .shift), Key(.left))
    sitting.type("K")
    // Nothing more is typed: the run ends by itself.
    try await sitting.seeSaved("▸1/1 cat 32,21 10×10")
    sitting.type("u")
    try await sitting.seeSaved("undone: move cat")
    sitting.type("u")
    try await sitting.see("nothing to undo")
    sitting.press(.control("r"))
    try await sitting.seeSaved("done again: move cat")
    #expect(try await boxes(after: sitting) == [WrittenBox("cat", 32, 21, 10, 10)])
  }

  @Test func `at fit a nudge is a cell, and the picture's edge stops it`() async throws {
    let sitting = try await start(WrittenBox("cat", 20, 20, 10, 10))
    sitting.type("lj")
    // 8/7 and 16/7 pixels, rounded.
    try await sitting.seeSaved("▸1/1 cat 21,22 10×10")
    sitting.type("JJJJLLLLLL")
    try await sitting.seeSaved("▸1/1 cat 54,38 10×10")
    #expect(try await boxes(after: sitting) == [WrittenBox("cat", 54, 38, 10, 10)])
  }

  @Test func `a nudge counts though the next key follows at once`() async throws {
    let sitting = try await start(WrittenBox("cat", 20, 20, 10, 10))
    sitting.type("zll:q\r")
    try await sitting.expectEnd()
    #expect(
      try folder.manifest("photos/m.manifest").boxes == [[WrittenBox("cat", 22, 20, 10, 10)]])
  }

  // MARK: By mouse

  @Test func `a drag inside moves the selected box`() async throws {
    let box = WrittenBox("cat", 10, 10, 30, 24)
    let sitting = try await start(box)
    let (hold, goal) = (view.cell(x: 17, y: 20), view.cell(x: 29, y: 26))
    sitting.drag(from: hold, to: goal)
    let (from, to) = (view.pixel(at: hold), view.pixel(at: goal))
    let moved = WrittenBox(
      "cat", 10 + (to.x - from.x).rounded(), 10 + (to.y - from.y).rounded(), 30, 24)
    #expect(moved.left > 10 && moved.top > 10)
    try await sitting.seeSaved("▸1/1 cat \(Int(moved.left)),\(Int(moved.top)) 30×24")
    #expect(try await boxes(after: sitting) == [moved])
  }

  @Test func `a click on its middle takes the box along to the next click`() async throws {
    let box = WrittenBox("cat", 10, 10, 30, 24)
    let sitting = try await start(box)
    let (hold, goal) = (view.cell(x: 25, y: 22), view.cell(x: 40, y: 24))
    #expect(sitting.terminal.screen.cell(column: hold.column, row: hold.row).glyph == "+")
    sitting.click(hold)
    sitting.click(goal)
    let (from, to) = (view.pixel(at: hold), view.pixel(at: goal))
    let moved = WrittenBox(
      "cat", min(34, 10 + (to.x - from.x).rounded()), 10 + (to.y - from.y).rounded(), 30, 24)
    try await sitting.seeSaved("1 cat")
    #expect(try await boxes(after: sitting) == [moved])
  }

  /// What of the box is held, where to it goes, and which of its sides go along.
  @Test(arguments: [
    ("left", 10.0, 22.0, 4.0, 30.0), ("right", 39.9, 22, 52, 24), ("top", 25, 10, 30, 3),
    ("bottom", 25, 33.9, 20, 45), ("top left", 10, 10, 5, 5), ("bottom right", 39.9, 33.9, 60, 44),
    ("top right", 39.9, 10, 30, 20), ("bottom left", 10, 33.9, 2, 40),
  ])
  func `a drag on an edge or a corner resizes`(
    _ name: String, _ x: Double, _ y: Double, _ toX: Double, _ toY: Double
  ) async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 30, 24))
    let goal = view.cell(x: toX, y: toY)
    sitting.drag(from: view.cell(x: x, y: y), to: goal)
    let end = view.corner(at: goal)
    let left = name.contains("left") ? end.x : 10
    let right = name.contains("right") ? end.x : 40
    let top = name.contains("top") ? end.y : 10
    let bottom = name.contains("bottom") ? end.y : 34
    let box = WrittenBox("cat", left, top, right - left, bottom - top)
    try await sitting.seeSaved("\(Int(left)),\(Int(top)) \(Int(box.width))×\(Int(box.height))")
    #expect(try await boxes(after: sitting) == [box])
  }

  @Test func `two clicks resize, too`() async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 30, 24))
    let goal = view.cell(x: 50, y: 30)
    sitting.click(view.cell(x: 39.9, y: 22))
    try await sitting.see("click where it goes")
    sitting.click(goal)
    try await sitting.seeSaved("1 cat")
    #expect(
      try await boxes(after: sitting) == [
        WrittenBox("cat", 10, 10, view.corner(at: goal).x - 10, 24)
      ])
  }

  @Test func `a click selects the smallest box, again the next, at last none`() async throws {
    let sitting = try await start(
      WrittenBox("big", 2, 2, 60, 44), WrittenBox("mid", 10, 10, 40, 30),
      WrittenBox("tiny", 20, 20, 14, 12), selecting: false)
    // Neither at an edge nor in the middle of any of them.
    let place = view.cell(x: 23.5, y: 25)
    for word in ["▸3/3 tiny", "▸2/3 mid", "▸1/3 big"] {
      sitting.click(place)
      try await sitting.see(word)
    }
    sitting.click(place)
    try await sitting.see("next: big")
  }

  // MARK: Labels

  @Test func `a digit relabels the selected box and is the next box's label`() async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 9, 9), WrittenBox("dog", 30, 9, 9, 9))
    sitting.type("2")
    try await sitting.seeSaved("▸1/2 dog")
    try await sitting.escape(from: "▸1/2 dog", to: "next: dog")
    #expect(
      try await boxes(after: sitting) == [
        WrittenBox("dog", 10, 10, 9, 9), WrittenBox("dog", 30, 9, 9, 9),
      ])
  }

  @Test func `c finds a label by some of its letters`() async throws {
    try folder.write("white cell\nred cell\nplatelet\n", to: "labels.txt")
    try folder.write(
      Sample.line("a.png", boxes: [WrittenBox("red cell", 10, 10, 9, 9)]) + "\n",
      to: "photos/m.manifest")
    let sitting = try Sitting(folder, "label", "photos/m.manifest", "--labels", "labels.txt")
    try await sitting.see("64×48")
    sitting.type("\tcplt\r")
    try await sitting.seeSaved("▸1/1 platelet")
    sitting.type("cwc\r")
    try await sitting.seeSaved("▸1/1 white cell")
    #expect(try await boxes(after: sitting) == [WrittenBox("white cell", 10, 10, 9, 9)])
    #expect(try folder.text(of: "labels.txt") == "white cell\nred cell\nplatelet\n")
  }

  @Test func `c on a new name adds it, also to the label file`() async throws {
    try folder.write(
      #"{"document-version":"2018-11-28","labels":[{"label":"cat"}],"more":[1]}"#, to: "l.json")
    try folder.write(
      Sample.line("a.png", boxes: [WrittenBox("cat", 10, 10, 9, 9)]) + "\n",
      to: "photos/m.manifest")
    let sitting = try Sitting(folder, "label", "photos/m.manifest", "--labels", "l.json")
    try await sitting.see("64×48")
    sitting.type("\tczebra\r")
    try await sitting.seeSaved("▸1/1 zebra", "2 zebra")
    #expect(try await boxes(after: sitting) == [WrittenBox("zebra", 10, 10, 9, 9)])
    let labels = try JSONSerialization.jsonObject(with: Data(folder.bytes(of: "l.json")))
    let members = try #require(labels as? [String: Any])
    #expect(members["labels"] as? [[String: String]] == [["label": "cat"], ["label": "zebra"]])
    #expect(members["more"] as? [Int] == [1])
  }

  @Test func `a click on a label is its digit`() async throws {
    let sitting = try await start(WrittenBox("cat", 10, 10, 9, 9), WrittenBox("dog", 30, 9, 9, 9))
    let row = 22
    let column = try #require(sitting.terminal.screen.rows[row].firstRange(of: "2 dog"))
    let offset = sitting.terminal.screen.rows[row].distance(
      from: sitting.terminal.screen.rows[row].startIndex, to: column.lowerBound)
    sitting.click(CellPoint(column: offset, row: row))
    try await sitting.seeSaved("▸1/2 dog")
    try await sitting.quit()
  }

  // MARK: Deleting

  @Test(arguments: ["x", "\u{1B}[3~"])
  func `the selected box is deleted, the others keep their bytes`(_ key: String) async throws {
    let boxes = [
      WrittenBox("cat", 1.5, 2.25, 9, 9), WrittenBox("dog", 30, 9, 9.125, 9),
      WrittenBox("cat", 40, 30, 5, 5),
    ]
    let sitting = try await start(boxes[0], boxes[1], boxes[2])
    sitting.type("\t" + key)
    try await sitting.seeSaved("▸2/2 cat 40,30 5×5")
    #expect(try await self.boxes(after: sitting) == [boxes[0], boxes[2]])
  }

  @Test func `all are deleted, and come back as they were`() async throws {
    let sitting = try await start(
      WrittenBox("cat", 1.5, 2.25, 9, 9), WrittenBox("dog", 30, 9, 9.125, 9))
    let before = try folder.bytes(of: "photos/m.manifest")
    sitting.type("X")
    try await sitting.seeSaved("2 boxes deleted; u brings them back")
    sitting.type(":w\r")
    try await eventually("written") {
      (try? folder.manifest("photos/m.manifest").boxes[0]) == .some(nil)
    }
    sitting.type("u")
    try await sitting.seeSaved("undone: delete 2 boxes")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/m.manifest") == before)
  }
}
