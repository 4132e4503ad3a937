import GroundTruth
import Testing

/// Real files come in with the counts that are known of them.
@Suite struct FormatImportTests {
  /// What a fixture holds.
  struct Case: Sendable, CustomTestStringConvertible {
    let format: Format
    let fixture: String
    let images: Int
    let labels: Int
    let boxes: Int
    var sizes: [String: ImageSize] = [:]

    var testDescription: String { fixture }
  }

  static let cases = [
    Case(format: .coco, fixture: "coco/instances_default.json", images: 4, labels: 8, boxes: 23),
    Case(format: .coco, fixture: "coco/trainval.json", images: 18, labels: 3, boxes: 165),
    Case(format: .labelme, fixture: "labelme", images: 4, labels: 8, boxes: 25),
    Case(format: .createML, fixture: "createml", images: 4, labels: 8, boxes: 25),
    Case(
      format: .labelStudio, fixture: "label-studio/data.json", images: 2, labels: 2, boxes: 4),
    Case(
      format: .labelStudio, fixture: "label-studio/data_obb.json", images: 3, labels: 2, boxes: 25),
    Case(
      format: .labelStudio, fixture: "label-studio/data_polygons.json", images: 1, labels: 1,
      boxes: 1),
    Case(
      format: .labelStudio, fixture: "label-studio/data_keypoints.json", images: 1, labels: 1,
      boxes: 1),
    Case(
      format: .labelStudio, fixture: "label-studio/csv_test.json", images: 2, labels: 1, boxes: 5),
    Case(
      format: .groundTruth, fixture: "ground-truth/train_class.manifest", images: 63, labels: 2,
      boxes: 0),
    Case(
      format: .groundTruth, fixture: "ground-truth/template.manifest", images: 63, labels: 2,
      boxes: 0),
    Case(
      format: .groundTruth, fixture: "../gt_bbox_birds_float_coords.manifest", images: 100,
      labels: 1, boxes: 192),
  ]

  @Test(arguments: cases) func counts(_ known: Case) throws {
    let files = try FixtureTree(known.fixture)
    #expect(Format.guess(from: files) == known.format)
    let dataset = try known.format.coding.read(files, options: ReadOptions()).dataset
    #expect(dataset.images.count == known.images)
    #expect(dataset.labels.count == known.labels)
    #expect(dataset.boxCount == known.boxes)
    for box in dataset.images.flatMap(\.boxes) { #expect(dataset.names.contains(box.label)) }
  }

  @Test func cocoKeepsIdsCrowdsAndImagesWithoutAnnotations() throws {
    let files = try FixtureTree("coco/instances_default.json")
    let dataset = try COCO.read(files, options: ReadOptions()).dataset
    #expect(dataset.labels.map(\.id) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(dataset.images.flatMap(\.boxes).count(where: \.isCrowd) == 2)
    let empty = dataset.images.filter { $0.boxes.isEmpty }
    #expect(empty.map(\.name) == ["crack.jpeg"])
    #expect(dataset.images[0].size == ImageSize(width: 1000, height: 666))
    #expect(dataset.images[0].boxes[0].frame.prefix(2) == [569.07, 107.52])
  }

  @Test func shapesBecomeTheirEnvelopes() throws {
    let found = try LabelMe.read(FixtureTree("labelme"), options: ReadOptions())
    #expect(found.notes.contains("1 more: A polygon becomes its envelope."))
    let circle = try #require(
      found.dataset.images.flatMap(\.boxes).first { $0.label == "circle" })
    // The centre is at 448.48, 314.41 and the line 81.27 away.
    #expect(abs(circle.left - 367.21) < 0.01)
    #expect(abs(circle.width - 162.53) < 0.01)
    #expect(circle.width == circle.height)
  }

  @Test func turnedRectanglesBecomeTheirEnvelopes() throws {
    let files = try FixtureTree("label-studio/data_obb.json")
    let found = try LabelStudio.read(files, options: ReadOptions())
    #expect(found.notes.contains("22 more: A turned or other shape becomes its envelope."))
  }

  @Test func percentsBeyondTheImageAreCut() throws {
    let files = try FixtureTree("label-studio/csv_test.json")
    let found = try LabelStudio.read(files, options: ReadOptions())
    #expect(found.notes.contains { $0.contains("reaches beyond the image and is cut") })
    #expect(found.dataset.images.flatMap(\.boxes).count(where: \.isPrediction) == 2)
    for image in found.dataset.images {
      let size = try #require(image.size)
      for box in image.boxes {
        #expect(box.left >= 0 && box.left + box.width <= Double(size.width))
        #expect(box.top >= 0 && box.top + box.height <= Double(size.height))
      }
    }
  }

  /// A box without area is what the file says; reading must not lose it.
  @Test func boxesWithoutAreaAreKept() throws {
    let size = ImageSize(width: 640, height: 480)
    let point = LabeledBox(left: 504, top: 337, width: 0, height: 0, label: "a")
    let dataset = LabeledDataset(
      labels: [.init(name: "a")],
      images: [LabeledImage(name: "a.jpg", size: size, boxes: [point])])
    for format in Format.allCases where ![.folders, .csv].contains(format) {
      let export = try format.write(dataset)
      let folder = format == .yolo ? "images/" : ""
      let found = try format.read(MemoryTree(export, images: [folder + "a.jpg": size]))
      #expect(found.dataset.images[0].boxes.map(\.frame) == [[504, 337, 0, 0]], "\(format)")
      #expect(found.notes.contains { $0.contains("has no area") }, "\(format)")
    }
  }

  @Test func tasksWithoutImagesAreLeftOutWithANote() throws {
    let files = try FixtureTree("label-studio/csv_test2.json")
    let found = try LabelStudio.read(files, options: ReadOptions())
    #expect(found.dataset.images.isEmpty)
    #expect(found.notes == ["csv_test2.json:2: A task is about no image; it's left out."])
  }
}
