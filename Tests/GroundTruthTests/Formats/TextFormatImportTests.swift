import GroundTruth
import Testing

/// Files that other tools wrote, with the counts their origin states.
@Suite("Formats: files of other tools")
struct TextFormatImportTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var folder: String
    var format: Format
    var images: Int
    var counts: [String: Int]
    var testDescription: String { "\(format) \(folder)" }

    init(_ folder: String, _ format: Format, images: Int, _ counts: [String: Int]) {
      (self.folder, self.format, self.images, self.counts) = (folder, format, images, counts)
    }
  }

  static let shapes = [
    "bird": 2, "crack": 1, "rectangle": 1, "triangle": 1, "line": 1, "strawberry": 17,
  ]
  static let drawn = shapes.merging(["circle": 1, "ellipse": 1]) { $1 }
  static let phones = ["logo": 2, "camera": 4, "led": 4]
  static let two = ["label_2": 1, "label_4": 1]

  static let cases = [
    Case("bccd", .voc, images: 3, ["WBC": 3, "RBC": 41, "Platelets": 2]),
    Case("raccoon", .voc, images: 3, ["raccoon": 3]),
    Case("fruitnuts_voc", .voc, images: 18, ["date": 71, "fig": 40, "hazelnut": 53]),
    Case("2label/voc1.1", .voc, images: 4, ["rectangle": 1, "strawberry": 17]),
    Case("2label/labelImg", .voc, images: 4, drawn),
    Case("2label/phones", .voc, images: 2, phones),
    Case("2label/phones", .yolo, images: 2, phones),
    Case("2label/yolo", .yolo, images: 4, drawn),
    Case(
      "label_studio_yolo", .yolo, images: 7,
      ["closed_door": 10, "opened_door": 1, "bus": 8, "number": 6]),
    Case("yolo_datumaro/yolo", .yolo, images: 1, two),
    Case("yolo_datumaro/yolov8_detection", .yolo, images: 1, two),
    Case("yolo_datumaro/yolov8_detection_with_list_of_imgs", .yolo, images: 1, two),
    Case("yolo_datumaro/yolov8_detection_with_list_of_names", .yolo, images: 1, two),
    Case("yolo_datumaro/yolov8_detection_with_subset_txt", .yolo, images: 1, two),
    Case("yolo_datumaro/yolov8_segmentation", .yolo, images: 1, two),
    // Outlines and ellipses come as the boxes around them.
    Case("2label/cvat1.1", .cvat, images: 4, shapes.merging(["ellipse": 2]) { $1 }),
    Case("cvat_datumaro/for_images", .cvat, images: 2, ["label1": 1]),
  ]

  @Test("counts", arguments: cases)
  func counts(_ this: Case) throws {
    let result = try this.format.read(FixtureTree(this.folder))
    #expect(result.dataset.images.count == this.images)
    #expect(result.dataset.boxCounts == this.counts)
    #expect(!result.dataset.images.contains { !$0.isAnnotated })
  }

  @Test("YOLO and VOC of the same boxes agree to the pixel")
  func agree() throws {
    let tree = try FixtureTree("2label/phones")
    let voc = try PascalVOC.read(tree, options: ReadOptions()).dataset
    let yolo = try YOLO.read(tree, options: ReadOptions()).dataset
    #expect(voc.boxCount == 10)
    for (one, other) in zip(voc.images, yolo.images) { #expect(one.boxes == other.boxes) }
  }

  @Test("a folder of several YOLO datasets is not guessed at")
  func several() throws {
    #expect(throws: FormatError.self) {
      try YOLO.read(try FixtureTree("yolo_datumaro"), options: ReadOptions())
    }
  }

  @Test("CVAT's tracks are refused with the line and the way out")
  func video() throws {
    let tree = try FixtureTree("cvat_datumaro/for_video")
    let error = #expect(throws: FormatError.self) { try CVAT.read(tree, options: ReadOptions()) }
    #expect(error?.line == 110)
    #expect(error?.message.contains("CVAT for images 1.1") == true)
  }

  @Test("LabelMe 3.0's XML is not taken for VOC")
  func labelMe() throws {
    #expect(throws: FormatError.self) {
      try PascalVOC.read(try FixtureTree("2label/labelme3.0"), options: ReadOptions())
    }
  }

  @Test("CVAT keeps what its boxes say")
  func traits() throws {
    let result = try CVAT.read(
      try FixtureTree("cvat_datumaro/for_images"), options: ReadOptions())
    let box = try #require(result.dataset.images[0].boxes.first)
    #expect((box.left, box.top, box.width, box.height) == (0, 2, 4, 2))
    #expect(
      box.traits == [
        "occluded": "1", "z_order": "1", "a1": "true", "a2": "v3", "a3": "0003", "a4": "2.4",
      ])
    // The labels of a skeleton's points are none of the dataset's.
    #expect(result.dataset.labels.map(\.name) == ["label1", "label2", "skeleton"])
    #expect(result.notes.contains { $0.contains("<points> is no box") })
  }
}
