import GroundTruth
import Testing

@Suite("Pascal VOC")
struct PascalVOCTests {
  static func file(
    _ corners: String..., name: String = "a.jpg", extra: String = "", size: String = "100,50"
  ) -> String {
    let side = size.split(separator: ",")
    let objects = corners.map { corners in
      let value = corners.split(separator: ",")
      return """
        <object><name>cat</name>\(extra)<bndbox><xmin>\(value[0])</xmin><ymin>\(value[1])</ymin>
        <xmax>\(value[2])</xmax><ymax>\(value[3])</ymax></bndbox></object>
        """
    }
    return """
      <annotation><folder>wrong</folder><filename>\(name)</filename><path>C:\\gone\\x.jpg</path>
      <size><width>\(side[0])</width><height>\(side[1])</height><depth>3</depth></size>
      \(objects.joined())</annotation>
      """
  }

  static func read(
    _ files: [String: String], base: Int? = nil, images: [String] = []
  ) throws -> Import {
    let size = ImageSize(width: 100, height: 50)
    let sizes = Dictionary(uniqueKeysWithValues: images.map { ($0, size) })
    return try PascalVOC.read(
      MemoryTree(files, images: sizes), options: ReadOptions(vocBase: base))
  }

  /// The corners, the base asked for, the first left and width expected, the notes' number.
  @Test(
    "the first pixel",
    arguments: [
      ("1,1,100,50", nil, 1, 99, 1), ("1,1,100,50", 1, 0, 100, 0), ("1,1,100,50", 0, 1, 99, 0),
      ("0,0,100,50", nil, 0, 100, 0), ("0,0,100,50", 1, 0, 100, 1),
      ("5,5,101,20", nil, 5, 96, 1), ("5,5,101,20", 1, 5, 96, 2),
    ] as [(String, Int?, Double, Double, Int)])
  func base(_ corners: String, base: Int?, left: Double, width: Double, notes: Int) throws {
    let result = try Self.read(["a.xml": Self.file(corners)], base: base)
    let box = result.dataset.images[0].boxes[0]
    #expect(box.left == left)
    #expect(box.width == width)
    #expect(result.notes.count == notes, "\(result.notes)")
  }

  @Test("one file settles it for all")
  func settled() throws {
    let files = ["a.xml": Self.file("5,5,10,10"), "b.xml": Self.file("0,5,10,10", name: "b.jpg")]
    let result = try Self.read(files, base: 1)
    #expect(result.dataset.images.map(\.boxes[0].width) == [5, 10])
  }

  @Test("boxes without area are kept and noted with their lines")
  func zeroArea() throws {
    let result = try PascalVOC.read(try FixtureTree("bccd"), options: ReadOptions())
    #expect(
      result.notes.filter { $0.contains("no area") } == [
        "Annotations/BloodImage_00338.xml:158: The box has no area; it's kept as it is.",
        "Annotations/BloodImage_00343.xml:50: The box has no area; it's kept as it is.",
      ])
  }

  @Test("what an object says besides becomes traits, what says nothing doesn't")
  func traits() throws {
    let extra = """
      <pose>Left</pose><truncated>1</truncated><occluded>0</occluded><difficult>1</difficult>
      <attributes><attribute><name>rotation</name><value>30.0</value></attribute>
      <attribute><name>colour</name><value>red</value></attribute></attributes>
      """
    let result = try Self.read(["a.xml": Self.file("0,0,9,9", extra: extra)])
    let box = result.dataset.images[0].boxes[0]
    #expect(box.traits == ["pose": "Left", "truncated": "1", "difficult": "1", "colour": "red"])
    #expect(result.notes.count == 1)
    let back = try PascalVOC.read(
      MemoryTree(PascalVOC.write(result.dataset, options: WriteOptions())), options: ReadOptions())
    #expect(back.dataset == result.dataset)
  }

  @Test("folder and path aren't trusted; a wrong filename gives way to the image beside")
  func names() throws {
    let files = ["Annotations/a.xml": Self.file("0,0,9,9", name: "old name.jpg")]
    let alone = try Self.read(files)
    #expect(alone.dataset.images.map(\.name) == ["old name.jpg"])
    let beside = try Self.read(files, images: ["JPEGImages/a.png", "JPEGImages/b.png"])
    #expect(beside.dataset.images.map(\.name) == ["a.png", "b.png"])
    #expect(beside.dataset.images.map(\.isAnnotated) == [true, false])
    #expect(beside.notes.count == 1)
  }

  @Test("a confidence makes a prediction")
  func confidence() throws {
    let file = Self.file("0,0,9,9", extra: "<confidence>0.5</confidence>")
    let box = try Self.read(["a.xml": file]).dataset.images[0].boxes[0]
    #expect(box.isPrediction)
    #expect(box.confidence == 0.5)
  }

  @Test(
    "numbers that are no pixels are errors with their line",
    arguments: ["nan", "1e9", "-1e300", "", "12px", "0x10", "1,5"])
  func numbers(_ value: String) {
    let file = """
      <annotation><filename>a</filename><object><name>x</name><bndbox>
      <xmin>1</xmin>
      <ymin>\(value)</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object></annotation>
      """
    let error = #expect(throws: FormatError.self) { try Self.read(["v/a.xml": file]) }
    #expect(error?.path == "v/a.xml")
    #expect(error?.line == 3)
  }

  @Test("a list of labels names no label without a name, nor the background")
  func labelMap() throws {
    let size = ImageSize(width: 9, height: 9)
    let dataset = LabeledDataset(images: [LabeledImage(name: "a.jpg", size: size)])
    var export = try PascalVOC.write(dataset, options: WriteOptions())
    export.files.removeAll { $0.path == "labelmap.txt" }
    let map = "# label:color_rgb:parts:actions\nbackground:0,0,0::\n:::\na:b:::\n"
    export.files.append(OutputFile(path: "labelmap.txt", bytes: Array(map.utf8)))
    let found = try PascalVOC.read(MemoryTree(export), options: ReadOptions())
    #expect(found.dataset.labels.map(\.name) == ["a:b"])
  }

  @Test("control characters, which XML can't hold, don't break the file")
  func controls() throws {
    let box = LabeledBox(left: 1, top: 1, width: 2, height: 2, label: "a\u{1}\nb\u{FFFF}")
    let dataset = LabeledDataset(
      images: [.init(name: "x\u{0}.jpg", size: .init(width: 9, height: 9), boxes: [box])])
    let export = try PascalVOC.write(dataset, options: WriteOptions())
    let back = try PascalVOC.read(MemoryTree(export), options: ReadOptions()).dataset
    #expect(back.images[0].boxes[0].label == "a\u{FFFD}\nb\u{FFFD}")
  }
}
