import Foundation
import GroundTruth

/// A dataset's files in memory.
struct MemoryTree: FileTree {
  private(set) var paths: [String] = []
  private var files: [String: [UInt8]] = [:]
  private var sizes: [String: ImageSize] = [:]

  init(_ files: [String: String] = [:], images: [String: ImageSize] = [:]) {
    for (path, text) in files { self.files[path] = Array(text.utf8) }
    sizes = images
    paths = (Array(files.keys) + Array(images.keys)).sorted()
  }

  /// A copy of another tree, each file of which is read once.
  init(_ tree: any FileTree) {
    paths = tree.paths
    for path in tree.paths {
      files[path] = tree.contents(of: path)
      sizes[path] = tree.imageSize(of: path)
    }
  }

  /// What an export wrote, with the images it was of.
  init(_ export: Export, images: [String: ImageSize] = [:]) {
    for file in export.files { files[file.path] = file.bytes }
    sizes = images
    paths = (Array(files.keys) + Array(images.keys)).sorted()
  }

  /// A single file, with the images it is about.
  init(_ path: String, bytes: [UInt8], images: [String: ImageSize] = [:]) {
    files = [path: bytes]
    sizes = images
    paths = ([path] + images.keys).sorted()
  }

  func contents(of path: String) -> [UInt8]? { files[path] }
  func imageSize(of path: String) -> ImageSize? { sizes[path] }
}

/// A fixture, or a folder of them; images that were not copied are listed in its `sizes.tsv`.
struct FixtureTree: FileTree {
  let paths: [String]
  private let root: URL
  private let sizes: [String: ImageSize]

  init(_ name: String) throws {
    let url = Fixture.folder.appending(path: "formats").appending(path: name)
    if (try? FileManager.default.contentsOfDirectory(atPath: url.path())) == nil {
      (root, paths, sizes) = (url.deletingLastPathComponent(), [url.lastPathComponent], [:])
      return
    }
    root = url
    var sizes: [String: ImageSize] = [:]
    if let table = try? String(contentsOf: root.appending(path: "sizes.tsv"), encoding: .utf8) {
      for line in table.split(separator: "\n") {
        let fields = line.split(separator: "\t")
        if let width = Int(fields[1]), let height = Int(fields[2]) {
          sizes[String(fields[0])] = ImageSize(width: width, height: height)
        }
      }
    }
    self.sizes = sizes
    let found = try FileManager.default.subpathsOfDirectory(atPath: root.path())
    paths = (found.filter { $0.contains(".") && $0 != "sizes.tsv" } + sizes.keys).sorted()
  }

  func contents(of path: String) -> [UInt8]? {
    (try? Data(contentsOf: root.appending(path: path))).map { [UInt8]($0) }
  }

  func imageSize(of path: String) -> ImageSize? { sizes[path] }
}

extension Format {
  func read(_ tree: any FileTree, options: ReadOptions = ReadOptions()) throws -> Import {
    try coding.read(tree, options: options)
  }

  func write(_ dataset: LabeledDataset, options: WriteOptions = WriteOptions()) throws -> Export {
    try coding.write(dataset, options: options)
  }
}

extension LabeledDataset {
  /// How many boxes there are.
  var boxCount: Int { images.reduce(0) { $0 + $1.boxes.count } }

  /// The names of the labels.
  var names: [String] { labels.map(\.name) }

  /// How many boxes each label has.
  var boxCounts: [String: Int] {
    Dictionary(images.flatMap(\.boxes).map { ($0.label, 1) }, uniquingKeysWith: +)
  }
}

extension LabeledBox {
  /// Left, top, width and height.
  var frame: [Double] { [left, top, width, height] }
}
