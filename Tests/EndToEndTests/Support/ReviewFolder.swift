import Cells
import Foundation
import Testing

/// A folder with five photos of blood and a manifest of them: boxes that people drew, and those
/// that a model predicted in the attribute `model`.
struct ReviewFolder {
  static let manifest = "photos/blood.manifest"
  let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.copySamples(
      "blood-00000.jpg", "blood-00047.jpg", "blood-00113.jpg", "blood-00220.jpg",
      "blood-00301.jpg")
    try folder.write(try Self.labelled(), to: Self.manifest)
  }

  /// The manifest as it is at first.
  static func labelled() throws -> [UInt8] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/blood.manifest")
    return [UInt8](try Data(contentsOf: url))
  }

  /// Leaves the predictions alone in the manifest.
  ///
  /// - Returns: What is written then.
  @discardableResult
  func dropTruth() throws -> [UInt8] {
    let bytes: [UInt8] = try WrittenManifest(try Self.labelled()).lines.reduce(into: []) {
      bytes, line in
      var members = line.members
      members["bounding-box"] = nil
      members["bounding-box-metadata"] = nil
      bytes += try JSONSerialization.data(withJSONObject: members, options: .sortedKeys) + [0x0A]
    }
    try folder.write(bytes, to: Self.manifest)
    return bytes
  }

  /// A review of the manifest on a screen that shows a text.
  func review(
    _ arguments: String..., sees text: String, size: CellSize = CellSize(columns: 80, rows: 24),
    file: String = #fileID, line: Int = #line
  ) async throws -> Sitting {
    let sitting = try Sitting(folder, ["review", Self.manifest] + arguments, size: size)
    try await sitting.see(text, file: file, line: line)
    return sitting
  }
}

extension WrittenManifest.Line {
  /// The predictions of a label, or of all, that are sure enough, with their confidences, in order.
  func predicted(
    _ label: String? = nil, from threshold: Double = 0.5
  ) throws -> [(box: WrittenBox, confidence: Double)] {
    let objects = try #require(object("model-metadata")["objects"] as? [[String: Any]])
    return zip(try #require(boxes("model")), objects).map {
      (box: $0, confidence: ($1["confidence"] as? NSNumber)?.doubleValue ?? 0)
    }.filter { (label == nil || $0.box.label == label) && $0.confidence >= threshold }
  }
}
