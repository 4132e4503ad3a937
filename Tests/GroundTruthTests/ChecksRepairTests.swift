import Foundation
import GroundTruth
import Testing

private typealias S = SampleLine

@Suite("Checks: repair")
struct ChecksRepairTests {
  private func repaired(_ line: String, keeping attribute: String? = nil) -> LineRepair? {
    LineRepair(of: Array(line.utf8), keeping: attribute)
  }

  /// The only change is from one text to another.
  private func expect(
    _ line: String, becomes other: String, _ kind: LineRepair.Kind,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let repair = repaired(line)
    #expect(repair?.line.text == other, sourceLocation: sourceLocation)
    #expect(repair?.kinds == [kind], sourceLocation: sourceLocation)
    let outcome = CheckOutcome([other])
    #expect(outcome.errors.isEmpty, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(repaired(other) == nil, sourceLocation: sourceLocation)
  }

  @Test(
    "a right line needs none",
    arguments: [
      S.line(S.boxes()), S.line(S.label()), S.line(""), "", "{", "[]", "{}",
    ])
  func nothing(_ line: String) {
    #expect(repaired(line) == nil)
  }

  @Test("a missing confidence becomes 1, and nothing else changes")
  func confidence() {
    expect(S.line(S.label(rest: "")), becomes: S.line(S.label()), .confidence)
    let two = [S.box(), S.box("20")]
    expect(
      S.line(S.boxes(two, objects: #"[{"confidence":0.09}]"#)),
      becomes: S.line(S.boxes(two, objects: #"[{"confidence":0.09},{"confidence":1}]"#)),
      .confidence)
    expect(
      S.line(S.boxes(two, objects: #"[{"x":1},{"confidence":0}]"#)),
      becomes: S.line(S.boxes(two, objects: #"[{"x":1,"confidence":1},{"confidence":0}]"#)),
      .confidence)
    let none = S.line(S.boxes(two)).replacing(
      #""objects":[{"confidence":1},{"confidence":1}],"#, with: "")
    #expect(repaired(none)?.kinds == [.confidence])
    let outcome = CheckOutcome([repaired(none)?.line ?? []])
    #expect(outcome.errors.isEmpty)
  }

  @Test("a bare image_size becomes an array")
  func imageSize() {
    let bare = String(S.size.dropFirst().dropLast())
    expect(S.line(S.boxes(size: bare)), becomes: S.line(S.boxes()), .imageSize)
  }

  @Test("a box at most a pixel outside is clipped, one further out is left alone")
  func boxes() {
    expect(
      S.line(S.boxes([S.box("-0.5", "-1", "9", "9"), S.box("631.5", "3", "9", "9.0")])),
      becomes: S.line(S.boxes([S.box("0", "0", "8.5", "8"), S.box("631.5", "3", "8.5", "9.0")])),
      .box)
    #expect(repaired(S.line(S.boxes([S.box("-1.1")]))) == nil)
    #expect(repaired(S.line(S.boxes([S.box("0", "472.1")]))) == nil)
    #expect(repaired(S.line(S.boxes([S.box("640", "0", "1", "9")]))) == nil)
  }

  @Test("labels in array form become one attribute each, as the guide has it")
  func multiLabel() throws {
    let line = try Fixture.line(of: "gtdoc_multilabel_image.manifest")
    let repair = try #require(LineRepair(of: line))
    #expect(repair.kinds == [.multiLabel])
    let outcome = CheckOutcome([repair.line])
    #expect(outcome.findings.isEmpty, "\(outcome.findings)")
    let entry = try Entry(line: repair.line)
    let attribute = "image-label-attribute-name"
    #expect(entry.imageLabels.map(\.attribute) == (0..<3).map { attribute + "\($0)" })
    #expect(entry.imageLabels.map(\.label) == ["bicycle", "person", "clothing"])
    #expect(entry.imageLabels.map(\.confidence) == [0.95, 0.77, 0.2])
    let object = try Fixture.foundation(repair.line)
    #expect(object[attribute] == nil)
    #expect(object[attribute + "2"] as? Int == 8)
    let metadata = object[attribute + "2-metadata"] as? [String: Any]
    #expect(metadata?["type"] as? String == "groundtruth/image-classification")
    #expect(metadata?["job-name"] as? String == "labeling-job/image-label-attribute-name")
    // A class without a name has no right answer.
    let nameless = String(decoding: line, as: UTF8.self)
      .replacing(#""8": "clothing""#, with: #""9": "clothing""#)
    #expect(repaired(nameless) == nil)
  }

  @Test(
    "of several box attributes one is kept: the newest a human vouches for, or the one asked for")
  func boxAttributes() {
    let old = S.boxes(named: "old", date: "2020-01-01")
    let new = S.boxes(named: "new", date: "2021-01-01")
    let model = S.boxes(named: "model", human: "no", date: "2022-01-01")
    let all = S.line(old + "," + new + "," + model)
    #expect(repaired(all)?.line.text == S.line(new))
    #expect(repaired(all)?.kinds == [.boxAttributes])
    #expect(repaired(all, keeping: "model")?.line.text == S.line(model))
    #expect(repaired(all, keeping: "other") == nil)
    #expect(repaired(S.line(old), keeping: "new") == nil)
    let outcome = CheckOutcome([repaired(all)?.line ?? []])
    #expect(outcome.findings.isEmpty)
  }

  @Test("the repaired fixtures have none of what can be repaired", arguments: Fixture.all)
  func fixtures(_ fixture: Fixture) {
    for line in fixture.lines {
      guard let repair = LineRepair(of: line) else { continue }
      #expect(LineRepair(of: repair.line) == nil)
      let codes = CheckOutcome([repair.line]).lineCodes
      #expect(!codes.contains(.severalBoxAttributes) && !codes.contains(.missingBoxConfidence))
      #expect(!codes.contains(.attributeFormat) && !codes.contains(.metadataFormat))
    }
  }
}

@Suite("Checks: results in the service's form")
struct ChecksResultTests {
  private func marked(_ line: String) -> String {
    var check = ManifestCheck()
    let bytes = Array(line.utf8)
    return ValidatedLine.bytes(of: bytes, findings: check.judge(bytes.span)).text
  }

  @Test(
    "findings stand in the line, the attribute, the metadata or the box",
    arguments: [
      "doc_validation_bbox_too_small", "doc_validation_unannotated",
      "doc_validation_no_annotations",
    ])
  func places(_ name: String) throws {
    // The guide's own examples: taken out and found again, the arrays are where they were.
    let line = try Fixture.line(of: name + ".manifest")
    let clean = ValidatedLine.bytes(of: line, findings: [])
    #expect(!clean.text.contains("errors") && !clean.text.contains("warnings"))
    let again = try Fixture.foundation(Array(marked(clean.text).utf8))
    #expect(
      NSDictionary(dictionary: again) == NSDictionary(dictionary: try Fixture.foundation(line)))
  }

  @Test("metadata errors stand in the metadata, and what is no JSON is replaced")
  func metadata() {
    let line = S.line(S.label(type: "groundtruth/x"))
    let wrong =
      #"{"code":"ERROR_UNSUPPORTED_USE_CASE_TYPE","message":"The use case type of the l-metadata "#
      + #"label attribute metadata is unsupported. Check the type field."}"#
    let none =
      #"{"code":"ERROR_NO_VALID_LABEL_ATTRIBUTES","message":"No valid label attributes found."}"#
    #expect(
      marked(line)
        == String(line.dropLast(2)) + #","errors":[\#(wrong)]},"errors":[\#(none)]}"#)
    #expect(
      marked("{\"source-ref\"")
        == #"{"errors":[{"code":"ERROR_INVALID_JSON_LINE","message":"The JSON Line has an invalid "#
        + #"format."}]}"#)
    // Only the service's codes are written.
    let several = S.line(S.boxes() + "," + S.boxes(named: "c"))
    #expect(marked(several) == several)
  }

  @Test("the summary has the service's members")
  func summary() throws {
    let lines = (0..<3).map { S.line(S.boxes(), source: "s3://b/\($0)") }
    let training = CheckOutcome(lines + ["{"])
    let test = CheckOutcome([S.line(S.boxes(classMap: #"{"0":"dog"}"#))])
    let both = CheckOutcome(lines, test: test.dataset)
    let json = ManifestSummary.json(
      training: (training.dataset, training.findings.filter { $0.line == 0 } + both.findings),
      testing: (test.dataset, test.findings))
    #expect(
      json.text
        == #"{"errors": [{"code": "ERROR_INSUFFICIENT_LABEL_OVERLAP", "message": "Less than 50% "#
        + #"label overlap between the training and testing manifest files."}], "statistics": "#
        + #"{"training": {"use_case": "OBJECT_LOCALIZATION", "total_json_lines": 4, "#
        + #""valid_json_lines": 3, "invalid_json_lines": 1, "ignored_json_lines": 0, "errors": "#
        + #"[{"code": "ERROR_TOO_MANY_INVALID_ROWS_IN_MANIFEST", "message": "The manifest file "#
        + #"contains too many invalid rows."}], "error_json_line_indices": [4]}, "testing": "#
        + #"{"use_case": "OBJECT_LOCALIZATION", "total_json_lines": 1, "valid_json_lines": 1, "#
        + #""invalid_json_lines": 0, "ignored_json_lines": 0, "errors": [], "#
        + #""error_json_line_indices": []}}}"#)
  }

  @Test("a finding as JSON")
  func json() {
    let finding = Finding(
      line: 3, code: .invalidBox, attribute: "b\"b", annotation: 0, detail: "Why.")
    #expect(
      finding.json.text
        == #"{"line":3,"code":"ERROR_INVALID_BOUNDING_BOX","severity":"error","attribute":"b\"b","#
        + #""annotation":0,"message":"The bounding box has off frame values. Why."}"#)
    #expect(
      Finding(line: 0, code: .emptyManifest).json.text
        == #"{"line":0,"code":"ERROR_EMPTY_MANIFEST","severity":"error","#
        + #""message":"The manifest file is empty."}"#)
  }
}
