import Foundation
import GroundTruth
import TestSupport
import Testing

/// What is written and read again.
@Suite("Formats: round trips")
struct TextFormatRoundTripTests {
  /// A format, where it expects the images, and the options to read it with.
  struct Route: Sendable, CustomTestStringConvertible {
    var format: Format
    var imageFolder = ""
    var read = ReadOptions()
    var write = WriteOptions()
    var testDescription: String { "\(format) \(write.vocBase)" }
  }

  static let routes = [
    Route(format: .yolo, imageFolder: "images/"),
    Route(format: .voc),
    Route(
      format: .voc, read: ReadOptions(vocBase: 1), write: WriteOptions(vocBase: 1)),
    Route(format: .cvat),
    Route(format: .imglab),
    Route(format: .openImages),
  ]

  /// Labels that a careless writer would break.
  static let labels = [
    "cat", "white cell", "a&b <c>", "\"quoted\"", "it's", "ü: ñ", "- dash", "# hash", "yes", "12",
    "comma, label", "日本", "back\\slash", "null", "{curly}", " blank ",
  ]

  /// Images whose names do the same.
  static let names = [
    "plain.jpg", "with space.png", "a&b<c>.jpg", "it's \"so\".jpeg", "deep/er/ünï 日本.jpg",
    "comma, name.jpg", "two.dots.jpg", "UPPER.JPG",
  ]

  static func dataset(side: Int, _ random: inout SeededGenerator) -> LabeledDataset {
    var dataset = LabeledDataset(labels: labels.map { .init(name: $0) })
    for (number, name) in names.enumerated() {
      let size = ImageSize(width: side, height: Int.random(in: 1...side, using: &random))
      var image = LabeledImage(name: name, size: size)
      // The last one stays empty: somebody looked and there is nothing.
      if number + 1 < names.count {
        image.boxes = boxes(in: size, &random)
      }
      dataset.images.append(image)
    }
    return dataset
  }

  private static func boxes(
    in size: ImageSize, _ random: inout SeededGenerator
  ) -> [LabeledBox] {
    let (width, height) = (size.width, size.height)
    var spans = [
      (0, 0, width, height), (0, 0, 1, 1), (width - 1, height - 1, 1, 1), (0, height - 1, width, 1),
      (width - 1, 0, 1, height),
    ]
    for _ in 0..<60 {
      let left = Int.random(in: 0..<width, using: &random)
      let top = Int.random(in: 0..<height, using: &random)
      spans.append(
        (
          left, top, Int.random(in: 1...(width - left), using: &random),
          Int.random(in: 1...(height - top), using: &random)
        ))
    }
    return spans.map { span in
      LabeledBox(
        left: Double(span.0), top: Double(span.1), width: Double(span.2), height: Double(span.3),
        label: labels.randomElement(using: &random) ?? "")
    }
  }

  @Test("whole boxes come back exactly", arguments: routes, [640, 999, 1333, 1920, 4096, 12000])
  func exact(_ route: Route, side: Int) throws {
    let seed = SeededGenerator.seed(7)
    var random = SeededGenerator(seed: seed &+ UInt64(side))
    var dataset = Self.dataset(side: side, &random)
    if route.format == .openImages { dataset.images.removeLast() }
    var images: [String: ImageSize] = [:]
    for image in dataset.images { images[route.imageFolder + image.name] = image.size }

    let export = try route.format.write(dataset, options: route.write)
    let back = try route.format.read(MemoryTree(export, images: images), options: route.read)
      .dataset

    let expected = Dictionary(
      uniqueKeysWithValues: dataset.images.map { (route.imageFolder + $0.name, $0) })
    try #require(back.images.count == dataset.images.count)
    for image in back.images {
      let original = try #require(expected[image.name], "seed \(seed): \(image.name)")
      #expect(image.boxes == original.boxes, "seed \(seed), \(image.name)")
      #expect(image.size == original.size)
      #expect(image.isAnnotated)
    }
    // imglab has no list of labels: they come in the order of their use.
    if route.format == .imglab {
      #expect(Set(back.labels.map(\.name)) == Set(Self.labels))
    } else {
      #expect(back.labels.map(\.name) == Self.labels)
    }
  }

  @Test("nothing is lost that a format holds", arguments: routes)
  func noLosses(_ route: Route) throws {
    var random = SeededGenerator(seed: 3)
    var dataset = Self.dataset(side: 640, &random)
    if route.format == .openImages { dataset.images.removeLast() }
    if route.format == .imglab {
      dataset.labels.removeAll { label in
        !dataset.images.contains { $0.boxes.contains { $0.label == label.name } }
      }
    }
    #expect(try route.format.write(dataset, options: route.write).losses == [])
  }

  @Test("order of images and fractions are kept where a format has them")
  func fractions() throws {
    let box = LabeledBox(left: 45.8, top: 0.25, width: 184.81, height: 140.5, label: "a")
    let images = ["z.jpg", "b.jpg", "m.jpg"].map {
      LabeledImage(name: $0, size: ImageSize(width: 640, height: 480), boxes: [box])
    }
    let dataset = LabeledDataset(labels: [.init(name: "a")], images: images)
    for format in [Format.voc, .cvat] {
      let export = try format.write(dataset, options: WriteOptions())
      let back = try format.read(MemoryTree(export), options: ReadOptions()).dataset
      #expect(back.images.map(\.name) == ["z.jpg", "b.jpg", "m.jpg"])
      #expect(abs(back.images[0].boxes[0].left - 45.8) < 1e-9)
      #expect(abs(back.images[0].boxes[0].width - 184.81) < 1e-9)
    }
    let imglab = try Imglab.write(dataset, options: WriteOptions())
    #expect(imglab.losses == ["Boxes with fractions of pixels are rounded: 3."])
  }

  @Test("predictions stay predictions, and what is lost is counted")
  func predictions() throws {
    let size = ImageSize(width: 100, height: 100)
    var guess = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "a")
    (guess.isPrediction, guess.confidence) = (true, 0.625)
    let truth = LabeledBox(
      left: 5, top: 6, width: 7, height: 8, label: "a", confidence: 0.9, isCrowd: true,
      traits: ["occluded": "1"])
    let image = LabeledImage(name: "a.jpg", size: size, boxes: [guess, truth])
    let dataset = LabeledDataset(labels: [.init(name: "a", id: 0)], images: [image])
    for (format, folder) in [(Format.yolo, "images/"), (.openImages, ""), (.imglab, "")] {
      let export = try format.write(dataset, options: WriteOptions())
      let tree = MemoryTree(export, images: [folder + "a.jpg": size])
      let boxes = try format.read(tree, options: ReadOptions()).dataset.images[0].boxes
      #expect(boxes[0] == guess, "\(format)")
      #expect(!boxes[1].isPrediction)
      #expect(export.losses.contains("The confidence of people is left out: 1."))
    }
    let voc = try PascalVOC.write(dataset, options: WriteOptions())
    #expect(
      voc.losses == [
        "Predictions beside truth are left out: 1.", "The confidence of people is left out: 1.",
        "Regions to be ignored become boxes: 1.",
      ])
  }
}
