import Cells
import Foundation
import TestSupport
import Testing

/// Images that are odd or made to harm, through the program.
@Suite(.onTerminal) struct OddImageTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func copy(_ name: String) throws {
    let source = Repository.root.appending(path: "Tests/ImageCodingTests/Fixtures/\(name)")
    try folder.write([UInt8](try Data(contentsOf: source)), to: name)
  }

  /// Shows an image in a process that may have little memory: less than its header claims to need.
  private func showWithin(kilobytes: Int, _ name: String) async throws -> Run {
    try copy(name)
    let limited = "ulimit -d \(kilobytes) && exec \"$0\" show --size 20x10 -- \"$1\""
    return try await Run(
      folder, ["-c", limited, BuiltProduct.path("reticle"), name], program: "/bin/sh")
  }

  @Test(arguments: [
    ("max_size.jpg", "claims 65535×65535 pixels"),
    ("ihdr_30000x30000_rgb_truncated.png", "claims 30000×30000 pixels"),
    ("ihdr_2147483647x1.png", "claims 2147483647×1 pixels"),
    ("broken.png", "claims 97293039×1048810005 pixels"),
    ("id_001411,src_000636,op_flip4,pos_165,+cov.jpg", "claims 61472×32800 pixels"),
  ])
  func `a header that lies about its size costs no memory`(
    _ name: String, _ words: String
  ) async throws {
    let run = try await showWithin(kilobytes: 60_000, name)
    #expect(run.code == 65 && run.output.isEmpty)
    #expect(run.errors.contains("\(name) \(words)"), "\(run.errors)")
  }

  @Test(arguments: [
    // Text that inflates to 75 MB; 5.8 megapixels in passes.
    "png_decompression_dos.png", "interlaced_2400x2400_1bit.png", "panorama_12000x300.jpg",
  ])
  func `what can be shown is shown within little memory`(_ name: String) async throws {
    let run = try await showWithin(kilobytes: 60_000, name)
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(!run.output.isEmpty)
  }

  @Test func `a picture cut short is shown with a word about it`() async throws {
    try copy("truncated_half.jpg")
    let run = try await Run(folder, ["show", "--size", "20x10", "truncated_half.jpg"])
    #expect(run.code == 0 && !run.output.isEmpty)
    #expect(run.errors.contains("ends early: the lower 47 % is missing"))
  }
}
