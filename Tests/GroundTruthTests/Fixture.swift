import Foundation
import GroundTruth
import Testing

/// The manifests beside the tests.
struct Fixture: Sendable, CustomTestStringConvertible {
  let name: String
  let lines: [[UInt8]]

  var testDescription: String { name }

  init(named name: String) throws {
    let url = Self.folder.appending(path: name)
    let bytes = [UInt8](try Data(contentsOf: url))
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.name = name
    self.lines = lines.map(Array.init)
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// All manifests, in the order of their names.
  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".manifest") }.sorted().compactMap {
      try? Fixture(named: $0)
    }
  }()

  /// The first line of a manifest.
  static func line(of name: String) throws -> [UInt8] { try Fixture(named: name).lines[0] }

  /// A line as Foundation reads it, to compare with.
  static func foundation(_ line: [UInt8]) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(line))
    return object as? [String: Any] ?? [:]
  }
}

extension [UInt8] {
  /// The bytes as text, for messages.
  var text: String { String(decoding: self, as: UTF8.self) }
}

/// Who edits in the tests.
let editor = Provenance(
  creationDate: "2026-01-02T03:04:05.678901", jobName: "labeling-job/tests")
