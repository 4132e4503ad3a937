import Foundation
import TestSupport
import Testing

/// The example of the article "A front end in five minutes": the program works, and the article's
/// code is the program's.
@Suite struct ExampleFrontEndTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Runs the program to its end; gives its exit code and what it printed.
  private func run(_ arguments: [String], in folder: URL) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: BuiltProduct.path("ExampleFrontEnd"))
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path(), "SWIFT_BACKTRACE": "enable=no"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test func `it opens a manifest, adds a label, saves and checks`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "reticle-example-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let manifest = folder.appending(path: "m.manifest")
    let other = #"{ "source-ref" : "photos/a.jpg", "kept":1.50 }"#
    try Data("\(other)\r\n{\"source-ref\":\"photos/b.jpg\"}".utf8).write(to: manifest)

    let labelled = try run(["m.manifest", "b.jpg", "cat"], in: folder)
    #expect(labelled.code == 0)
    #expect(labelled.output.contains("m.manifest:1: error: No label attributes found."))
    let after = try String(contentsOf: manifest, encoding: .utf8)
    let line = after.dropFirst(other.utf8.count + 1)
    #expect(after.hasPrefix(other + "\r\n{\"source-ref\":\"photos/b.jpg\",\"image-label_cat\":"))
    #expect(line.contains(#""class-name":"cat""#))
    #expect(line.contains(#""job-name":"labeling-job/example""#))
    #expect(
      line.contains(#/"creation-date":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}"/#), "\(line)")
    #expect(!after.hasSuffix("\n"))

    // Once more changes nothing, and what can't be done is said.
    #expect(try run(["m.manifest", "b.jpg", "cat"], in: folder).code == 0)
    #expect(try String(contentsOf: manifest, encoding: .utf8) == after)
    let missing = try run(["m.manifest", "c.jpg", "cat"], in: folder)
    #expect(missing.code == 1)
    #expect(missing.output == "c.jpg: no line of the manifest names this image\n")
    #expect(try run([], in: folder).code == 64)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    #expect(names.filter { $0.hasPrefix("m.") } == ["m.manifest"])
  }

  @Test func `the article's code stands in the program, and all of it`() throws {
    let article = try Self.text("Sources/GroundTruth/GroundTruth.docc/FiveMinutes.md")
    let program = try Self.lines(Self.text("Tests/ExampleFrontEnd/Labelling.swift"))
    let blocks = article.matches(of: #/```swift\n((?:.*\n)*?)```/#).map { Self.lines($0.1) }
    #expect(blocks.count == 7)
    for block in blocks {
      #expect(
        program.indices.contains { program[$0...].starts(with: block) },
        "not in the program: \(block)")
    }
    // The other way round: what the program does is told.
    let told = Set(blocks.joined())
    let untold = program.filter { !told.contains($0) && !Self.isFrame($0) }
    #expect(untold == [])
  }

  /// The lines without their indentation; blank ones are left out.
  private static func lines(_ text: some StringProtocol) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// Whether a line only holds the program together.
  private static func isFrame(_ line: String) -> Bool {
    ["}", "///", "func ", "struct ", "let name:", "var description:"].contains {
      line.hasPrefix($0)
    }
  }
}
