import Cells
import Foundation
import Testing

/// The contact sheet and the evaluation screen on a real terminal, on five photos of blood.
@Suite(.onTerminal) struct SheetTests {
  private static let size = CellSize(columns: 120, rows: 36)
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.copySamples(
      "blood-00000.jpg", "blood-00047.jpg", "blood-00113.jpg", "blood-00220.jpg",
      "blood-00301.jpg")
    try folder.write(try Self.fixture(), to: "photos/blood.manifest")
  }

  private static func fixture() throws -> [UInt8] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/blood.manifest")
    return [UInt8](try Data(contentsOf: url))
  }

  /// The lines with their predictions alone.
  private func unlabelled() throws -> [UInt8] {
    try WrittenManifest(try Self.fixture()).lines.reduce(into: []) { bytes, line in
      var members = line.members
      members["bounding-box"] = nil
      members["bounding-box-metadata"] = nil
      bytes += try JSONSerialization.data(withJSONObject: members, options: .sortedKeys) + [0x0A]
    }
  }

  /// The predictions of a line from a confidence on, of one label, the surest first.
  private func predicted(
    _ line: WrittenManifest.Line, _ label: String
  ) throws -> [(box: WrittenBox, confidence: Double)] {
    let objects = try #require(line.object("model-metadata")["objects"] as? [[String: Any]])
    let boxes = try #require(line.boxes("model"))
    return zip(boxes, objects).map {
      (box: $0, confidence: ($1["confidence"] as? NSNumber)?.doubleValue ?? 0)
    }.filter { $0.box.label == label && $0.confidence >= 0.5 }
  }

  private func review(_ arguments: [String], sees text: String) async throws -> Sitting {
    let sitting = try Sitting(
      folder, ["review", "photos/blood.manifest"] + arguments, size: Self.size)
    try await sitting.see(text)
    return sitting
  }

  @Test func `a sheet of correct crops is accepted with two keys`() async throws {
    let original = try unlabelled()
    try folder.write(original, to: "photos/blood.manifest")
    let before = try WrittenManifest(original)
    let expected = try before.lines.map { try predicted($0, "WBC").map(\.box) }
    let count = expected.reduce(0) { $0 + $1.count }
    #expect((2...28).contains(count))
    let sitting = try await review(
      ["--sort", "confidence", "--filter", "label:WBC"], sees: "1/\(count)")
    sitting.type("C")
    try await sitting.see("1 WBC", "sheet 1/1")
    sitting.type("A")
    try await sitting.seeSaved("\(count) accepted")
    try await sitting.quit()

    let after = try folder.manifest("photos/blood.manifest")
    for (line, boxes) in zip(after.lines, expected) { #expect((line.boxes() ?? []) == boxes) }
    let log = try folder.text(of: "home/.local/state/reticle/pace.jsonl")
    #expect(log.contains(#""keys":2"#))
    let check = try Run(
      folder, ["check", "photos/blood.manifest", "--local", "--images", "photos"])
    #expect(check.text.contains("0 errors"), "\(check.text)")
    let again = try await review(["--sort", "file"], sees: "1/")
    again.type("u")
    try await again.seeSaved("undone")
    try await again.quit()
    #expect(try folder.bytes(of: "photos/blood.manifest") == original)
  }

  @Test func `what is marked on a sheet is rejected, and the rest accepted`() async throws {
    let original = try unlabelled()
    try folder.write(original, to: "photos/blood.manifest")
    let before = try WrittenManifest(original)
    let all = try before.lines.enumerated().flatMap { number, line in
      try predicted(line, "WBC").map { (line: number, box: $0.box, confidence: $0.confidence) }
    }.sorted { $0.confidence > $1.confidence }
    let sitting = try await review(
      ["--sort", "confidence", "--filter", "label:WBC"], sees: "1/\(all.count)")
    sitting.type("Cv")
    try await sitting.see("1 marked")
    sitting.type("x")
    try await sitting.see("1 rejected")
    sitting.type("A")
    try await sitting.seeSaved("\(all.count - 1) accepted")
    try await sitting.quit()
    let after = try folder.manifest("photos/blood.manifest")
    for (number, line) in after.lines.enumerated() {
      let expected = all.dropFirst().filter { $0.line == number }.map(\.box)
      #expect(Set((line.boxes() ?? []).map { "\($0)" }) == Set(expected.map { "\($0)" }))
    }
    #expect((after[all[0].line].mark["rejected"] as? [Any])?.count == 1)
  }

  @Test func `a cell of the confusion matrix opens its boxes`() async throws {
    let sitting = try await review(["--sort", "file"], sees: "1/")
    sitting.type(":evaluate\r")
    try await sitting.see("Confusion", "F1 by threshold", "AP50:95")
    sitting.type("\t\r")
    try await sitting.see("boxes")
    try await sitting.seeNo("Confusion")
    sitting.press(Key(.escape))
    try await sitting.see("Confusion")
    sitting.type("]")
    try await sitting.see("threshold 0.55")
    sitting.type("[")
    try await sitting.see("threshold 0.50")
    sitting.press(Key(.escape))
    try await sitting.seeNo("Confusion")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/blood.manifest") == Self.fixture())
    // The figures were kept for the next time, and nothing beside the manifest.
    let again = try await review(["--sort", "file"], sees: "1/")
    again.type("ge")
    try await again.see("since 20", "+0.000")
    try await again.quit()
  }
}
