import GroundTruth
import Testing

@Suite("Formats: CSV and folders")
struct CSVFormatTests {
  static let size = ImageSize(width: 100, height: 50)

  @Test("AWS's form with CRLF, quotes, a mark and lines that come again")
  func aws() throws {
    let text =
      "\u{FEFF}\"a, 1.jpg\",cat, dog \r\n\r\nb.jpg\r\ns3://x/c.jpg,\"say \"\"hi\"\"\"\r\n"
      + "\"a, 1.jpg\",cat,\"two\r\nlines\",\r\n"
    let result = try AWSImageCSV.read(MemoryTree(["l.csv": text]), options: ReadOptions())
    let images = result.dataset.images
    #expect(images.map(\.name) == ["a, 1.jpg", "b.jpg", "s3://x/c.jpg"])
    #expect(
      images.map { $0.imageLabels.map(\.label) }
        == [["cat", "dog", "two\r\nlines"], [], ["say \"hi\""]])
    #expect(images.map(\.isAnnotated) == [true, false, true])
    #expect(result.notes.map { $0.prefix(8) } == ["l.csv:5:"])
    let export = try AWSImageCSV.write(result.dataset, options: WriteOptions())
    #expect(export.losses == [])
    // The labels come in the order of their use, which joining the lines has changed.
    let back = try AWSImageCSV.read(MemoryTree(export), options: ReadOptions()).dataset
    #expect(back.images == images)
  }

  @Test(
    "broken CSV is an error with its line",
    arguments: [
      ("a.jpg,x\n\"b.jpg,x\nc", 2), ("a.jpg\n\"b\"c,d\n", 2), ("a.jpg\n,x\n", 2),
      ("ImageID,LabelName\n", 1),
    ])
  func broken(_ text: String, line: Int) {
    let error = #expect(throws: FormatError.self) {
      try AWSImageCSV.read(MemoryTree(["d/l.csv": text]), options: ReadOptions())
    }
    #expect(error?.path == "d/l.csv")
    #expect(error?.line == line)
  }

  static let boxes = """
    ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,\
    IsDepiction,IsInside
    a,xclick,/m/01,1,0.1,0.3,0.2,1,1,-1,0,0,0
    a,activation,/m/02,1,0.0049,0.5,0,0.501,0,0,1,0,0
    b,machine,/m/02,0.5,0,1,0,1,0,0,0,1,1

    """
  static let names = "/m/02,\"Dog, big\"\n/m/01,Cat\n"

  static func openImages(_ more: [String: String] = [:]) throws -> Import {
    let files = ["x-annotations-bbox.csv": boxes, "class-descriptions-boxable.csv": names]
    let tree = MemoryTree(
      files.merging(more) { $1 }, images: ["train/a.jpg": size, "train/b.jpg": size])
    return try OpenImages.read(tree, options: ReadOptions())
  }

  @Test("Open Images' boxes")
  func openImagesBoxes() throws {
    let result = try Self.openImages()
    #expect(result.dataset.labels.map(\.name) == ["Dog, big", "Cat"])
    #expect(result.dataset.images.map(\.name) == ["train/a.jpg", "train/b.jpg"])
    #expect(
      result.dataset.images.map(\.boxes) == [
        [
          LabeledBox(
            left: 10, top: 10, width: 20, height: 40, label: "Cat", traits: ["occluded": "1"]),
          LabeledBox(left: 0, top: 0, width: 50, height: 25, label: "Dog, big", isCrowd: true),
        ],
        [
          LabeledBox(
            left: 0, top: 0, width: 100, height: 50, label: "Dog, big", confidence: 0.5,
            isPrediction: true, traits: ["depiction": "1", "inside": "1"])
        ],
      ])
  }

  @Test("negative labels are none, but say that somebody looked")
  func negatives() throws {
    let labels = """
      ImageID,Source,LabelName,Confidence
      c,verification,/m/01,0
      c,machine,/m/02,0.7
      d,verification,/m/01,0
      e,crowdsource-verification,/m/01,1
      """
    let list = "ImageID,Subset,Rotation\nf,train,90.0\nc,train,\n"
    let result = try Self.openImages(["labels.csv": labels, "images.csv": list])
    let images = result.dataset.images
    #expect(images.map(\.name) == ["f", "c", "train/a.jpg", "train/b.jpg", "d", "e"])
    #expect(
      images[1].imageLabels == [.init(label: "Dog, big", confidence: 0.7, isPrediction: true)])
    #expect(images[5].imageLabels == [.init(label: "Cat")])
    #expect(images[4].imageLabels.isEmpty)
    #expect(images.map(\.isAnnotated) == [false, true, true, true, true, true])
    #expect(result.notes.contains { $0.hasPrefix("labels.csv:2") })
  }

  @Test(
    "broken records are errors with their line",
    arguments: [
      "a,xclick,/m/01,1,nan,0.3,0.2,1", "a,xclick,/m/01,1,0.5,0.3,0.2,1", "a,x,/m/01,1,0.1",
      ",x,/m/01,1,0,1,0,1", "a,x,,1,0,1,0,1", "a,x,/m/01,7,0,1,0,1", "a,x,/m/01,1,1e9,1,0,1",
    ])
  func brokenRecords(_ record: String) {
    let error = #expect(throws: FormatError.self) {
      try Self.openImages(["x-annotations-bbox.csv": Self.boxes + record + "\n"])
    }
    #expect(error?.line == 5)
    #expect(error?.path == "x-annotations-bbox.csv")
  }

  @Test("a class without a name is an error with its line")
  func nameless() {
    let error = #expect(throws: FormatError.self) {
      try Self.openImages(["class-descriptions-boxable.csv": Self.names + "/m/03,\n"])
    }
    #expect(error?.line == 3)
  }

  @Test("without the images the ratios have no size, and that is said")
  func withoutImages() {
    let error = #expect(throws: FormatError.self) {
      try OpenImages.read(MemoryTree(["b.csv": Self.boxes]), options: ReadOptions())
    }
    #expect(error?.line == 2)
  }

  @Test("the folder below the root is the label, deeper ones inherit it")
  func folders() throws {
    let paths = ["root.jpg", "cat/1.jpg", "cat/deep/er/2.png", "ü & dog/3.JPG", ".hidden/4.jpg"]
    let images = Dictionary(uniqueKeysWithValues: paths.map { ($0, Self.size) })
    let tree = MemoryTree(["cat/notes.txt": "x"], images: images)
    let result = try LabelFolders.read(tree, options: ReadOptions())
    let labels = Dictionary(
      uniqueKeysWithValues: result.dataset.images.map { ($0.name, $0.imageLabels.map(\.label)) })
    #expect(
      labels == [
        "root.jpg": [], "cat/1.jpg": ["cat"], "cat/deep/er/2.png": ["cat"],
        "ü & dog/3.JPG": ["ü & dog"],
      ])
    #expect(result.dataset.images.filter { !$0.isAnnotated }.map(\.name) == ["root.jpg"])
  }

  @Test("YOLO's classification folders are labels when the split is given")
  func classification() throws {
    let tree = try FixtureTree("yolo_datumaro/yolov8_classification")
    let result = try LabelFolders.read(tree, options: ReadOptions())
    #expect(result.dataset.labels.map(\.name) == ["train"])
    #expect(result.notes.count == 1)
  }

  @Test("images are placed below their label, never outside, never over another")
  func placements() throws {
    func image(_ name: String, _ labels: String...) -> LabeledImage {
      LabeledImage(name: name, imageLabels: labels.map { .init(label: $0) })
    }
    let dataset = LabeledDataset(images: [
      image("x/1.jpg", "cat"), image("y/1.jpg", "cat"), image("../2.jpg", "..", "dog"),
      image("s3://b/3.PNG", "a/b"), LabeledImage(name: "4.jpg", isAnnotated: false),
      // Its name is that of a folder.
      LabeledImage(name: "cat", isAnnotated: false),
    ])
    let (placements, losses) = LabelFolders.placements(of: dataset)
    #expect(
      placements.map(\.path) == [
        "cat/1.jpg", "cat/1-2.jpg", "_../2.jpg", "a_b/3.PNG", "4.jpg", "cat-2",
      ])
    #expect(
      losses == [
        "Labels of whole images are left out: 1.",
        "Labels are spelt otherwise, as a folder's name allows: 2.",
      ])
    let export = try LabelFolders.write(dataset, options: WriteOptions())
    #expect(export.files.isEmpty)
    #expect(export.images == placements)
    #expect(
      export.notes == [
        "y/1.jpg: Its folder has an image of that name, so it gets another.",
        "cat: Its folder has an image of that name, so it gets another.",
      ])
  }

  @Test("quotation marks are doubled, an accent behind them or not")
  func quotes() throws {
    let labels = ["\"", "a\"\u{301}b", "\"\u{301}", ",\u{301}", "a\r\n\u{301}b"]
    let image = LabeledImage(name: "a.jpg", imageLabels: labels.map { .init(label: $0) })
    let export = try AWSImageCSV.write(LabeledDataset(images: [image]), options: WriteOptions())
    let found = try AWSImageCSV.read(MemoryTree(export), options: ReadOptions()).dataset
    #expect(
      found.images[0].imageLabels.map { Array($0.label.utf8) } == labels.map { Array($0.utf8) })
  }

  @Test("images of one name get numbers, in time that grows as they do")
  func sameNames() {
    let image = LabeledImage(name: "a.jpg", isAnnotated: false)
    let dataset = LabeledDataset(images: Array(repeating: image, count: 20_000))
    let paths = LabelFolders.placements(of: dataset).placements.map(\.path)
    #expect(paths.prefix(3) == ["a.jpg", "a-2.jpg", "a-3.jpg"])
    #expect(paths.last == "a-20000.jpg" && Set(paths).count == paths.count)
  }

  @Test(
    "names of points name no folder",
    arguments: [("...", "..."), ("...jpg", "...jpg"), ("a/..", "a"), (".", "image"), ("a.", "a.")])
  func points(name: String, path: String) {
    let dataset = LabeledDataset(images: [LabeledImage(name: name, isAnnotated: false)])
    #expect(LabelFolders.placements(of: dataset).placements.map(\.path) == [path])
  }
}
