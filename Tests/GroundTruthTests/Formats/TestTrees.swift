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

  /// What an export wrote, with the images it was of.
  init(_ export: Export, images: [String: ImageSize] = [:]) {
    for file in export.files { files[file.path] = file.bytes }
    sizes = images
    paths = (Array(files.keys) + Array(images.keys)).sorted()
  }

  /// A single file.
  init(_ path: String, bytes: [UInt8]) {
    files = [path: bytes]
    paths = [path]
  }

  func contents(of path: String) -> [UInt8]? { files[path] }
  func imageSize(of path: String) -> ImageSize? { sizes[path] }
}

/// A folder of fixtures; images that were not copied are listed in its `sizes.tsv`.
struct FixtureTree: FileTree {
  let paths: [String]
  private let root: URL
  private let sizes: [String: ImageSize]

  init(_ name: String) throws {
    root = Fixture.folder.appending(path: "formats").appending(path: name)
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

/// The formats of text and XML, as values that a test can be run over.
enum Coder: CaseIterable {
  case yolo, voc, cvat, imglab, openImages, csv, folders

  var type: any FormatCoding.Type {
    switch self {
    case .yolo: YOLO.self
    case .voc: PascalVOC.self
    case .cvat: CVAT.self
    case .imglab: Imglab.self
    case .openImages: OpenImages.self
    case .csv: AWSImageCSV.self
    case .folders: LabelFolders.self
    }
  }

  func read(_ tree: any FileTree, options: ReadOptions = ReadOptions()) throws -> Import {
    try type.read(tree, options: options)
  }

  func write(_ dataset: LabeledDataset, options: WriteOptions = WriteOptions()) throws -> Export {
    try type.write(dataset, options: options)
  }
}

extension LabeledDataset {
  /// How many boxes each label has.
  var boxCounts: [String: Int] {
    Dictionary(images.flatMap(\.boxes).map { ($0.label, 1) }, uniquingKeysWith: +)
  }
}
