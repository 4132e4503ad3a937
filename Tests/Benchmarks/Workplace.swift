import Cells
import FoundationEssentials
import Glibc
import GroundTruth
import TestSupport

/// A temporary folder with photos and manifests to measure on; it goes with the last reference.
final class Workplace {
  /// The folder.
  let path: String
  /// The photo that the figures are about: 4000×3000.
  var photo: String { path + "/photos/photo-1.jpg" }
  /// The folder with that photo and its neighbours.
  var photos: String { path + "/photos" }
  /// The photo with one box of about 30×15 cells at 200×60.
  var oneBox: String { path + "/one-box.manifest" }
  /// The photo with 1,000 boxes.
  var manyBoxes: String { path + "/many-boxes.manifest" }
  /// A folder with one small image.
  var small: String { path + "/small" }
  /// A folder with a photo of 100 megapixels and two of 12.
  var large: String { path + "/large" }

  private static let photoCount = 6
  private static let labelCount = 20

  /// Makes the folder.
  ///
  /// - Throws: ``BenchmarkError`` if an encoder is missing, or an error of the file system.
  init(withLargePhoto: Bool) throws {
    let files = FileManager.default
    path =
      files.temporaryDirectory.path + "/reticle-benchmarks-\(UInt64.random(in: 0...UInt64.max))"
    for folder in [photos, small, large, path + "/home"] {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    for number in 1...Self.photoCount {
      try SyntheticPhoto(width: 4_000, height: 3_000, seed: UInt64(number))
        .write(to: photos + "/photo-\(number).jpg")
    }
    try SyntheticPhoto(width: 320, height: 240, seed: 1).write(to: small + "/small.jpg")
    if withLargePhoto {
      try SyntheticPhoto(width: 11_547, height: 8_660, seed: 1).write(to: large + "/1.jpg")
      for number in 2...3 {
        try files.copyItem(
          atPath: photos + "/photo-\(number).jpg", toPath: large + "/\(number).jpg")
      }
    }
    try write(boxes: [Self.nudgedBox], to: oneBox)
    try write(boxes: [Self.nudgedBox] + Self.randomBoxes(999), to: manyBoxes)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A new folder for the program's state, so that each start is the first.
  func makeHome() throws -> String {
    let home = path + "/home/\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return home
  }

  /// The size of the photo's file, in bytes.
  var photoBytes: Int {
    var status = stat()
    return stat(photo, &status) == 0 ? Int(status.st_size) : 0
  }

  // MARK: Manifests

  private struct PlacedBox {
    var label: Int
    var left: Int
    var top: Int
    var width: Int
    var height: Int
  }

  // At 200×60 the photo is shown at 27 pixels a column.
  private static let nudgedBox = PlacedBox(
    label: 0, left: 1_500, top: 1_000, width: 818, height: 818)

  private static func randomBoxes(_ count: Int) -> [PlacedBox] {
    var generator = SeededGenerator(seed: 7)
    return (0..<count).map { _ in
      PlacedBox(
        label: Int.random(in: 0..<labelCount, using: &generator),
        left: Int.random(in: 0..<3_500, using: &generator),
        top: Int.random(in: 0..<2_500, using: &generator),
        width: Int.random(in: 40...500, using: &generator),
        height: Int.random(in: 40...500, using: &generator))
    }
  }

  private func write(boxes: [PlacedBox], to manifest: String) throws {
    let annotations = boxes.map {
      #"{"class_id":\#($0.label),"left":\#($0.left),"top":\#($0.top),"#
        + #""width":\#($0.width),"height":\#($0.height)}"#
    }
    let classes = (0..<Self.labelCount).map { #""\#($0)":"label-\#($0)""# }
    let line =
      #"{"source-ref":"photos/photo-1.jpg","bounding-box":{"image_size":"#
      + #"[{"width":4000,"height":3000,"depth":3}],"annotations":["#
      + annotations.joined(separator: ",") + #"]},"bounding-box-metadata":{"objects":["#
      + boxes.map { _ in #"{"confidence":1}"# }.joined(separator: ",")
      + #"],"class-map":{"# + classes.joined(separator: ",")
      + #"},"type":"groundtruth/object-detection","human-annotated":"yes","#
      + #""creation-date":"2026-01-01T00:00:00.000000","job-name":"labeling-job/benchmark"}}"#
    try Data((line + "\n").utf8).write(to: URL(filePath: manifest))
  }
}
