import GroundTruth
import Testing

/// What people answered about predictions, as the truth beside them.
@Suite struct CorrectionsTests {
  private let provenance = Provenance(
    creationDate: "2026-01-01T00:00:00.000000", jobName: "labeling-job/a2i")

  private func line(_ name: String, left: Double = 10, attribute: String = "model") -> String {
    #"{"source-ref":"s3://b/\#(name)","\#(attribute)":{"image_size":[{"width":640,"height":480,"#
      + #""depth":3}],"annotations":[{"class_id":4,"left":\#(left),"top":20,"width":30,"height":40}]},"#
      + #""\#(attribute)-metadata":{"objects":[{"confidence":0.5}],"class-map":{"4":"cat"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"no","creation-date":"2025"}}"#
  }

  private func imageLine(_ name: String) -> String {
    #"{"source-ref":"s3://b/\#(name)","p-cat":1,"p-cat-metadata":{"class-name":"cat","#
      + #""confidence":0.5,"type":"groundtruth/image-classification","human-annotated":"no","#
      + #""creation-date":"2025"}}"#
  }

  private func box(_ label: String = "cat", left: Double = 10) -> LabeledBox {
    LabeledBox(left: left, top: 20, width: 30, height: 40, label: label)
  }

  private func corrections(_ images: [LabeledImage], _ lines: [String]) -> Corrections {
    Corrections(
      LabeledDataset(images: images), over: Dataset(source: lines.map { Array($0.utf8) }),
      truth: "boxes", provenance: provenance)
  }

  @Test func `what people left is unadjusted, what they changed adjusted, and predictions stay`()
    throws
  {
    let size = ImageSize(width: 640, height: 480)
    let lines = ["a", "b", "c", "d"].map { line("\($0).jpg") }
    let found = corrections(
      [
        // Half a pixel is what drawing by hand in ratios rounds by.
        LabeledImage(name: "s3://b/a.jpg", size: size, boxes: [box(left: 10.4)]),
        LabeledImage(name: "b.jpg", size: size, boxes: [box("dog")]),
        LabeledImage(name: "c.jpg", size: size),
        LabeledImage(name: "d.jpg", size: size, isAnnotated: false),
        LabeledImage(name: "other.jpg", size: size, boxes: [box()]),
      ], lines)
    #expect(found.report.unadjusted == 1 && found.report.adjusted == 2)
    #expect(found.report.unanswered == 1 && found.report.missing == ["other.jpg"])
    #expect(found.lines.keys.sorted() == [0, 1, 2])
    for (index, (status, labels)) in [
      (AdjustmentStatus.unadjusted, ["cat"]), (.adjusted, ["dog"]), (.adjusted, []),
    ].enumerated() {
      let bytes = try #require(found.lines[index])
      // What stood there keeps its bytes.
      #expect(bytes.starts(with: Array(lines[index].utf8).dropLast()))
      let entry = try Entry(line: bytes)
      let set = try #require(entry.boxSet("boxes"))
      #expect(entry.adjustment(of: "boxes") == status)
      #expect(set.isHumanAnnotated && set.boxes.map(\.label) == labels)
      #expect(entry.boxSet("model")?.boxes.count == 1)
    }
    // A label that the manifest knows keeps its number.
    let first = try Entry(line: try #require(found.lines[0]))
    #expect(first.boxSet("boxes")?.classMap == [4: "cat"])
  }

  @Test func `labels of whole images are vouched for beside the prediction`() throws {
    let found = corrections(
      [
        LabeledImage(
          name: "a.jpg",
          imageLabels: [
            .init(label: "cat", confidence: 0.5, isPrediction: true), .init(label: "cat"),
          ]),
        LabeledImage(name: "b.jpg", imageLabels: [.init(label: "dog")]),
        LabeledImage(name: "c.jpg"),
      ], ["a", "b", "c"].map { imageLine("\($0).jpg") })
    #expect(found.report.unadjusted == 1 && found.report.adjusted == 2)
    let entries = try (0..<3).map { try Entry(line: try #require(found.lines[$0])) }
    for (entry, label) in zip(entries, ["cat", "dog"]) {
      let human = entry.imageLabels.filter(\.isHumanAnnotated)
      #expect(human.map(\.label) == [label])
      #expect(entry.imageLabels.contains { !$0.isHumanAnnotated && $0.label == "cat" })
      #expect(
        entry.adjustment(of: human[0].attribute) == (label == "cat" ? .unadjusted : .adjusted))
    }
    // None of the labels: looked at, and no label.
    #expect(entries[2].mark.isVerified && entries[2].boxSets.isEmpty)
  }

  @Test func `without a prediction there is nothing adjusted, and without a size no box`() throws {
    let bare = #"{"source-ref":"s3://b/a.jpg"}"#
    let found = corrections([LabeledImage(name: "a.jpg", boxes: [box()])], [bare])
    #expect(found.lines.isEmpty && found.report.unsized == ["a.jpg"])
    let size = ImageSize(width: 9, height: 9)
    let sized = corrections([LabeledImage(name: "a.jpg", size: size, boxes: [box()])], [bare])
    #expect(sized.report.unpredicted == 1)
    let entry = try Entry(line: try #require(sized.lines[0]))
    #expect(entry.adjustment(of: "boxes") == nil && entry.boxSet("boxes")?.boxes.count == 1)
  }

  /// As `get-feedback.py` writes it: an attribute for each group of labels.
  @Test func `all groups of the feedback solution are the truth`() throws {
    let human = line("a.jpg", left: 1, attribute: "bounding-box-new")
      .replacing(#""human-annotated":"no""#, with: #""human-annotated":"yes""#)
    let second = line("a.jpg", left: 2, attribute: "7f2c-bounding-box-new")
      .replacing(#""human-annotated":"no""#, with: #""human-annotated":"yes""#)
    let model = line("a.jpg", left: 3, attribute: "bounding-box")
    func members(_ text: String) -> Substring {
      text.dropFirst(#"{"source-ref":"s3://b/a.jpg","#.count).dropLast()
    }
    let whole =
      #"{"source-ref":"s3://b/a.jpg",\#(members(model)),\#(members(human)),\#(members(second)),"#
      + #""label-0":"0","label-0-metadata":{"class-name":"indoors","confidence":1,"#
      + #""type":"groundtruth/image-classification","human-annotated":"yes","creation-date":"2025"}}"#
    let found = try GroundTruthManifest.read(
      MemoryTree(["feedback.manifest": whole]), options: ReadOptions())
    let image = found.dataset.images[0]
    #expect(image.boxes.filter { !$0.isPrediction }.map(\.left) == [1, 2])
    #expect(image.boxes.filter(\.isPrediction).map(\.left) == [3])
    #expect(image.imageLabels.map(\.label) == ["indoors"])
  }
}
