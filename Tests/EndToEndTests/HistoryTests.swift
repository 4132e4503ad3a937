import Cells
import TestSupport
import Testing

/// Undo and redo, within a sitting and across sittings.
@Suite(.onTerminal) struct HistoryTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(3)
  }

  @Test func `undo and redo go back and forth through all states`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    sitting.type("2")
    try await sitting.seeSaved("▸1/1 dog")
    sitting.type("x")
    try await sitting.seeSaved("0 %")
    for word in ["undone: delete dog", "undone: relabel cat as dog", "undone: draw cat"] {
      sitting.type("u")
      try await sitting.seeSaved(word)
    }
    sitting.press(.control("z"))
    try await sitting.see("nothing to undo")
    for (keys, word) in [("\u{12}", "draw cat"), ("\u{19}", "relabel cat as dog")] {
      sitting.type(keys)
      try await sitting.seeSaved("done again: \(word)")
    }
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[WrittenBox("dog", 32, 24, 11, 23)], nil, nil])
  }

  @Test func `an edit after an undo ends the way to redo`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    sitting.type("u2wHK\r\u{12}")
    try await sitting.see("nothing to redo")
    try await sitting.quit()
    #expect(
      try folder.manifest().boxes[0]
        == [WrittenBox("dog", 32, 24, 11, 23)].map { box in
          // From the crosshair, which stayed where the first box ended, up and left again.
          var box = box
          (box.left, box.top) = (32, 24)
          return box
        })
  }

  @Test func `undo goes to the image where the edit was`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    sitting.type("dd")
    try await sitting.see("3/3", "c.png")
    sitting.type("u")
    try await sitting.seeSaved("1/3", "undone: draw cat")
    sitting.type("G")
    try await sitting.see("3/3", "c.png")
    sitting.press(.control("r"))
    try await sitting.seeSaved("1/3", "done again: draw cat")
    sitting.type("\t")
    try await sitting.see("a.png", "▸1/1 cat")
  }

  @Test func `undo and redo reach across sittings`() async throws {
    var sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.go("d", to: "b.png")
    sitting.type(" d")
    try await sitting.seeSaved("3/3")
    try await sitting.quit()
    let first = try folder.manifest()
    #expect(first.boxes == [[WrittenBox("cat", 32, 24, 11, 23)], [], nil])
    #expect(try folder.names(in: "photos") == ["a.png", "b.png", "c.png", "output.manifest"])

    sitting = try await Sitting.atPhotos(folder)
    // Where it was left off.
    try await sitting.see("3/3", "c.png")
    sitting.type("u")
    try await sitting.seeSaved("undone: verify: nothing there", "2/3")
    sitting.type("u")
    try await sitting.seeSaved("undone: draw cat", "1/3")
    try await sitting.quit()
    #expect(
      try folder.text(of: "photos/output.manifest")
        == ["a", "b", "c"].map { Sample.line("\($0).png") + "\n" }.joined())

    sitting = try await Sitting.atPhotos(folder)
    sitting.type("\u{12}")
    try await sitting.seeSaved("done again: draw cat")
    sitting.type("\u{12}")
    try await sitting.seeSaved("done again: verify: nothing there")
    sitting.type("\u{12}")
    try await sitting.see("nothing to redo")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/output.manifest") == first.bytes)
  }

  @Test func `a manifest changed by another program starts without history`() async throws {
    var sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.quit()
    let changed = try folder.text(of: "photos/output.manifest") + Sample.line("d.png") + "\n"
    try folder.write(changed, to: "photos/output.manifest")
    sitting = try await Sitting.atPhotos(folder)
    sitting.type("u")
    try await sitting.see("nothing to undo")
    try await sitting.quit()
    #expect(try folder.text(of: "photos/output.manifest") == changed)
  }

  @Test func `the manifest is written when nothing is typed for a while`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    #expect(try folder.names(in: "photos").contains("output.manifest.journal"))
    try await eventually("the manifest is there") {
      folder.has("photos/output.manifest") && !folder.has("photos/output.manifest.journal")
    }
    #expect(try folder.manifest().boxes[0] == [WrittenBox("cat", 32, 24, 11, 23)])
  }
}
