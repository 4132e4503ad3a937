import GroundTruth
import Testing

@Suite("YOLO")
struct YOLOTests {
  static let size = ImageSize(width: 200, height: 100)

  static func read(
    _ files: [String: String], images: [String] = ["images/a.jpg"],
    options: ReadOptions = ReadOptions()
  ) throws -> Import {
    let sizes = Dictionary(uniqueKeysWithValues: images.map { ($0, size) })
    return try YOLO.read(MemoryTree(files, images: sizes), options: options)
  }

  static func rows(_ text: String, yaml: String = "names: [cat, dog]") throws -> Import {
    try read(["labels/a.txt": text, "data.yaml": yaml])
  }

  @Test(
    "names in every spelling of data.yaml",
    arguments: [
      "names: [cat, 'it''s', \"a\\u0062 \\\"c\\\"\"]",
      "names: ['cat', \"it's\", 'ab \"c\"'] # comment\nnc: 3",
      "names:\n- cat\n- it's  # comment\n- 'ab \"c\"'\ntrain: x",
      "names:\n  0: cat\n  1: \"it's\"\n\n  2: ab \"c\"\n",
      "names: {0: cat, 1: it's, 2: 'ab \"c\"'}",
      "nc: 3\r\nnames: [\r\n  cat, # one\r\n  it's,\r\n  'ab \"c\"',\r\n]\r\nroboflow:\r\n  a: &b c\r\n",
      "\u{FEFF}\"names\":\n    2: ab \"c\"\n    0: cat\n    1: it's\n",
    ])
  func names(_ yaml: String) throws {
    let result = try Self.rows("", yaml: yaml)
    #expect(result.dataset.labels.map(\.name) == ["cat", "it's", "ab \"c\""])
    #expect(result.dataset.labels.map(\.id) == [0, 1, 2])
  }

  @Test(
    "YAML beyond the subset is an error with its line",
    arguments: [
      ("x: 1\nnames: cat", 2), ("names:\n  0: &a cat", 2), ("names:\n  0: cat\n  - dog", 3),
      ("names: [a, b", 1), ("names: [[a]]", 1), ("names: {a: b}", 1), ("names:\n  0: 'a", 2),
      ("names: {0: a, 0: b}", 1), ("names: {-1: a}", 1), ("names: |\n  a", 1),
    ])
  func yamlErrors(_ yaml: String, line: Int) {
    let error = #expect(throws: FormatError.self) { try Self.rows("", yaml: yaml) }
    #expect(error?.path == "data.yaml")
    #expect(error?.line == line)
  }

