import Foundation
import GroundTruth
import TestSupport
import Testing

/// Whole pixels come back exactly, in every format.
@Suite struct FormatRoundTripTests {
  static let formats: [Format] = [
    .groundTruth, .coco, .labelme, .labelStudio, .createML, .rekognition, .a2i,
  ]

  @Test(arguments: formats, [640, 999, 1333, 1920, 4096, 12_000])
  func wholeBoxesComeBackExactly(_ format: Format, side: Int) throws {
    let seed = SeededGenerator.seed(UInt64(side) &* 31)
    var random = SeededGenerator(seed: seed)
    let dataset = Self.dataset(side: side, random: &random)
    let sizes = Dictionary(uniqueKeysWithValues: dataset.images.map { ($0.name, $0.size) })
      .compactMapValues { $0 }
    let export = try format.coding.write(dataset, options: WriteOptions())
    let files = MemoryTree(export, images: sizes)
    let back = try format.coding.read(files, options: ReadOptions()).dataset
    #expect(back.images.map(\.name) == dataset.images.map(\.name), "SEED=\(seed)")
    for (image, original) in zip(back.images, dataset.images) {
      #expect(image.size == original.size, "SEED=\(seed)")
      #expect(image.boxes.map(\.frame) == original.boxes.map(\.frame), "SEED=\(seed)")
      #expect(image.boxes.map(\.label) == original.boxes.map(\.label), "SEED=\(seed)")
    }
    if format == .coco { #expect(back.labels == dataset.labels) }
    if format == .groundTruth { #expect(back.labels.map(\.id) == [2, 7, 90]) }
  }

  /// DetectCustomLabels' ratios look like 32-bit floats.
  @Test(arguments: [640, 999, 1333, 1920, 4096, 12_000])
  func ratiosOf32BitsComeBackExactly(side: Int) throws {
    var random = SeededGenerator(seed: UInt64(side))
    let size = ImageSize(width: side, height: side)
    for _ in 0..<2_000 {
      let box = Self.box(in: size, label: "a", random: &random)
      func ratio(_ pixels: Double) -> Float { Float(pixels) / Float(side) }
      let text = """
        {"CustomLabels":[{"Name":"a","Confidence":90.5,"Geometry":{"BoundingBox":{
        "Left":\(ratio(box.left)),"Top":\(ratio(box.top)),
        "Width":\(ratio(box.width)),"Height":\(ratio(box.height))}}}]}
        """
      let files = MemoryTree(["a.jpg.json": text], images: ["a.jpg": size])
      let back = try DetectCustomLabels.read(files, options: ReadOptions()).dataset
      #expect(back.images[0].boxes.map(\.frame) == [box.frame])
    }
  }

  @Test(arguments: formats) func fractionsSurviveWherePixelsAreWritten(_ format: Format) throws {
    var box = LabeledBox(left: 10.25, top: 20.75, width: 30.75, height: 40.125, label: "a")
    box.confidence = 0.5
    let size = ImageSize(width: 640, height: 480)
    let dataset = LabeledDataset(
      labels: [.init(name: "a")], images: [LabeledImage(name: "a.jpg", size: size, boxes: [box])])
    let export = try format.coding.write(dataset, options: WriteOptions())
    let files = MemoryTree(export, images: ["a.jpg": size])
    let back = try format.coding.read(files, options: ReadOptions()).dataset
    let isRounded = [.labelStudio, .rekognition].contains(format)
    #expect(back.images[0].boxes[0].frame == (isRounded ? [10, 21, 31, 40] : box.frame))
  }

  @Test func namesInFoldersAndTwinsComeBack() throws {
    let names = ["a/b.jpg", "a/b.png", "c.jpg", "s3://bucket/d/e.jpg", "/f/g.jpg", "c.d/h"]
    let dataset = LabeledDataset(images: names.map { LabeledImage(name: $0) })
    for format in Self.formats {
      let export = try format.coding.write(dataset, options: WriteOptions())
      let paths = export.files.map(\.path)
      #expect(Set(paths).count == paths.count)
      #expect(paths.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") })
      let back = try format.coding.read(MemoryTree(export), options: ReadOptions()).dataset
      #expect(Set(back.images.map(\.name)) == Set(names), "\(format)")
    }
  }

  @Test func pathsNeverLeadOutOfTheFolder() throws {
    // An accent makes one character with the slash before it, and is no part of it to the system.
    let names = [
      "../../etc/passwd", "/../x.jpg", "a//./b.jpg", "..", "", "../\u{301}x.jpg", "/\u{301}",
      "a/../\u{301}/..", "a\0b\n.jpg",
    ]
    let dataset = LabeledDataset(images: names.map { LabeledImage(name: $0) })
    for format in [Format.labelme, .a2i] {
      for file in try format.coding.write(dataset, options: WriteOptions()).files {
        let path = file.path.utf8
        let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        #expect(parts.allSatisfy { !["", ".", ".."].contains(Substring($0)) }, "\(file.path)")
        #expect(path.allSatisfy { $0 >= 0x20 }, "\(file.path)")
      }
    }
  }

  /// Boxes of all places: in the corners, a pixel wide, as large as the image, and random ones.
  static func dataset(side: Int, random: inout SeededGenerator) -> LabeledDataset {
    let labels = [(7, "cat"), (2, "dog \"<&é"), (90, "third")].map {
      LabeledDataset.Label(name: $1, id: $0)
    }
    let images = (0..<8).map { index in
      let size = ImageSize(
        width: side, height: index == 0 ? side : Int.random(in: 1...side, using: &random))
      var image = LabeledImage(name: "image-\(index).jpg", size: size)
      image.boxes = edgeBoxes(in: size)
      while image.boxes.count < 60 {
        let label = labels[image.boxes.count % 3].name
        image.boxes.append(box(in: size, label: label, random: &random))
      }
      return image
    }
    return LabeledDataset(labels: labels, images: images)
  }

  private static func edgeBoxes(in size: ImageSize) -> [LabeledBox] {
    let (width, height) = (Double(size.width), Double(size.height))
    return [
      LabeledBox(left: 0, top: 0, width: width, height: height, label: "cat"),
      LabeledBox(left: 0, top: 0, width: 1, height: 1, label: "dog \"<&é"),
      LabeledBox(left: width - 1, top: height - 1, width: 1, height: 1, label: "third"),
      LabeledBox(left: width - 1, top: 0, width: 1, height: height, label: "cat"),
    ]
  }

  private static func box(
    in size: ImageSize, label: String, random: inout SeededGenerator
  ) -> LabeledBox {
    let left = Int.random(in: 0..<size.width, using: &random)
    let top = Int.random(in: 0..<size.height, using: &random)
    return LabeledBox(
      left: Double(left), top: Double(top),
      width: Double(Int.random(in: 1...size.width - left, using: &random)),
      height: Double(Int.random(in: 1...size.height - top, using: &random)), label: label)
  }
}
