import Cells
import Foundation
import TestSupport
import Testing

/// Labels and names that try to do harm, or only look strange.
@Suite(.onTerminal) struct StrangeLabelTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos()
  }

  private static let long = String(repeating: "Donaudampfschiff ", count: 16).prefix(256)

  /// A label, and what its first cells on the screen are.
  static let labels: [(String, String)] = [
    ("red\tcell", "red␉cell"), ("\u{1B}[31mred\u{1B}]0;title\u{7}", "␛[31mred␛]0;title␇"),
    ("🐈‍⬛ cat", "🐈"), ("👨‍👩‍👧 family", "👨"), ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
    ("\u{202E}drawkcab", "drawkcab"), ("a\u{9B}2Jb", "2Jb"), ("한국어 라벨", "한국어 라벨"),
    ("null\u{0}byte", "byte"), ("\u{7F}del", "del"), ("\"quoted\\", "\"quoted\\"),
    ("</script>", "</script>"), ("line\u{2028}break\r\nmore", "line"),
    (String(long), "Donaudampfschiff"),
  ]

  @Test(arguments: labels)
  func `a label is shown harmlessly and written exactly`(
    _ label: String, _ shown: String
  ) async throws {
    let name = try String(
      decoding: JSONSerialization.data(withJSONObject: [label]), as: UTF8.self
    ).dropFirst().dropLast()
    let line = Sample.line("a.png", boxes: [WrittenBox("LABEL", 10, 10, 30, 20)])
      .replacing("\"LABEL\"", with: name)
    try folder.write(line + "\n", to: "photos/m.manifest")
    let sitting = try Sitting(
      folder, "label", "photos/m.manifest", size: CellSize(columns: 170, rows: 40))
    try await sitting.see("64×48")
    let screen = try await sitting.see(shown)
    #expect(screen.bells == 0)
    #expect(screen.isAlternateScreen)
    let output = String(decoding: sitting.terminal.output, as: UTF8.self)
    #expect(!output.contains("\u{1B}]0;title"))
    for scalar in label.unicodeScalars
    where scalar.properties.generalCategory == .control || scalar == "\u{202E}" {
      // The terminal is driven with these, a tab being the shortest way to some columns.
      if "\u{1B}\r\n\t".unicodeScalars.contains(scalar) { continue }
      #expect(!output.unicodeScalars.contains(scalar), "U+\(String(scalar.value, radix: 16))")
    }
    // The frame is whole: nothing moved the text after it.
    for row in 2..<36 {
      #expect(
        screen.cells[169, row].glyph == "│" || screen.cells[169, row].glyph == "┤", "row \(row)")
    }
    sitting.type("\tze")
    sitting.type("l\r")
    try await sitting.seeSaved("31×20")
    try await sitting.quit()
    let written = try folder.manifest("photos/m.manifest")[0].boxes()
    #expect(written == [WrittenBox(label, 10, 10, 31, 20)])
  }

  @Test func `typed labels may be emoji, spaces and 256 characters, not more`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    let longest = String(repeating: "ab😀é", count: 64)
    sitting.type("wLJ\rc")
    sitting.terminal.paste(longest)
    sitting.type("\r")
    try await sitting.seeSaved("▸1/1 ab😀é")
    sitting.type("c")
    sitting.terminal.paste(longest + "x")
    sitting.type("\r")
    try await sitting.see("a label has at most 256 characters; this one has 257")
    sitting.type("c")
    sitting.terminal.paste("tab\there \u{1B}[31m")
    sitting.type("\r")
    try await sitting.seeSaved("▸1/1 tab")
    try await sitting.quit()
    let boxes = try #require(try folder.manifest()[0].boxes())
    #expect(boxes.map(\.label).first?.hasPrefix("tab") == true)
    let history = try folder.manifest()[0].object("bounding-box-metadata")["class-map"]
    #expect((history as? [String: String])?.values.contains(longest) == true)
  }

  @Test(arguments: [
    "bl ank.png", "tab\t.png", "esc\u{1B}[31m.png", "émoji😀.png", "quo\"te\\.png", "-dash.png",
    "per%20cent.png", "line\nbreak.png",
  ])
  func `files with strange names are shown, labelled and found again`(_ name: String) async throws {
    try FileManager.default.removeItem(atPath: folder("photos/a.png"))
    try folder.write(PNG.gradient(width: 64, height: 48), to: "photos/" + name)
    for _ in 0..<2 {
      let sitting = try await Sitting.atPhotos(folder)
      #expect(!String(decoding: sitting.terminal.output, as: UTF8.self).contains("\u{1B}[31m.png"))
      sitting.type("X2wLJ\r")
      try await sitting.seeSaved("▸1/1 dog")
      try await sitting.quit()
      let manifest = try folder.manifest()
      #expect(manifest.lines.map(\.sourceRef) == [name])
      #expect(manifest.boxes == [[WrittenBox("dog", 32, 24, 11, 23)]])
    }
  }

  @Test func `a file name that is not UTF-8 is left out and said`() async throws {
    let path = Array((folder("photos/x")).utf8) + [0xFF, 0xFE] + Array(".png".utf8)
    let bytes = PNG.gradient(width: 8, height: 8)
    let made = path.map(CChar.init(bitPattern:)).withUnsafeBufferPointer { buffer -> Bool in
      guard let file = fopen(Array(buffer + [0]), "wb") else { return false }
      defer { fclose(file) }
      return fwrite(bytes, 1, bytes.count, file) == bytes.count
    }
    try #require(made)
    let sitting = try await Sitting.atPhotos(folder, sees: "1/1")
    try await sitting.see("left out: its name is not UTF-8")
    try await sitting.quit()
  }
}
