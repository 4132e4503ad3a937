import Foundation
import Glibc
import TestSupport

/// A folder of a test's own, gone with the value: homes for the program, and what it works on.
final class Folder: Sendable {
  /// The folder's path, links resolved.
  let path: String

  init() throws {
    var template = Array((NSTemporaryDirectory() + "reticle-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = URL(filePath: made).resolvingSymlinksInPath().path()
    try FileManager.default.createDirectory(
      atPath: path + "/home", withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something in it.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Where the program looks for `HOME` and all XDG folders.
  var home: String { path + "/home" }

  /// Writes a file, with the folders on the way to it.
  func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(filePath: self(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Writes a text file.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// The bytes of a file.
  func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: self(name))))
  }

  /// The text of a file.
  func text(of name: String) throws -> String {
    String(decoding: try bytes(of: name), as: UTF8.self)
  }

  /// Whether there is something of a name.
  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }

  /// What is in a folder of it, sorted.
  func names(in name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self(name)).sorted()
  }

  /// Writes pictures of a size, named `a.png`, `b.png`, …, into `photos`.
  func fillPhotos(_ count: Int = 1, width: Int = 64, height: Int = 48) throws {
    for index in 0..<count {
      let name = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index)))
      try write(PNG.gradient(width: width, height: height), to: "photos/\(name).png")
    }
  }

  /// Copies sample photos into `photos`.
  func copySamples(_ names: String...) throws {
    for name in names {
      let bytes = try Data(contentsOf: Repository.root.appending(path: "Assets/Samples/\(name)"))
      try write([UInt8](bytes), to: "photos/\(name)")
    }
  }

  /// The manifest that labelling `photos` writes.
  func manifest(_ name: String = "photos/output.manifest") throws -> WrittenManifest {
    try WrittenManifest(try bytes(of: name))
  }
}

/// Waits until something outside of any screen is so: a file is there, say.
///
/// - Throws: ``Impatience`` if it isn't so in time; only a broken program takes so long.
func eventually(
  _ wanted: String, timeout: Duration = .seconds(60), file: String = #fileID, line: Int = #line,
  _ condition: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + timeout
  while try await !condition() {
    guard ContinuousClock.now < end else {
      throw Impatience(description: "\(file):\(line): not \(wanted) in \(timeout)")
    }
    try await Task.sleep(for: .milliseconds(2))
  }
}

/// A wait in vain.
struct Impatience: Error, CustomStringConvertible {
  let description: String
}

/// The files of this package.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A manifest from the GroundTruth module's tests.
  static func manifest(_ name: String) throws -> [UInt8] {
    [UInt8](
      try Data(contentsOf: root.appending(path: "Tests/GroundTruthTests/Fixtures/\(name).manifest"))
    )
  }
}
