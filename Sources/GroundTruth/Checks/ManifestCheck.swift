/// A check of a manifest against the rules of Amazon Rekognition Custom Labels, line by line.
///
/// Lines are judged as they come and forgotten; what is kept of a dataset takes bounded memory.
/// A line that has nothing wrong with it costs no allocation.
public struct ManifestCheck: Sendable {
  /// What has been counted so far.
  public private(set) var dataset = CheckedDataset()
  /// Whether the line judged last holds results of an earlier validation (`errors`, `warnings`).
  public var lastLineHasResults: Bool { line.hasResults }

  private let allowsPaths: Bool
  private let test: CheckedDataset?
  private var tape = LineTape()
  private var line = CheckedLine()
  private var verdict = Verdict()

  /// Starts a check.
  ///
  /// - Parameters:
  ///   - allowsPaths: Whether `source-ref` may be a path instead of an `s3://` URI.
  ///   - test: What a check of the test manifest counted; the manifest is then checked as the
  ///     training manifest beside it.
  public init(allowsPaths: Bool = false, test: CheckedDataset? = nil) {
    self.allowsPaths = allowsPaths
    self.test = test
  }

  /// Judges the next line.
  ///
  /// - Parameters:
  ///   - bytes: The line without its line feed; a byte order mark before the first is passed over.
  ///   - image: Looks up the image of a `source-ref`, if images are looked at; asked at most once,
  ///     and not for lines whose validation ended before.
  /// - Returns: What is wrong with the line, in the order found.
  /// - Complexity: O(length).
  public mutating func judge(
    _ bytes: Span<UInt8>, image: ((String) -> CheckedImage.Lookup)? = nil
  ) -> [Finding] {
    dataset.totalLines += 1
    verdict.removeAll()
    line.removeAll()
    let isMarked =
      dataset.totalLines == 1 && bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB
      && bytes[2] == 0xBF
    let text = isMarked ? bytes.extracting(droppingFirst: 3) : bytes
    if read(text) {
      dataset.objectLines += 1
      judgeObject(text, image: image)
    }
    dataset.count(verdict.outcome)
    if verdict.outcome == .valid { dataset.countLabels(of: line, in: text) }
    return verdict.items.isEmpty ? [] : findings(in: text)
  }

  /// Judges the manifest as a whole, after its last line.
  ///
  /// - Parameters:
  ///   - byteCount: The size of the file.
  ///   - name: The file's name; nil if it has none.
  /// - Returns: What is wrong with the manifest.
  public func judgeWhole(byteCount: Int, name: String?) -> [Finding] {
    ManifestFileRule.findings(dataset, byteCount: byteCount, name: name)
      + InvalidRowsRule.findings(dataset)
      + BucketRule.findings(dataset)
      + LabelCountRule.findings(dataset)
      + MixedUseCasesRule.findings(dataset)
      + (test.map { TestOverlapRule.findings(training: dataset, test: $0) }
        ?? SplitRule.findings(dataset))
  }

  /// Reads a line into its facts; false if it is no JSON object.
  private mutating func read(_ bytes: Span<UInt8>) -> Bool {
    if bytes.count > Limits.lineLength {
      let count = ByteText.scalarCount(bytes, 0..<bytes.count)
      if count > Limits.lineLength {
        verdict.add(.lineTooLong, "It has \(count).")
        return false
      }
    }
    do throws(JSONError) {
      try tape.read(bytes)
    } catch {
      let isBlank = (0..<bytes.count).allSatisfy { [0x20, 0x09, 0x0D].contains(bytes[$0]) }
      verdict.add(
        .invalidJSON,
        isBlank ? "It is blank." : "Byte \(error.offset + 1): \(error.reason.description).")
      return false
    }
    guard tape.first(0, bytes) == UInt8(ascii: "{") else {
      verdict.add(.invalidJSON, "It isn't an object.")
      return false
    }
    line.read(bytes, tape)
    return true
  }

  private mutating func judgeObject(
    _ bytes: Span<UInt8>, image: ((String) -> CheckedImage.Lookup)?
  ) {
    judgeSource(bytes)
    if verdict.isStopped { return }
    LabelAttributesRule.judge(line, into: &verdict)
    if verdict.isStopped { return }
    if verdict.outcome == .valid {
      // What an attribute must look like depends on its type, so that the types come first.
      UseCaseTypeRule.judge(&line, into: &verdict)
      AttributeFormatRule.judge(line, into: &verdict)
      if verdict.isStopped { return }
      BoxMetadataRule.judge(line, into: &verdict)
      if verdict.isStopped { return }
      LabelNameRule.judge(&line, in: bytes, into: &verdict)
      ImageSizeRule.judge(line, into: &verdict)
      BoxRule.judge(&line, into: &verdict)
      LabelsPerImageRule.judge(line, into: &verdict)
    }
    if let image, case .text(let range) = line.source {
      ImageFileRule.judge(&line, image: image(JSONText.decode(bytes, range)), into: &verdict)
    }
    if !line.attributes.isEmpty {
      AnnotationsRule.judge(line, into: &verdict)
      SeveralBoxAttributesRule.judge(line, into: &verdict)
    }
  }

  private mutating func judgeSource(_ bytes: Span<UInt8>) {
    guard case .text(let quoted) = line.source else {
      SourceReferenceRule.judge(line, form: .malformed, allowsPaths: allowsPaths, into: &verdict)
      return
    }
    let inner = ByteText.inner(quoted)
    guard ByteText.hasEscape(bytes, inner) else { return judgeSource(bytes, inner) }
    let decoded = Array(JSONText.decode(bytes, quoted).utf8)
    judgeSource(decoded.span, 0..<decoded.count)
  }

  private mutating func judgeSource(_ text: Span<UInt8>, _ range: Range<Int>) {
    let form = SourceReferenceRule.form(text, range)
    SourceReferenceRule.judge(line, form: form, allowsPaths: allowsPaths, into: &verdict)
    if case .object(let bucket) = form { dataset.countBucket(text, bucket) }
    let hash = ByteText.hash(raw: text, range)
    let hasPrecedence = verdict.isStopped
    if let earlier = dataset.references.note(hash, line: dataset.totalLines), !hasPrecedence {
      verdict.add(.duplicateSourceRef, "Line \(earlier) names it too.")
    }
    if let other = test?.references.line(of: hash), !hasPrecedence {
      verdict.add(.imageInBothSets, "It is on line \(other) of the test manifest.")
    }
  }

  private func findings(in bytes: Span<UInt8>) -> [Finding] {
    var findings: [Finding] = []
    findings.reserveCapacity(verdict.items.count)
    for item in verdict.items {
      findings.append(
        Finding(
          line: dataset.totalLines, code: item.code, severity: item.severity,
          attribute: item.attribute.map { JSONText.decode(bytes, line.attributes[$0].name) },
          annotation: item.annotation, detail: item.detail))
    }
    return findings
  }
}
