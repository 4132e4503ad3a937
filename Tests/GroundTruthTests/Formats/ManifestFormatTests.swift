import GroundTruth
import Testing

/// Manifests into a dataset and out of one.
@Suite struct ManifestFormatTests {
  private func read(_ lines: String..., attribute: String? = nil) throws -> Import {
    try GroundTruthManifest.read(
      MemoryTree(["x.manifest": lines.joined(separator: "\n") + "\n"]),
      options: ReadOptions(attribute: attribute))
  }

  private func boxes(_ name: String, left: Int, human: Bool, label: String = "cat") -> String {
    """
    "\(name)":{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":[{"class_id":5,\
    "left":\(left),"top":2,"width":3,"height":4}]},"\(name)-metadata":{"objects":[{"confidence":\
    0.5}],"class-map":{"5":"\(label)"},"type":"groundtruth/object-detection","human-annotated":\
    "\(human ? "yes" : "no")","creation-date":"2024-01-01T00:00:00.000000"}
    """
  }

  @Test func theTruthCountsAndModelsPredict() throws {
    let line =
      "{\"source-ref\":\"a.jpg\",\(boxes("old", left: 1, human: true)),"
      + "\(boxes("new", left: 7, human: true)),\(boxes("model", left: 9, human: false))}"
    let found = try read(line, "{\"source-ref\":\"b.jpg\",\(boxes("new", left: 8, human: true))}")
    let image = found.dataset.images[0]
    #expect(image.boxes.map(\.left) == [7, 9])
    #expect(image.boxes.map(\.isPrediction) == [false, true])
    #expect(image.boxes.map(\.confidence) == [0.5, 0.5])
    #expect(found.dataset.labels == [.init(name: "cat", id: 5)])
    #expect(found.notes.contains { $0.hasPrefix("x.manifest:1: Boxes of “old” are left aside") })
    let chosen = try read(line, attribute: "old").dataset.images[0]
    #expect(chosen.boxes.map(\.left) == [1, 9])
    let error = #expect(throws: FormatError.self) { try read(line, attribute: "none") }
    #expect(error?.message.contains("“old”") == true)
  }

  @Test func imageLevelLabelsComeInBothForms() throws {
    let found = try read(
      """
      {"source-ref":"a.jpg","s":1,"s-metadata":{"class-name":"day","confidence":0.9,"type":\
      "groundtruth/image-classification","human-annotated":"yes"},"t":[3,4],"t-metadata":\
      {"class-map":{"3":"cat","4":"dog"},"confidence-map":{"3":0.5},"type":\
      "groundtruth/image-classification-multilabel","human-annotated":"no"}}
      """)
    #expect(
      found.dataset.images[0].imageLabels == [
        .init(label: "day", confidence: 0.9),
        .init(label: "cat", confidence: 0.5, isPrediction: true),
        .init(label: "dog", isPrediction: true),
      ])
    #expect(
      found.dataset.labels == [
        .init(name: "day", id: 1), .init(name: "cat", id: 3), .init(name: "dog", id: 4),
      ])
  }

  @Test func labelsWithoutANameAreLeftOut() throws {
    let found = try read(
      "{\"source-ref\":\"a.jpg\",\(boxes("truth", left: 1, human: true, label: "")),"
        + "\"s\":1,\"s-metadata\":{\"class-name\":\"\",\"type\":\"groundtruth/image-classification\"}}"
    )
    #expect(found.dataset.labels.isEmpty)
    #expect(found.dataset.images[0].boxes.isEmpty && found.dataset.images[0].imageLabels.isEmpty)
    #expect(found.notes.count { $0.contains("is empty") } == 2)
  }

  @Test func marksDecideWhatIsInAndWhatIsLabelled() throws {
    let found = try read(
      "{\"source-ref\":\"a.jpg\",\"reticle\":{\"excluded\":true}}",
      "{\"source-ref\":\"b.jpg\",\"reticle\":{\"skipped\":true}}",
      "{\"source-ref\":\"c.jpg\",\"reticle\":{\"verified\":true,\"flag\":\"?\"}}",
      "{\"source-ref\":\"d.jpg\"}")
    #expect(found.dataset.images.map(\.name) == ["b.jpg", "c.jpg", "d.jpg"])
    #expect(found.dataset.images.map(\.isAnnotated) == [false, true, false])
    #expect(found.notes.count == 2)
  }

  @Test func aDatasetComesBackWhole() throws {
    let size = ImageSize(width: 640, height: 480)
    let truth = LabeledBox(
      left: 1.5, top: 2, width: 3, height: 4, label: "cat", confidence: 0.25)
    var guess = truth
    guess.isPrediction = true
    let dataset = LabeledDataset(
      labels: [.init(name: "cat", id: 9), .init(name: "unused", id: 0), .init(name: "a/b", id: 4)],
      images: [
        LabeledImage(name: "a.jpg", size: size, boxes: [truth, guess]),
        LabeledImage(
          name: "b.jpg",
          imageLabels: [
            .init(label: "a/b", confidence: 1),
            .init(label: "cat", confidence: 0.5, isPrediction: true),
          ]),
        LabeledImage(name: "c.jpg", size: size),
        LabeledImage(name: "d.jpg", isAnnotated: false),
      ])
    let export = try GroundTruthManifest.write(
      dataset, options: WriteOptions(date: "2024-01-01T00:00:00.000000"))
    #expect(export.losses.isEmpty)
    let back = try GroundTruthManifest.read(MemoryTree(export), options: ReadOptions())
    #expect(back.notes.isEmpty)
    #expect(back.dataset.images == dataset.images)
    // By number: a manifest has no other order.
    #expect(back.dataset.labels.map(\.id) == [0, 4, 9])
    #expect(Set(back.dataset.labels) == Set(dataset.labels))
    for line in export.files[0].bytes.split(separator: 0x0A) {
      #expect(try Entry(line: Array(line)).problems.isEmpty)
    }
  }

  @Test func boxesNeedASize() {
    let box = LabeledBox(left: 1, top: 2, width: 3, height: 4, label: "cat")
    let dataset = LabeledDataset(images: [LabeledImage(name: "a.jpg", boxes: [box])])
    let error = #expect(throws: FormatError.self) {
      try GroundTruthManifest.write(dataset, options: WriteOptions())
    }
    #expect(error?.message.contains("--images") == true)
  }
}
