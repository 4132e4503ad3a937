import Foundation
import FuzzHarnesses
import Testing

/// Every input that fuzzing has kept, run through the function that it was found with.
@Suite("Fuzzing: the corpus")
struct CorpusTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")

  @Test("no input breaks a promise", arguments: Harness.all.map(\.name))
  func replay(name: String) throws {
    let harness = try #require(Harness(name: name))
    let inputs = try FileManager.default.contentsOfDirectory(
      at: Self.folder.appending(path: name), includingPropertiesForKeys: nil)
    #expect(!inputs.isEmpty)
    for input in inputs.sorted(by: { $0.path() < $1.path() }) {
      let bytes = [UInt8](try Data(contentsOf: input))
      #expect(throws: Never.self, "\(name)/\(input.lastPathComponent)") { try harness.run(bytes) }
    }
  }

  @Test("every harness has a name of its own, and is found by it")
  func names() {
    for harness in Harness.all { #expect(Harness(name: harness.name) == harness) }
    #expect(Harness(name: "none") == nil)
  }
}
