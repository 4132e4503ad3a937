import TestSupport
import Testing

/// Commands on the whole dataset, typed at work.
@Suite(.onTerminal) struct WholeDatasetWorkTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(3)
    try folder.write(
      Self.line("a", "cat", id: 0) + "\n" + Self.line("b", "red dog", id: 1) + "\n", to: "m")
    try folder.write(
      Self.line("b", "cat", id: 0, date: "2026-02-01") + "\n" + Self.line("c", "owl", id: 1) + "\n",
      to: "other")
  }

  private static func line(
    _ name: String, _ label: String, id: Int, date: String = "2026-01-01"
  ) -> String {
    #"{"source-ref":"photos/\#(name).png","bb":{"image_size":[{"width":64,"height":48,"depth":3}],"#
      + #""annotations":[{"class_id":\#(id),"left":1,"top":2,"width":30,"height":20}]},"#
      + #""bb-metadata":{"objects":[{"confidence":1}],"class-map":{"\#(id)":"\#(label)"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"yes","#
      + #""creation-date":"\#(date)T00:00:00.000000"}}"#
  }

  private func sitting() async throws -> Sitting {
    let sitting = try Sitting(folder, "label", "m")
    try await sitting.see("64×48")
    return sitting
  }

  @Test func `what is merged at work is what the subcommand writes, and u takes it back`()
    async throws
  {
    let before = try folder.bytes(of: "m")
    let sitting = try await sitting()
    sitting.type(":merge other\r")
    try await sitting.see("3 lines", "other: 1 lines of its own")
    try await sitting.escape(from: "lines of its own", to: "1/3")
    sitting.type(":w\r")
    try await eventually("written") { try folder.bytes(of: "m") != before }
    try folder.write(before, to: "was")
    #expect(try await Run(folder, ["merge", "was", "other", "-o", "both"]).code == 0)
    #expect(try folder.text(of: "m") == folder.text(of: "both"))
    sitting.type("u")
    try await sitting.seeSaved("undone: merge other", "/2")
    try await sitting.quit()
    // The place of the line that came stays, empty.
    #expect(try folder.bytes(of: "m") == before + [10])
  }

  @Test func `what is selected, split and counted at work is the dataset with its edits`()
    async throws
  {
    let sitting = try await sitting()
    sitting.type(":rename! cat owl\r")
    try await sitting.seeSaved("cat is now owl")
    sitting.type(":select label:\"red dog\" -o dogs\r")
    try await sitting.see("dogs: 1 of 2 lines")
    #expect(try folder.text(of: "dogs") == Self.line("b", "red dog", id: 1) + "\n")
    sitting.type(":select label:owl -o dogs\r")
    try await sitting.see("dogs: is there already")
    sitting.type(":select label:owl -o owls\r")
    try await sitting.see("owls: 1 of 2 lines")
    sitting.type(":split --train train --test test\r")
    try await sitting.see("training", "images")
    try await sitting.escape(from: "training")
    let parts = try folder.text(of: "train") + folder.text(of: "test")
    #expect(parts.split(separator: "\n").count == 2)
    sitting.type(":stats\r")
    try await sitting.see("m: 2 images, 2 boxes", "owl", "█")
    try await sitting.escape(from: "2 images, 2 boxes")
    try await sitting.quit()
  }

  @Test func `what is wrong with such a command is said on the message line`() async throws {
    let sitting = try await sitting()
    for (line, answer) in [
      (":merge none", "merge: none: there is no such manifest"), (":split", "--train"),
      (":select colour:red -o x", "select: "), (":stats --nonsense", "--nonsense"),
      (":select \"owl -o x", "a quote is not closed"), (":select label:owl", "with -o"),
    ] {
      sitting.type(line + "\r")
      try await sitting.see(answer)
    }
    try await sitting.quit()
    #expect(!folder.has("x"))
  }
}
