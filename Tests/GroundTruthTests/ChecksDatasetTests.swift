import Testing

@testable import GroundTruth

private typealias S = SampleLine

@Suite("Checks: the rules of a dataset")
struct ChecksDatasetTests {
  /// So many right lines of a label, each of its own image.
  private func boxes(_ count: Int, _ label: String = "cat", from start: Int = 0) -> [String] {
    (start..<start + count).map {
      S.line(S.boxes(classMap: #"{"0":"\#(label)"}"#), source: "s3://b/\(label)\($0)")
    }
  }

  private func labels(_ count: Int, _ label: String = "cat") -> [String] {
    (0..<count).map { S.line(S.label(label), source: "s3://b/\(label)-l\($0)") }
  }

  @Test("one line in five may be invalid, all rules together; ignored ones are not")
  func invalidRows() {
    let eight = boxes(8)
    #expect(CheckOutcome(eight + ["{", "{}"]).wholeCodes.isEmpty)
    let tooMany = CheckOutcome(eight + ["{", "{}", ""])
    #expect(tooMany.wholeCodes == [.tooManyInvalidRows])
    #expect(tooMany.dataset.invalidLineNumbers == [9, 10, 11])
    // 15 % by one rule and 15 % by another fail together, neither alone.
    let json = Array(repeating: "{", count: 3)
    let size = (0..<3).map {
      S.line(
        S.boxes(size: #"[{"width":1,"height":1,"depth":3}]"#), source: "s3://b/small\($0)")
    }
    #expect(CheckOutcome(boxes(17) + json).wholeCodes.isEmpty)
    #expect(CheckOutcome(boxes(17) + size).wholeCodes.isEmpty)
    #expect(CheckOutcome(boxes(14) + json + size).wholeCodes == [.tooManyInvalidRows])
    let ignored = (0..<9).map { S.line("", source: "s3://b/i\($0)") }
    #expect(CheckOutcome(boxes(2) + ignored).wholeCodes.isEmpty)
  }

  @Test("the file: empty, too large, too many lines, no extension, no JSON")
  func file() {
    #expect(CheckOutcome([String]()).wholeCodes == [.emptyManifest])
    let limit = 1 << 30
    #expect(CheckOutcome(boxes(2), byteCount: limit).wholeCodes.isEmpty)
    #expect(CheckOutcome(boxes(2), byteCount: limit + 1).wholeCodes == [.manifestTooLarge])
    #expect(CheckOutcome(boxes(2), name: "dir.d/manifest").wholeCodes == [.unsupportedFormat])
    #expect(CheckOutcome(boxes(2), name: "dir.d/manifest").errors.isEmpty)
    #expect(CheckOutcome(boxes(2), name: nil).wholeCodes.isEmpty)
    #expect(CheckOutcome(["{", "\"a\": 1", "}"]).wholeCodes.contains(.unsupportedFormat))
    #expect(!CheckOutcome(["{", "{}", "}"]).wholeCodes.contains(.unsupportedFormat))
  }

  @Test("more than 250,000 lines; for image-level labels the quota can be raised")
  func rows() {
    func severity(_ lines: Int, imageLevel: Int = 0) -> Finding.Severity? {
      var dataset = CheckedDataset()
      dataset.totalLines = lines
      dataset.objectLines = lines
      dataset.imageLevelLines = imageLevel
      let found = ManifestFileRule.findings(dataset, byteCount: 1, name: nil)
      return found.first { $0.code == .tooManyRows }?.severity
    }
    #expect(severity(250_000) == nil)
    #expect(severity(250_001) == .error)
    #expect(severity(250_001, imageLevel: 9) == .warning)
    #expect(severity(500_001, imageLevel: 9) == .error)
  }

  @Test("images in more than one bucket")
  func buckets() {
    let other = S.line(S.boxes(), source: "s3://c/a.jpg")
    #expect(CheckOutcome(boxes(3) + [other]).wholeCodes == [.multipleBuckets])
    #expect(
      CheckOutcome(boxes(3) + [other]).first(.multipleBuckets)?.detail
        == "They are b (3 lines, first 1), c (1 line, first 4).")
    let path = S.line(S.boxes(), source: "a.jpg")
    #expect(CheckOutcome(boxes(3) + [path], allowsPaths: true).wholeCodes.isEmpty)
  }

  @Test("two labels for images, one for boxes, 250 at most; examples are held to no minimum")
  func labelCounts() {
    #expect(CheckOutcome(boxes(2)).wholeCodes.isEmpty)
    #expect(CheckOutcome(labels(2)).wholeCodes == [.tooFewLabels])
    #expect(CheckOutcome(labels(1)).wholeCodes.isEmpty)
    #expect(CheckOutcome(labels(2) + labels(2, "dog")).wholeCodes.isEmpty)
    // A second label on boxes doesn't help image-level labels.
    #expect(
      CheckOutcome(labels(3) + boxes(2, "dog")).wholeCodes == [
        .tooFewUsableLabels, .mixedUseCases,
      ])
    let many = (0..<251).flatMap { boxes(2, "l\($0)") }
    #expect(CheckOutcome(many).wholeCodes == [.tooManyLabels])
    #expect(CheckOutcome(Array(many.dropFirst(2))).wholeCodes.isEmpty)
    // Labels of lines, boxes and classes that aren't used don't count.
    let unused = S.line(
      S.label("dog", named: "x") + ","
        + S.boxes(size: #"[{"width":1,"height":1,"depth":3}]"#, classMap: #"{"0":"a","1":"b"}"#))
    #expect(CheckOutcome(labels(9) + [unused]).wholeCodes == [.tooFewLabels])
  }

  @Test("the kind of model is that of most lines, and mixed lines are noted")
  func useCases() {
    #expect(CheckOutcome(boxes(2) + labels(1)).dataset.useCase == .objectLocalization)
    #expect(CheckOutcome(boxes(1) + labels(2)).dataset.useCase == .imageLevelLabels)
    #expect(CheckOutcome(boxes(2) + labels(1)).wholeCodes == [.mixedUseCases])
    let both = S.line(S.boxes() + "," + S.label(), source: "s3://b/both")
    #expect(CheckOutcome(boxes(2) + [both]).wholeCodes.isEmpty)
  }

  @Test("a split needs two images for at least half of the labels, unless there is a test set")
  func split() {
    let rare = boxes(1, "a") + boxes(1, "b") + boxes(5, "c")
    #expect(CheckOutcome(rare).wholeCodes == [.tooFewImagesToSplit])
    #expect(CheckOutcome(rare).errors.isEmpty)
    #expect(CheckOutcome(rare + boxes(1, "a", from: 9)).wholeCodes.isEmpty)
    let test = CheckOutcome(boxes(1, "a", from: 20) + boxes(1, "b", from: 20)).dataset
    #expect(CheckOutcome(rare, test: test).wholeCodes.isEmpty)
  }

  @Test("half of the training labels are in the test manifest")
  func overlap() {
    let training = boxes(2, "a") + boxes(2, "b") + boxes(2, "c")
    func codes(_ test: [String]) -> [Finding.Code] {
      CheckOutcome(training, test: CheckOutcome(test).dataset).wholeCodes
    }
    #expect(codes(boxes(2, "a", from: 5)) == [.labelOverlap])
    #expect(codes(boxes(2, "a", from: 5) + boxes(2, "b", from: 5)).isEmpty)
    // The labels are there, but not on boxes.
    #expect(codes(boxes(2, "a", from: 5) + labels(2, "b")) == [.usableLabelOverlap])
  }

  @Test("an image on two lines, or in both manifests")
  func duplicates() {
    let twice = CheckOutcome(boxes(2) + [S.line(S.boxes(), source: #"s3:\/\/b/cat0"#)])
    #expect(twice.lineCodes == [.duplicateSourceRef])
    #expect(twice.first(.duplicateSourceRef)?.line == 3)
    #expect(twice.first(.duplicateSourceRef)?.detail == "Line 1 names it too.")
    #expect(twice.errors.isEmpty)
    let test = CheckOutcome(boxes(3, from: 7)).dataset
    let leaking = CheckOutcome(boxes(8), test: test)
    #expect(leaking.lineCodes == [.imageInBothSets])
    #expect(leaking.first(.imageInBothSets)?.line == 8)
    #expect(leaking.first(.imageInBothSets)?.detail == "It is on line 1 of the test manifest.")
  }

  @Test("a great many images are told apart")
  func manyImages() {
    var check = ManifestCheck()
    for index in 0..<20_000 {
      #expect(check.judge(Array(#"{"source-ref":"s3://b/\#(index)"}"#.utf8).span).count == 1)
    }
    for index in stride(from: 0, to: 20_000, by: 997) {
      let found = check.judge(Array(#"{"source-ref":"s3://b/\#(index)"}"#.utf8).span)
      #expect(found.contains { $0.detail == "Line \(index + 1) names it too." })
    }
  }

  @Test("what is wrong with image files")
  func images() {
    let line = S.line(S.boxes([S.box(), S.box("600", "0", "40", "9")]))
    func codes(_ image: CheckedImage.Lookup, _ text: String? = nil) -> [Finding.Code] {
      CheckOutcome([text ?? line], image: { _ in image }).lineCodes
    }
    func image(
      _ width: Int = 640, _ height: Int = 480, bytes: Int = 1, orientation: Int = 1
    ) -> CheckedImage.Lookup {
      .found(
        CheckedImage(width: width, height: height, byteCount: bytes, orientation: orientation))
    }
    #expect(codes(image()).isEmpty)
    #expect(codes(image(bytes: 15 << 20)).isEmpty)
    #expect(codes(image(bytes: 15 << 20 + 1)).contains(.invalidImage))
    #expect(codes(image(orientation: 6)) == [.imageOrientation])
    #expect(codes(image(641)) == [.imageSizeDiffers])
    #expect(codes(image(639)) == [.imageSizeDiffers, .invalidBox])
    #expect(codes(.unreadable("It is text.")) == [.invalidImage])
    #expect(codes(.elsewhere("No.")) == [.imageNotOpened])
    let label = S.line(S.label())
    #expect(codes(image(4096, 205), label).isEmpty)
    #expect(codes(image(4096, 204), label) == [.invalidImage])
    #expect(codes(image(4097, 4096), label) == [.invalidImage])
    #expect(codes(image(64, 63), label) == [.invalidImage])
    #expect(codes(image(63, 99)).first == .invalidImageDimension)
    #expect(CheckOutcome([line], image: { _ in image(9, 9) }).dataset.invalidLines == 1)
    #expect(codes(image(), S.line("")) == [.unannotated])
  }
}
