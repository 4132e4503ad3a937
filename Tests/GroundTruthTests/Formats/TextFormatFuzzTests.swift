import Foundation
import GroundTruth
import TestSupport
import Testing

/// Mutated files of every format: an import, or an error that names its place, and nothing else.
@Suite("Formats: fuzz")
struct TextFormatFuzzTests {
  static let folders: [(Format, String)] = [
    (.voc, "raccoon"), (.voc, "2label/voc1.1"), (.yolo, "2label/phones"),
    (.yolo, "yolo_datumaro/yolov8_detection"), (.yolo, "yolo_datumaro/yolov8_segmentation"),
    (.yolo, "yolo_datumaro/yolo"), (.cvat, "2label/cvat1.1"), (.cvat, "cvat_datumaro/for_images"),
  ]

  /// A tree of which one file is exchanged.
  struct Mutated: FileTree {
    var tree: any FileTree
    var path: String
    var bytes: [UInt8]
    var paths: [String] { tree.paths }
    func contents(of path: String) -> [UInt8]? {
      path == self.path ? bytes : tree.contents(of: path)
    }
    func imageSize(of path: String) -> ImageSize? { tree.imageSize(of: path) }
  }

  /// The fixtures, and what is written of one of them in the formats that have no fixture.
  static func corpus() throws -> [(coder: Format, tree: any FileTree)] {
    var corpus: [(coder: Format, tree: any FileTree)] = []
    for (coder, folder) in folders { corpus.append((coder, try FixtureTree(folder))) }
    var dataset = try Format.cvat.read(FixtureTree("cvat_datumaro/for_images")).dataset
    dataset.images[1].imageLabels = [.init(label: "label2", confidence: 0.5, isPrediction: true)]
    let sizes = Dictionary(
      uniqueKeysWithValues: dataset.images.compactMap { image in image.size.map { (image.name, $0) }
      })
    for coder in [Format.imglab, .openImages, .csv] {
      corpus.append((coder, MemoryTree(try coder.write(dataset), images: sizes)))
    }
    return corpus
  }

  @Test("1,500 mutated files are read or refused")
  func mutated() throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = SeededGenerator.seed(20_260_202)
    let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 1_500
    var random = SeededGenerator(seed: seed)
    let corpus = try Self.corpus().map { (coder: $0.coder, tree: MemoryTree($0.tree)) }
    var read = 0
    for round in 0..<rounds {
      let (coder, tree) = corpus[round % corpus.count]
      let files = tree.paths.filter { tree.contents(of: $0) != nil }
      let path = try #require(files.randomElement(using: &random))
      let bytes = Self.mutated(tree.contents(of: path) ?? [], &random)
      do {
        let result = try coder.read(Mutated(tree: tree, path: path, bytes: bytes))
        read += 1
        try Self.check(result.dataset, "seed \(seed), round \(round), \(coder) \(path)")
      } catch let error as FormatError {
        #expect(!error.message.isEmpty && error.message.count < 1_000)
      }
    }
    // Both outcomes must be well represented, or the loop says nothing.
    #expect(read > rounds / 10 && read < rounds * 9 / 10, "seed \(seed): \(read) read")
  }

  /// What holds of every dataset, and that it can be written.
  private static func check(_ dataset: LabeledDataset, _ place: String) throws {
    for box in dataset.images.flatMap(\.boxes) {
      #expect((box.left + box.top + box.width + box.height).isFinite, "\(place)")
      #expect(box.width >= 0 && box.height >= 0, "\(place)")
      #expect(!box.label.isEmpty, "\(place)")
    }
    for coder in Format.allCases where coder != .folders {
      do {
        let export = try coder.write(dataset)
        let parts = Set(export.files.flatMap { $0.path.split(separator: "/") })
        #expect(!parts.contains("..") && !parts.contains("."), "\(place)")
      } catch let error as FormatError {
        #expect(!error.message.isEmpty)
      }
    }
  }

  private static let spices =
    [
      "<", ">", "</", "&", "&#x0;", "&lt;", "\"", "'", "]]>", "<![CDATA[", "<!--", "<!DOCTYPE [",
      "nan", "1e9", "-1", "1e308", "0x1", "99999999999999999999", ",", "\r", "\n", "\r\n", " ", "",
      ":", "- ", "[", "]", "{", "}", "#", "names:", "\u{FEFF}", "é", "../", "/",
    ].map { Array($0.utf8) } + [[0], [0x80], [0xC3], [0xFF, 0xFE], [0xF0, 0x9F]]

  private static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...12, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(at..<end)
      case 2, 3: bytes.insert(contentsOf: spices.randomElement(using: &random) ?? [], at: at)
      case 4: bytes.removeSubrange(at...)
      case 5: bytes.insert(contentsOf: bytes[at..<end], at: at)
      default: bytes.replaceSubrange(at..<end, with: spices.randomElement(using: &random) ?? [])
      }
    }
    return bytes
  }
}
