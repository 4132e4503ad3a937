import Foundation
import GroundTruth
import TestSupport
import Testing

/// No bytes stop the readers: they give a dataset or an error.
///
/// `FUZZ_ROUNDS=100000 swift test --filter FormatFuzzTests` runs longer, `SEED=…` replays.
@Suite struct FormatFuzzTests {
  @Test(arguments: FormatRoundTripTests.formats) func mutatedFilesNeverStopAReader(
    _ format: Format
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = SeededGenerator.seed(20_26)
    let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 400
    print("\(format): SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    let sources = try Self.sources(of: format)
    for _ in 0..<rounds {
      var bytes = sources.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, using: &random) }
      let files = MemoryTree(
        "x.json", bytes: bytes, images: ["a.jpg": ImageSize(width: 640, height: 480)])
      do throws(FormatError) {
        let found = try format.coding.read(files, options: ReadOptions())
        Self.check(found.dataset)
        for target in FormatRoundTripTests.formats {
          let export = try? target.coding.write(found.dataset, options: WriteOptions())
          #expect(export?.files.isEmpty != true)
        }
        _ = try? found.dataset.preparedForRekognition(prefix: "s3://b/")
      } catch {
        #expect(!error.message.isEmpty)
      }
      _ = Format.candidates(for: files)
    }
  }

  private static func check(_ dataset: LabeledDataset) {
    for box in dataset.images.lazy.flatMap(\.boxes) {
      #expect(box.frame.allSatisfy { $0.isFinite } && box.width >= 0 && box.height >= 0)
    }
  }

  /// Small files of a format: what it writes itself, and what others wrote.
  private static func sources(of format: Format) throws -> [[UInt8]] {
    let size = ImageSize(width: 640, height: 480)
    var box = LabeledBox(left: 1, top: 2, width: 30, height: 40, label: "a", confidence: 0.5)
    box.traits = ["occluded": "1", "pose": "left"]
    var guess = box
    guess.isPrediction = true
    let image = LabeledImage(
      name: "a.jpg", size: size, boxes: [box, guess],
      imageLabels: [.init(label: "b", confidence: 0.25), .init(label: "c", isPrediction: true)])
    let dataset = LabeledDataset(
      labels: [.init(name: "a", id: 3)], images: [image, LabeledImage(name: "b.jpg")])
    var sources = try format.coding.write(dataset, options: WriteOptions()).files.map(\.bytes)
    for known in FormatImportTests.cases where known.format == format && known.images < 10 {
      let tree = try FixtureTree(known.fixture)
      sources += tree.paths.compactMap(tree.contents)
    }
    return sources
  }

  /// Words that readers stumble over.
  private static let words = [
    "null", "-1", "1e999", "1e308", "-0.0", "9223372036854775807", "9223372036854775808",
    "0.1", "\"\"", "[]", "{}", "true", "NaN", "\"\\ud800\"", "[[[[", "360", "1000000", ",", ":",
  ]

  private static func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
    case 2: bytes.removeLast(bytes.count - at)
    case 3: replaceValue(in: &bytes, from: at, using: &random)
    default:
      let end = min(bytes.count, at + Int.random(in: 1...60, using: &random))
      bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
    }
  }

  /// Puts a word in the place of a number or a string.
  private static func replaceValue(
    in bytes: inout [UInt8], from start: Int, using random: inout SeededGenerator
  ) {
    let word = Array((words.randomElement(using: &random) ?? "").utf8)
    let ends: Set<UInt8> = [0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D]
    guard let before = bytes[start...].firstIndex(where: ends.contains),
      let after = bytes[(before + 1)...].firstIndex(where: ends.contains)
    else { return }
    bytes.replaceSubrange((before + 1)..<after, with: word)
  }
}
