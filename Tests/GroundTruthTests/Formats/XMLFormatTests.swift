import GroundTruth
import Testing

@Suite("Formats: CVAT and imglab")
struct XMLFormatTests {
  static func cvat(_ inner: String, options: ReadOptions = ReadOptions()) throws -> Import {
    let text = """
      <annotations><version>1.1</version>
      <image id="0" name="a.jpg" width="100" height="50">\(inner)</image></annotations>
      """
    return try CVAT.read(MemoryTree(["a.xml": text]), options: options)
  }

  @Test("tags label the image, and automatic ones are predictions")
  func tags() throws {
    let image = try Self.cvat(
      """
      <tag label="day" source="manual"/><tag label="fog" source="auto"/>
      <box label="c" source="auto" xtl="1" ytl="2" xbr="3.5" ybr="4"/>
      """
    ).dataset.images[0]
    #expect(
      image.imageLabels == [.init(label: "day"), .init(label: "fog", isPrediction: true)])
    #expect(
      image.boxes == [
        LabeledBox(left: 1, top: 2, width: 2.5, height: 2, label: "c", isPrediction: true)
      ])
  }

  /// Shapes and the left, top, width and height of the box around each.
  @Test(
    "the box around shapes",
    arguments: [
      ("<box label='c' xtl='10' ytl='20' xbr='30' ybr='24' rotation='90.0'/>", [18, 12, 4, 20]),
      ("<box label='c' xtl='0' ytl='0' xbr='2' ybr='2' rotation='-315'/>", [-0.414214, 2.828427]),
      ("<ellipse label='c' cx='50' cy='20' rx='10' ry='5'/>", [40, 15, 20, 10]),
      ("<ellipse label='c' cx='50' cy='20' rx='10' ry='5' rotation='90'/>", [45, 10, 10, 20]),
      ("<polygon label='c' points='1.5,2;9,4;3,8'/>", [1.5, 2, 7.5, 6]),
      ("<mask label='c' rle='1, 2' left='3' top='4' width='5' height='6'/>", [3, 4, 5, 6]),
      (
        """
        <cuboid label='c' xtl1='1' ytl1='2' xbl1='1' ybl1='9' xtr1='5' ytr1='2' xbr1='5' ybr1='9'
        xtl2='3' ytl2='1' xbl2='3' ybl2='7' xtr2='8' ytr2='1' xbr2='8' ybr2='7'/>
        """, [1, 1, 7, 8]
      ),
    ])
  func shapes(_ shape: String, expected: [Double]) throws {
    let result = try Self.cvat(shape)
    let box = try #require(result.dataset.images[0].boxes.first)
    let square = [box.left, box.width]
    let numbers = expected.count == 2 ? square : [box.left, box.top, box.width, box.height]
    #expect(zip(numbers, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(numbers)")
    #expect(result.notes.count >= 1)
  }

  @Test("CVAT's file declares the labels and what the boxes say")
  func written() throws {
    let box = LabeledBox(
      left: 1, top: 2, width: 3, height: 4, label: "a & b", isPrediction: true,
      traits: ["occluded": "1", "colour": "red", "z_order": "3", "group_id": "7"])
    let image = LabeledImage(
      name: "x/é \"1\".jpg", size: ImageSize(width: 100, height: 50), boxes: [box],
      imageLabels: [.init(label: "day"), .init(label: "fog", isPrediction: true)])
    let dataset = LabeledDataset(
      labels: ["day", "fog", "a & b", "unused"].map { .init(name: $0) },
      images: [image, LabeledImage(name: "unknown.jpg")])
    let export = try CVAT.write(dataset, options: WriteOptions())
    #expect(export.losses == [])
    let back = try CVAT.read(MemoryTree(export), options: ReadOptions())
    #expect(back.dataset == dataset)
    #expect(back.notes == [])
  }

  static func imglab(_ boxes: String, head: String = "") throws -> Import {
    let text = """
      \(head)<dataset><name/><comment/><images><image file='a b.jpg'>
      \(boxes)</image><image file='empty.jpg' width='9' height='8'/></images></dataset>
      """
    return try Imglab.read(MemoryTree(["d.xml": text]), options: ReadOptions())
  }

  @Test("imglab's boxes with all they may say")
  func imglabBoxes() throws {
    let result = try Self.imglab(
      """
      <box top='2' left='1' width='4' height='3' ignore='1' pose='2' occluded='1' age='0.0'>
        <label>cat</label><part name='nose' x='5' y='6'/></box>
      <box top='0' left='0' width='1' height='1' detection_score='0.5'/>
      <box top='-3' left='0' width='1' height='1' detection_score='1.25'><label>dog</label></box>
      """)
    let boxes = result.dataset.images[0].boxes
    #expect(
      boxes == [
        LabeledBox(
          left: 1, top: 2, width: 4, height: 3, label: "cat", isCrowd: true,
          traits: ["pose": "2", "occluded": "1", "part nose": "5 6"]),
        LabeledBox(
          left: 0, top: 0, width: 1, height: 1, label: "object", confidence: 0.5,
          isPrediction: true),
        LabeledBox(
          left: 0, top: -3, width: 1, height: 1, label: "dog", isPrediction: true,
          traits: ["detection_score": "1.25"]),
      ])
    #expect(result.dataset.images[1].size == ImageSize(width: 9, height: 8))
    #expect(result.notes.count == 1)
    let export = try Imglab.write(result.dataset, options: WriteOptions())
    #expect(export.losses == [])
    let back = try Imglab.read(MemoryTree(export), options: ReadOptions())
    #expect(back.dataset == result.dataset)
  }

  @Test("the header ISO-8859-1 is believed only where the bytes aren't UTF-8")
  func latin1() throws {
    let head = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<dataset><images><image file='"
    let tail = Array("'/></images></dataset>".utf8)
    for name in [[0xE9], Array("é".utf8)] as [[UInt8]] {
      let tree = MemoryTree("d.xml", bytes: Array(head.utf8) + name + tail)
      let result = try Imglab.read(tree, options: ReadOptions())
      #expect(result.dataset.images.map(\.name) == ["é"])
    }
  }
}
