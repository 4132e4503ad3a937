import Cells
import Foundation
import TestSupport
import Testing

/// What cannot be worked on is said in a sentence, with an exit code of `sysexits.h`.
@Suite(.onTerminal) struct BadInputTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(2)
  }

  /// Runs the program on a terminal and expects that it ends at once with a message.
  private func expectFailure(
    _ arguments: [String], _ code: Int32, _ texts: String..., environment: [String: String] = [:],
    line: Int = #line
  ) async throws {
    let sitting = try Sitting(
      folder, arguments, size: CellSize(columns: 300, rows: 24), environment: environment)
    let exit = try await sitting.terminal.waitForExit()
    let screen = sitting.terminal.screen
    #expect(exit == .code(code), "line \(line): \(screen.text)")
    for text in texts { #expect(screen.contains(text), "line \(line): \(screen.text)") }
    #expect(!sitting.terminal.output.contains(0x07))
    // Without a start there is nothing to leave behind.
    let names = try folder.names(in: "photos").filter { $0.contains("output") }
    #expect(names == [], "line \(line)")
  }

  @Test func `without a terminal it says so`() async throws {
    let run = try await Run(folder, ["label", "photos"])
    #expect(run.code == 64)
    #expect(run.errors.hasPrefix("reticle: "))
    #expect(run.errors.contains("terminal"))
    #expect(run.output.isEmpty)
    #expect(try folder.names(in: "photos") == ["a.png", "b.png"])
  }

  @Test(arguments: ["dumb", "unknown-terminal", ""])
  func `a terminal that can't place text says so`(_ name: String) async throws {
    try await expectFailure(
      ["label", "photos"], 64, "reticle: ", "TERM", environment: ["TERM": name])
  }

  @Test func `what isn't there is named`() async throws {
    try await expectFailure(
      ["label", "nowhere"], 66, "reticle: nowhere: there is no such file or folder")
    try await expectFailure(
      ["label", "nowhere.manifest"], 66, "nowhere.manifest: there is no such file or folder")
    try await expectFailure(
      ["label", "photos", "--labels", "none.txt"], 66, "none.txt: there is no such label file")
  }

  @Test func `a folder without images is named`() async throws {
    try folder.write("hello", to: "empty/notes.txt")
    try await expectFailure(["label", "empty"], 66, "empty: no JPEG or PNG images here")
    #expect(try folder.names(in: "empty") == ["notes.txt"])
  }

  @Test func `wrong usage is told with the way out`() async throws {
    try await expectFailure(["label"], 64, "Usage: reticle label")
    try await expectFailure(["lable", "photos"], 64, "Usage: reticle")
    try await expectFailure(
      ["label", "photos", "--s3-prefix", "bucket"], 64, "--s3-prefix begins with s3://")
    try await expectFailure(["label", "photos", "--color", "purple"], 64, "purple")
    try await expectFailure(["label", "photos", "--task", "poetry"], 64, "poetry")
    try folder.write(Sample.line("a.png") + "\n", to: "m.manifest")
    try await expectFailure(
      ["label", "m.manifest", "photos"], 64, "m.manifest is a manifest: name it alone")
  }

  @Test(arguments: [
    ("", "is empty: there is no line in it to label"),
    ("\n\n  \n", "m.manifest:1: the line is blank"),
    ("{\"a\":1}\n", "m.manifest:1: "), ("not JSON\n", "m.manifest:1: "),
    ("[1,2]\n", "m.manifest:1: "), ("{\"source-ref\":\n", "m.manifest:1: "),
    ("{\"source-ref\":\"\\u001b[31m\n", "m.manifest:1: "),
  ])
  func `a manifest without a line to work on is bad input`(
    _ content: String, _ message: String
  ) async throws {
    try folder.write(content, to: "m.manifest")
    try await expectFailure(["label", "m.manifest"], 65, "reticle: m.manifest", message)
    #expect(try folder.text(of: "m.manifest") == content)
    #expect(try folder.names(in: ".") == ["home", "m.manifest", "photos"])
  }

  @Test(arguments: [
    Array("{\"source-ref\": \"c.png\", broken".utf8), Array("not JSON at all \u{1B}[2J".utf8),
    [0x7B, 0xFF, 0xFE, 0x80, 0x7D], Array("{\"source-ref\":7}".utf8), [0, 0, 0],
    Array((String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)).utf8),
  ])
  func `a broken line is kept and reported, the nine others work`(_ broken: [UInt8]) async throws {
    var lines = (0..<10).map { Array(Sample.line($0 == 9 ? "b.png" : "a.png").utf8) }
    lines[2] = broken
    let before = Array(lines.joined(separator: [10])) + [10]
    try folder.write(before, to: "photos/m.manifest")
    let sitting = try Sitting(
      folder, "label", "photos/m.manifest", "--labels", "cat",
      size: CellSize(columns: 130, rows: 30))
    try await sitting.see("line 3 is kept as it is", "1/9")
    sitting.type("i")
    try await sitting.see("line 3 ", "kept as they are")
    try await sitting.escape(from: "This image")
    try await sitting.go("G", to: "b.png")
    try await sitting.see("9/9")
    sitting.type("wLJ\r")
    try await sitting.seeSaved(" Boxes 1 ")
    try await sitting.quit()
    let after = WrittenManifest.split(try folder.bytes(of: "photos/m.manifest"))
    #expect(Array(after.dropLast()) == Array(lines.dropLast()))
    #expect(try WrittenManifest(try #require(after.last))[0].boxes()?.count == 1)
    #expect(!sitting.terminal.output.contains(where: { $0 == 0x07 }))
  }

  @Test func `an image that is gone or broken is named, and the others work`() async throws {
    try folder.write(
      ["gone.png", "text.png", "cut.png", "a.png", "folder", "s3://bucket/x.png"].map {
        Sample.line($0) + "\n"
      }.joined(), to: "photos/m.manifest")
    try folder.write("this is no picture", to: "photos/text.png")
    try folder.write(Array(PNG.gradient(width: 64, height: 48).prefix(40)), to: "photos/cut.png")
    try folder.write([], to: "photos/folder/file")
    let sitting = try Sitting(
      folder, "label", "photos/m.manifest", "--labels", "cat",
      size: CellSize(columns: 130, rows: 30), environment: ["PATH": "/nowhere"])
    try await sitting.see("gone.png", "d goes on to the next image.")
    sitting.type("w")
    try await sitting.see("there is no picture to draw on")
    for (place, text) in [("2/6", "text.png"), ("3/6", "cut.png")] {
      sitting.type("d")
      try await sitting.see(place, text, "d goes on to the next image.")
    }
    try await sitting.go("d", to: "a.png")
    sitting.type("d")
    try await sitting.see("5/6", "d goes on to the next image.")
    sitting.type("d")
    try await sitting.see("6/6", "s3://bucket/x.png lies on S3 and there is no aws program")
    // A label for the whole image needs no picture.
    sitting.type("t1")
    try await sitting.seeSaved("1 ● cat")
    try await sitting.quit()
    #expect(try folder.manifest("photos/m.manifest")[5].imageLabels == ["cat"])
  }

  @Test func `an image that vanishes during the work is no end of it`() async throws {
    try folder.fillPhotos(6)
    let sitting = try await Sitting.atPhotos(folder)
    for name in ["d", "e", "f"] {
      try FileManager.default.removeItem(atPath: folder("photos/\(name).png"))
    }
    sitting.type("G")
    try await sitting.see("6/6", "f.png", "d goes on to the next image.")
    try await sitting.go("gg", to: "a.png")
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.quit()
    #expect(try folder.manifest().lines.count == 6)
  }

  // MARK: Preferences

  @Test(arguments: [
    ("[image]\nnext-image = \"d\"\nverify = \"d\"\n", "keymap.toml", "clash", "d is "),
    (
      "[image]\nnext-image = \"a\"\n\nfly = \"z\"\n", "keymap.toml:4:", "“fly” is not a command", ""
    ),
    ("[sky]\nnext-image = \"a\"\n", "keymap.toml:1:", "“sky” is not a context", ""),
    ("[image]\n\nnext-image = \"Hyper+q\"\n", "keymap.toml:3:", "“Hyper+q” is not a key", ""),
    ("[image]\nnext-image = 7\n", "keymap.toml:2:", "write the keys as", ""),
    ("[image\n", "keymap.toml:1:", "", ""),
    ("[image]\ngo-to-image = \"d 5\"\n", "keymap.toml", "is next-image already", ""),
  ])
  func `a keymap that can't be is refused with its line`(
    _ text: String, _ place: String, _ message: String, _ more: String
  ) async throws {
    try folder.write(text, to: "home/.config/reticle/keymap.toml")
    let words = message == "clash" ? "is verify" : message
    let sitting = try Sitting(
      folder, ["label", "photos"], size: CellSize(columns: 300, rows: 24))
    let exit = try await sitting.terminal.waitForExit()
    let screen = sitting.terminal.screen.text
    #expect(exit == .code(65), "\(screen)")
    for word in [place, words, more] where !word.isEmpty {
      #expect(screen.contains(word), "\(word) in \(screen)")
    }
  }

  @Test func `a clash in the keymap names the line`() async throws {
    try folder.write(
      "[image]\nnext-image = \"d\"\nverify = \"d\"\n", to: "home/.config/reticle/keymap.toml")
    let run = try await Run(folder, ["label", "photos"])
    #expect(run.code == 65)
    #expect(run.errors.contains("keymap.toml:3: ") || run.errors.contains("keymap.toml:2: "))
  }

  @Test(arguments: [
    ("color = \"purple\"\n", "config.toml:1: color is one of auto, truecolor"),
    ("\nspeed = 9\n", "config.toml:2: “speed” is not a preference"),
    ("preset = \"emacs\"\n", "config.toml:1: preset is one of default"),
    ("glyphs = [\n", "config.toml:"),
  ])
  func `a preference that can't be is refused with its line`(
    _ text: String, _ message: String
  ) async throws {
    try folder.write(text, to: "home/.config/reticle/config.toml")
    try await expectFailure(["label", "photos"], 65, message)
  }

  @Test func `preferences are heeded`() async throws {
    try folder.write(
      "preset = \"cvat\"\ncolor = 256\nglyphs = \"half\"\n", to: "home/.config/reticle/config.toml")
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("f")
    try await sitting.see("2/2", "b.png", "64×48")
    #expect(!String(decoding: sitting.terminal.output, as: UTF8.self).contains("38;2;"))
  }

  // MARK: Label files

  @Test(arguments: [
    ("{\"labels\": [\"cat\"]}", "l.json:1: "), ("{\n\"labels\":\n[}", "l.json:3: "),
    ("{\"document-version\":\"2018-11-28\"}", "l.json:1: "),
  ])
  func `a label file that isn't one is refused with its line`(
    _ text: String, _ place: String
  ) async throws {
    try folder.write(text, to: "l.json")
    try await expectFailure(["label", "photos", "--labels", "l.json"], 65, place)
  }

  @Test func `a label file that is not UTF-8 is refused with its line`() async throws {
    try folder.write(Array("cat\nd".utf8) + [0xFF] + Array("g\n".utf8), to: "l.txt")
    try await expectFailure(
      ["label", "photos", "--labels", "l.txt"], 65, "l.txt:2: ", "UTF-8")
  }
}