  @Test("five columns are truth, six a prediction with its confidence last")
  func columns() throws {
    let boxes = try Self.rows("0 0.5 0.5 0.2 0.4\n1 0.5 0.5 0.2 0.4 0.75\n").dataset.images[0].boxes
    #expect(boxes[0] == LabeledBox(left: 80, top: 30, width: 40, height: 40, label: "cat"))
    #expect(
      boxes[1]
        == LabeledBox(
          left: 80, top: 30, width: 40, height: 40, label: "dog", confidence: 0.75,
          isPrediction: true))
  }

  @Test("a confidence that stands second is found out, not read as a number of the box")
  func reordered() {
    let error = #expect(throws: FormatError.self) {
      try Self.rows("0 0.98 0.9 0.9 0.2 0.2\n0 0.97 0.1 0.5 0.2 0.3\n")
    }
    #expect(error?.message.contains("second") == true)
  }

  @Test("outlines give the box around them, with a note")
  func outline() throws {
    let result = try Self.rows("0 0.1 0.1 0.4 0.1 0.4 0.5\n1 0.1 0.1 0.4 0.1 0.4 0.5 0.9")
    let boxes = result.dataset.images[0].boxes
    #expect(boxes[0] == LabeledBox(left: 20, top: 10, width: 60, height: 40, label: "cat"))
    #expect(boxes[1].confidence == 0.9)
    #expect(result.notes.contains { $0.hasPrefix("labels/a.txt:1: The row is an outline") })
  }

  @Test("keypoints behind a box are not taken for an outline")
  func keypoints() throws {
    let yaml = "names: [cat]\nkpt_shape: [1, 2]"
    let result = try Self.rows("0 0.5 0.5 0.2 0.4 0.9 0.9", yaml: yaml)
    #expect(result.dataset.images[0].boxes[0].width == 40)
  }

  @Test("an empty file is checked, an absent one is not")
  func emptiness() throws {
    let result = try Self.read(
      ["labels/a.txt": "\n", "classes.txt": "cat"], images: ["images/a.jpg", "images/b.jpg"])
    #expect(result.dataset.images.map(\.isAnnotated) == [true, false])
  }

  @Test("without names the error says how to give them, and they may be given")
  func nameless() throws {
    let error = #expect(throws: FormatError.self) {
      try Self.read(["labels/a.txt": "\n1 .5 .5 .1 .1"])
    }
    #expect(error?.line == 2)
    #expect(error?.message.contains("--labels") == true)
    let result = try Self.read(
      ["labels/a.txt": "1 .5 .5 .1 .1"], options: ReadOptions(labels: ["x", "y"]))
    #expect(result.dataset.boxCounts == ["y": 1])
  }

  @Test(
    "broken rows are errors with their line",
    arguments: [
      "0 nan 0.5 0.1 0.1", "0 inf 0.5 0.1 0.1", "0 1e9 0.5 0.1 0.1", "0 320 240 20 20",
      "0 0.5 0.5 0.1", "x 0.5 0.5 0.1 0.1", "-1 0.5 0.5 0.1 0.1", "0.5 0.5 0.5 0.1 0.1",
      "9 0.5 0.5 0.1 0.1", "0 0.5 0.5 -0.1 0.1", "0 0.5 0.5 0.1 0.1 7", "0 0,5 0,5 0,1 0,1",
      "0 0x1p-1 0.5 0.1 0.1", "99999999999999999999 0.5 0.5 0.1 0.1",
    ])
  func brokenRows(_ row: String) {
    let error = #expect(throws: FormatError.self) { try Self.rows("0 .5 .5 .1 .1\n\(row)\n") }
    #expect(error?.path == "labels/a.txt")
    #expect(error?.line == 2)
  }

  @Test("ratios become pixels by their edges, held to the image")
  func rounding() throws {
    let result = try Self.rows(
      """
      0 0.0025 0.5 0.004 0.5
      0 0.95 0.5 0.2 0.5
      0 1.5 0.5 0.1 0.1
      0 0.5 0.5 0 0.1
      0 0.1265 0.5 0.243 0.5
      """)
    let boxes = result.dataset.images[0].boxes.map { [$0.left, $0.width] }
    // 0.1…0.9 px lies in the first pixel; 170…210 is cut; 1.5 is gone; 0 wide stays; 1…49.6 rounds.
    #expect(boxes == [[0, 1], [170, 30], [100, 0], [1, 49]])
    #expect(result.notes.count == 3)
  }

  @Test("splits, lists and foreign folders lead to the images that are here")
  func sources() throws {
    let label = "0 .5 .5 .1 .1"
    let roboflow = try Self.read(
      [
        "data.yaml": "train: ../train/images\nval: ../valid/images\nnames: ['cat']",
        "train/labels/a.txt": label, "valid/labels/b.txt": label,
      ], images: ["train/images/a.jpg", "valid/images/b.jpg", "stray/c.jpg"])
    #expect(roboflow.dataset.images.map(\.name) == ["train/images/a.jpg", "valid/images/b.jpg"])
    #expect(roboflow.dataset.boxCount == 2)
    #expect(roboflow.notes.contains { $0.hasPrefix("stray/c.jpg") })

    let list = try Self.read(
      [
        "data.yaml": "path: /home/me/set\ntrain: train.txt\nnames: [cat]",
        "train.txt": "/home/me/set/images/b.jpg\n./images/a.jpg\nimages/gone.jpg\n",
        "labels/a.txt": label,
      ], images: ["images/a.jpg", "images/b.jpg"])
    #expect(list.dataset.images.map(\.name) == ["images/b.jpg", "images/a.jpg"])
    #expect(list.notes.contains { $0.hasPrefix("train.txt:3") })
  }

  @Test("sparse numbers are given anew, and that is said")
  func numbers() throws {
    let dataset = LabeledDataset(labels: [.init(name: "b", id: 7), .init(name: "a", id: 3)])
    let export = try YOLO.write(dataset, options: WriteOptions())
    #expect(export.files[0].bytes.text.contains("0: \"b\"\n  1: \"a\""))
    #expect(export.losses.count == 1)

    let dense = LabeledDataset(labels: [.init(name: "b", id: 1), .init(name: "a", id: 0)])
    let kept = try YOLO.write(dense, options: WriteOptions())
    #expect(kept.files[0].bytes.text.contains("0: \"a\"\n  1: \"b\""))
    #expect(kept.losses.isEmpty)
  }

  @Test("twins that would share a label file are counted, and unknown sizes refused")
  func limits() throws {
    let size = ImageSize(width: 10, height: 10)
    let twins = LabeledDataset(images: ["a.jpg", "a.png"].map { .init(name: $0, size: size) })
    #expect(try YOLO.write(twins, options: WriteOptions()).losses.count == 1)
    let box = LabeledBox(left: 0, top: 0, width: 1, height: 1, label: "a")
    let unknown = LabeledDataset(images: [.init(name: "a.jpg", boxes: [box])])
    #expect(throws: FormatError.self) { try YOLO.write(unknown, options: WriteOptions()) }
  }

  @Test("label files lie where Ultralytics looks for them, and data.yaml names the folders")
  func places() throws {
    let size = ImageSize(width: 10, height: 10)
    let box = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "a")
    let names = ["a.jpg", "images/b.jpg", "train/images/c/d.jpg", "images/x/images/e.jpg"]
    let dataset = LabeledDataset(images: names.map { .init(name: $0, size: size, boxes: [box]) })
    let export = try YOLO.write(dataset, options: WriteOptions())
    #expect(
      export.files.map(\.path) == [
        "data.yaml", "labels/a.txt", "labels/b.txt", "train/labels/c/d.txt",
        "images/x/labels/e.txt",
      ])
    #expect(
      export.files[0].bytes.text.contains(
        "train: [\"images\", \"train/images\", \"images/x/images\"]\n"))
    let images = ["images/a.jpg"] + names.dropFirst()
    let tree = MemoryTree(
      export, images: Dictionary(uniqueKeysWithValues: images.map { ($0, size) }))
    let back = try YOLO.read(tree, options: ReadOptions()).dataset
    #expect(Set(back.images.map(\.name)) == Set(images))
    #expect(back.boxCount == 4)
  }

  @Test("labels without a number take the next one, so that the others keep theirs")
  func nextNumbers() throws {
    let dataset = LabeledDataset(labels: [.init(name: "new"), .init(name: "old", id: 0)])
    let export = try YOLO.write(dataset, options: WriteOptions())
    #expect(export.files[0].bytes.text.contains("0: \"old\"\n  1: \"new\""))
    #expect(export.losses.isEmpty)
  }

  @Test("no name leads out of the folder that is written")
  func hostileNames() throws {
    let names = [
      "../../etc/x.jpg", "/abs/y.jpg", "s3://bucket/p/z.jpg", "a/../../b.jpg", "c\n.jpg",
      "../\u{301}d.jpg",
    ]
    let dataset = LabeledDataset(images: names.map { LabeledImage(name: $0) })
    let paths = try YOLO.write(dataset, options: WriteOptions()).files.map(\.path)
    #expect(
      paths == [
        "data.yaml", "labels/etc/x.txt", "labels/abs/y.txt", "labels/p/z.txt", "labels/a/b.txt",
        "labels/c_.txt", "labels/\u{301}d.txt",
      ])
  }

  @Test(
    "names that begin or end with an accent come back",
    arguments: ["\u{301}a", "a\"\u{301}", "a]\u{301}", ":\u{301}", "#\u{301}", "'\u{301}'\u{301}"])
  func accents(name: String) throws {
    let size = ImageSize(width: 10, height: 10)
    let dataset = LabeledDataset(
      labels: [.init(name: name, id: 0), .init(name: "b", id: 1)],
      images: [.init(name: "images/a.jpg", size: size)])
    let export = try YOLO.write(dataset, options: WriteOptions())
    let tree = MemoryTree(export, images: ["images/a.jpg": size])
    let found = try YOLO.read(tree, options: ReadOptions()).dataset.labels.map(\.name)
    #expect(found.map { Array($0.utf8) } == [name, "b"].map { Array($0.utf8) })
    let flow = MemoryTree(
      ["data.yaml": "names: ['\u{301}a', b\u{301}]\n"], images: ["images/a.jpg": size])
    let listed = try YOLO.read(flow, options: ReadOptions()).dataset.labels.map(\.name)
    #expect(listed == ["\u{301}a", "b\u{301}"])
  }
}
