import Foundation
import GroundTruth

/// Files of a dataset in memory.
struct AnnotationFiles: FileTree {
  var files: [String: [UInt8]]
  var sizes: [String: ImageSize] = [:]

  init(_ files: [String: [UInt8]], sizes: [String: ImageSize] = [:]) {
    self.files = files
    self.sizes = sizes
  }

  /// A file of text.
  init(_ path: String, _ text: String, sizes: [String: ImageSize] = [:]) {
    self.init([path: Array(text.utf8)], sizes: sizes)
  }

  /// What was written, to be read again.
  init(_ export: Export, sizes: [String: ImageSize] = [:]) {
    self.init(
      Dictionary(export.files.map { ($0.path, $0.bytes) }) { first, _ in first }, sizes: sizes)
  }

  /// A folder or a file of the fixtures.
  init(fixture path: String, sizes: [String: ImageSize] = [:]) throws {
    let root = Fixture.folder.appending(path: "formats").appending(path: path)
    var files: [String: [UInt8]] = [:]
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.path())
    for name in names ?? [""] {
      let url = name.isEmpty ? root : root.appending(path: name)
      files[url.lastPathComponent] = [UInt8](try Data(contentsOf: url))
    }
    self.init(files, sizes: sizes)
  }

  var paths: [String] { (Array(files.keys) + sizes.keys).sorted() }

  func contents(of path: String) -> [UInt8]? { files[path] }

  func imageSize(of path: String) -> ImageSize? { sizes[path] }
}

extension LabeledDataset {
  var boxCount: Int { images.reduce(0) { $0 + $1.boxes.count } }
  var names: [String] { labels.map(\.name) }
}

extension LabeledBox {
  /// Left, top, width and height.
  var frame: [Double] { [left, top, width, height] }
}
