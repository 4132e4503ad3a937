import GroundTruth
import Testing

/// What is written for Custom Labels keeps its rules.
@Suite struct RekognitionExportTests {
  private let size = ImageSize(width: 2560, height: 1000)

  private func prepared(
    _ images: [LabeledImage]
  ) throws -> (dataset: LabeledDataset, losses: [String]) {
    try LabeledDataset(images: images).preparedForRekognition(prefix: "s3://bucket/p/")
  }

  private func box(_ left: Double, _ width: Double, _ label: String = "cat") -> LabeledBox {
    LabeledBox(left: left, top: 10, width: width, height: 50, label: label)
  }

  @Test func whatTrainingRefusesGoes() throws {
    var guess = box(5, 50)
    guess.isPrediction = true
    let crowded = (0..<51).map { box(Double($0), 50) }
    let (dataset, losses) = try prepared([
      // Scaled to half, a box of 2 pixels has one left, a box of 3 more than that.
      LabeledImage(name: "a.jpg", size: size, boxes: [box(1, 2), box(1, 3), box(-5, 50), guess]),
      LabeledImage(name: "tiny.jpg", size: ImageSize(width: 63, height: 64), boxes: [box(1, 9)]),
      LabeledImage(name: "long.jpg", size: ImageSize(width: 2000, height: 100)),
      LabeledImage(name: "many.jpg", size: size, boxes: crowded),
      LabeledImage(name: "a.jpg", size: size),
      LabeledImage(name: "most.jpg", size: size, boxes: Array(crowded.prefix(50))),
    ])
    #expect(dataset.images.map(\.name) == ["s3://bucket/p/a.jpg", "s3://bucket/p/most.jpg"])
    #expect(dataset.images[0].boxes.map(\.frame) == [[1, 10, 3, 50], [0, 10, 45, 50]])
    #expect(losses.count == 7)
  }

  @Test func theManifestHasOneAttributeAndPairs() throws {
    var guess = box(5, 50)
    guess.isPrediction = true
    let image = LabeledImage(
      name: "a.jpg", size: size, boxes: [box(1, 20), guess],
      imageLabels: [.init(label: "day"), .init(label: "sun"), .init(label: "sun")])
    let (dataset, _) = try LabeledDataset(
      labels: [.init(name: "unused", id: 0), .init(name: "cat", id: 3)], images: [image]
    ).preparedForRekognition(prefix: "s3://bucket/p/")
    let export = try GroundTruthManifest.write(dataset, options: WriteOptions())
    #expect(export.losses.isEmpty)
    let bytes = export.files[0].bytes
    let entry = try Entry(line: Array(bytes.dropLast()))
    #expect(entry.sourceRef == "s3://bucket/p/a.jpg")
    #expect(entry.boxSets.map(\.attribute) == ["bounding-box"])
    #expect(entry.boxSets[0].classMap == [3: "cat"])
    #expect(entry.boxSets[0].isHumanAnnotated)
    #expect(entry.imageLabels.map(\.attribute) == ["image-label_day", "image-label_sun"])
    #expect(entry.multiLabels.isEmpty && entry.otherAttributes.isEmpty)
    #expect(!bytes.text.contains("\"reticle\":"))
  }

  @Test func whatCannotBeMendedIsAnError() {
    func message(_ images: [LabeledImage], prefix: String = "s3://b/") -> String {
      do throws(FormatError) {
        _ = try LabeledDataset(images: images).preparedForRekognition(prefix: prefix)
        return ""
      } catch { return error.description }
    }
    let good = LabeledImage(name: "a.jpg", size: size, boxes: [box(1, 20)])
    #expect(message([good]).isEmpty)
    #expect(message([good], prefix: "").contains("--s3-prefix"))
    let elsewhere = LabeledImage(name: "s3://c/x.jpg", size: size, boxes: [box(1, 20)])
    #expect(message([good, elsewhere]).contains("one bucket"))
    let one = LabeledImage(name: "a.jpg", size: size, imageLabels: [.init(label: "a")])
    #expect(message([one]).contains("two labels"))
    let named = LabeledImage(
      name: "a.jpg", size: size, boxes: [box(1, 20, String(repeating: "x", count: 256))])
    #expect(message([named]).contains("rename"))
    let labels = (0..<251).map { LabeledImage.ImageLabel(label: "\($0)") }
    #expect(message([LabeledImage(name: "a", imageLabels: labels)]).contains("250"))
  }
}
