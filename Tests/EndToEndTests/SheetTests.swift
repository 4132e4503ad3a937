import Cells
import Foundation
import Testing

/// The contact sheet and the evaluation screen on a real terminal, on five photos of blood.
@Suite(.onTerminal) struct SheetTests {
  private static let size = CellSize(columns: 120, rows: 36)
  private let photos: ReviewFolder
  private var folder: Folder { photos.folder }

  init() throws { photos = try ReviewFolder() }

  @Test func `a sheet of correct crops is accepted with two keys`() async throws {
    let original = try photos.dropTruth()
    let before = try WrittenManifest(original)
    let expected = try before.lines.map { try $0.predicted("WBC").map(\.box) }
    let count = expected.reduce(0) { $0 + $1.count }
    #expect((2...28).contains(count))
    let sitting = try await photos.review(
      "--sort", "confidence", "--filter", "label:WBC", sees: "1/\(count)", size: Self.size)
    sitting.type("C")
    try await sitting.see("1 WBC", "sheet 1/1")
    sitting.type("A")
    try await sitting.seeSaved("\(count) accepted")
    try await sitting.quit()

    let after = try folder.manifest(ReviewFolder.manifest)
    for (line, boxes) in zip(after.lines, expected) { #expect((line.boxes() ?? []) == boxes) }
    let log = try folder.text(of: "home/.local/state/reticle/pace.jsonl")
    #expect(log.contains(#""keys":2"#))
    let check = try await Run(
      folder, ["check", ReviewFolder.manifest, "--local", "--images", "photos"])
    #expect(check.text.contains("0 errors"), "\(check.text)")
    let again = try await photos.review("--sort", "file", sees: "1/", size: Self.size)
    again.type("u")
    try await again.seeSaved("undone")
    try await again.quit()
    #expect(try folder.bytes(of: ReviewFolder.manifest) == original)
  }

  @Test func `what is marked on a sheet is rejected, and the rest accepted`() async throws {
    let original = try photos.dropTruth()
    let before = try WrittenManifest(original)
    let all = try before.lines.enumerated().flatMap { number, line in
      try line.predicted("WBC").map { (line: number, box: $0.box, confidence: $0.confidence) }
    }.sorted { $0.confidence > $1.confidence }
    let sitting = try await photos.review(
      "--sort", "confidence", "--filter", "label:WBC", sees: "1/\(all.count)", size: Self.size)
    sitting.type("Cv")
    try await sitting.see("1 marked")
    sitting.type("x")
    try await sitting.see("1 rejected")
    sitting.type("A")
    try await sitting.seeSaved("\(all.count - 1) accepted")
    try await sitting.quit()
    let after = try folder.manifest(ReviewFolder.manifest)
    for (number, line) in after.lines.enumerated() {
      let expected = all.dropFirst().filter { $0.line == number }.map(\.box)
      #expect(Set((line.boxes() ?? []).map { "\($0)" }) == Set(expected.map { "\($0)" }))
    }
    #expect((after[all[0].line].mark["rejected"] as? [Any])?.count == 1)
  }

  @Test func `a cell of the confusion matrix opens its boxes`() async throws {
    let sitting = try await photos.review("--sort", "file", sees: "1/", size: Self.size)
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
    #expect(try folder.bytes(of: ReviewFolder.manifest) == ReviewFolder.labelled())
    // The figures were kept for the next time, and nothing beside the manifest.
    let again = try await photos.review("--sort", "file", sees: "1/", size: Self.size)
    again.type("ge")
    try await again.see("since 20", "+0.000")
    try await again.quit()
  }
}
