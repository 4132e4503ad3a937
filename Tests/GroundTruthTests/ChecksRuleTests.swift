import GroundTruth
import Testing

private typealias S = SampleLine

/// A line that triggers a code, and the nearest that doesn't.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let code: Finding.Code
  let bad: String
  let good: String
  var testDescription: String { code.rawValue }

  init(_ code: Finding.Code, _ bad: String, _ good: String) {
    self.code = code
    self.bad = bad
    self.good = good
  }
}

private let long = String(repeating: "é", count: 256)

private let formatCases: [RuleCase] = [
  RuleCase(.invalidJSON, #"{"source-ref":"s3://b/a""#, #"{"source-ref":"s3://b/a"}"#),
  RuleCase(.invalidJSON, "", "{}"),
  RuleCase(.invalidJSON, "[]", "{}"),
  RuleCase(.missingSourceRef, "{}", #"{"source-ref":""}"#),
  RuleCase(.missingSourceRef, #"{"source":"text"}"#, #"{"source-ref":"text"}"#),
  RuleCase(.missingSourceRef, #"{"Source-ref":"s3://b/a"}"#, #"{"source\u002dref":"s3://b/a"}"#),
  RuleCase(.invalidSourceRef, #"{"source-ref":1}"#, #"{"source-ref":"s3://b/1"}"#),
  RuleCase(.invalidSourceRef, #"{"source-ref":"s3://b/"}"#, #"{"source-ref":"s3://b/a"}"#),
  RuleCase(
    .invalidSourceRef, #"{"source-ref":"https://b/a"}"#, #"{"source-ref":"s3:\/\/b\/a"}"#),
  RuleCase(.invalidSourceRef, #"{"source-ref":"S3://b/a"}"#, #"{"source-ref":"s3://B/a"}"#),
  RuleCase(.noLabelAttributes, S.line(#""cat":1"#), S.line(#""split":"train""#)),
  RuleCase(
    .noLabelAttributes, S.line(#""m-metadata":{"type":"groundtruth/custom"}"#),
    S.line(#""m-metadata":{"type":"mine"}"#)),
  RuleCase(
    .attributeFormat, S.line(S.boxes(size: #"{"width":640,"height":480,"depth":3}"#)),
    S.line(S.boxes())),
  RuleCase(
    .attributeFormat, S.line(S.boxes(size: #"[{"width":640,"height":480}]"#)), S.line(S.boxes())),
  RuleCase(
    .attributeFormat, S.line(S.boxes(size: "[\(S.size.dropFirst().dropLast()),{}]")),
    S.line(S.boxes())),
  RuleCase(
    .attributeFormat, S.line(S.boxes([S.box(id: #""0""#)])), S.line(S.boxes([S.box(id: "0.0")]))),
  RuleCase(.attributeFormat, S.line(S.boxes(["{}"])), S.line(S.boxes())),
  RuleCase(.attributeFormat, S.line(S.label(value: "0.5")), S.line(S.label(value: "0"))),
  RuleCase(
    .attributeFormat, S.line(S.label(value: #""cat""#)), S.line(S.label(value: #""0""#))),
  RuleCase(.metadataFormat, S.line(#""l":1,"l-metadata":1"#), S.line(S.label())),
  RuleCase(.metadataFormat, S.line(S.label(rest: "")), S.line(S.label())),
  RuleCase(
    .metadataFormat, S.line(S.boxes(human: "true")), S.line(S.boxes(human: "no"))),
  RuleCase(
    .metadataFormat, S.line(S.boxes(classMap: #"{"0":1}"#)), S.line(S.boxes())),
  RuleCase(.metadataFormat, S.line(S.boxes(objects: "{}")), S.line(S.boxes())),
  RuleCase(
    .metadataFormat,
    S.line(S.label().replacing(#""type":"groundtruth/image-classification","#, with: "")),
    S.line(S.label())),
  RuleCase(
    .missingBoxConfidence, S.line(S.boxes(objects: "[{}]")),
    S.line(S.boxes(objects: #"[{"confidence":0}]"#))),
  RuleCase(
    .missingClassMapID, S.line(S.boxes([S.box(id: "5")])),
    S.line(S.boxes([S.box(id: "5")], classMap: #"{"5":"cat"}"#))),
  RuleCase(
    .lineTooLong, S.line("\"x\":\"" + String(repeating: "é", count: 99_965) + "\""),
    S.line("\"x\":\"" + String(repeating: "é", count: 99_964) + "\"")),
]

private let contentCases: [RuleCase] = [
  RuleCase(
    .unsupportedType, S.line(S.label(type: "groundtruth/image-classification-multilabel")),
    S.line(S.label())),
  RuleCase(
    .noValidLabelAttributes, S.line(S.label(type: "groundtruth/wrongtype")),
    S.line(S.label(type: "groundtruth/wrongtype") + "," + S.boxes())),
  RuleCase(.labelNameLength, S.line(S.label(long + "x")), S.line(S.label(long))),
  RuleCase(.labelNameLength, S.line(S.label("")), S.line(S.label("c"))),
  RuleCase(
    .invalidImageDimension, S.line(S.boxes(size: #"[{"width":4097,"height":64,"depth":3}]"#)),
    S.line(S.boxes(size: #"[{"width":4096,"height":64,"depth":3}]"#))),
  RuleCase(
    .invalidImageDimension, S.line(S.boxes(size: #"[{"width":64,"height":63,"depth":3}]"#)),
    S.line(S.boxes(size: #"[{"width":64,"height":64,"depth":3}]"#))),
  RuleCase(
    .invalidBox, S.line(S.boxes([S.box("631.75", "0", "8.26", "9")])),
    S.line(S.boxes([S.box("631.75", "0", "8.25", "9")]))),
  RuleCase(.invalidBox, S.line(S.boxes([S.box("-1")])), S.line(S.boxes([S.box("-0")]))),
  RuleCase(
    .invalidBox, S.line(S.boxes([S.box("0", "472")])), S.line(S.boxes([S.box("0", "471")]))),
  RuleCase(
    .boxTooSmall, S.line(S.boxes([S.box("0", "0", "1", "9")])),
    S.line(S.boxes([S.box("0", "0", "1.1", "9")]))),
  RuleCase(
    .boxTooSmall,
    S.line(
      S.boxes([S.box("0", "0", "9", "3.2")], size: #"[{"width":4096,"height":99,"depth":3}]"#)),
    S.line(
      S.boxes([S.box("0", "0", "9", "3.3")], size: #"[{"width":4096,"height":99,"depth":3}]"#))),
  RuleCase(
    .tooManyBoxes, S.line(S.boxes(Array(repeating: S.box(), count: 51))),
    S.line(S.boxes(Array(repeating: S.box(), count: 50)))),
  RuleCase(
    .tooManyImageLabels, S.line((0...50).map { S.label(named: "l\($0)") }.joined(separator: ",")),
    S.line((0..<50).map { S.label(named: "l\($0)") }.joined(separator: ","))),
  RuleCase(
    .noValidAnnotations, S.line(S.boxes([S.box("-1")])),
    S.line(S.boxes([S.box("-1"), S.box()]))),
  RuleCase(.unannotated, S.line(""), S.line(S.label())),
  RuleCase(.noAnnotations, S.line(S.boxes([])), S.line(S.boxes())),
  RuleCase(.noAnnotations, S.line(S.boxes([])), S.line(S.boxes([]) + "," + S.label())),
  RuleCase(
    .noAttributeAnnotations, S.line(S.boxes([]) + "," + S.label()), S.line(S.label())),
  RuleCase(
    .severalBoxAttributes, S.line(S.boxes() + "," + S.boxes(named: "c")), S.line(S.boxes())),
]

@Suite("Checks: the rules of a line")
struct ChecksRuleTests {
  @Test(
    "the smallest line that triggers a code, and the nearest that doesn't",
    arguments: formatCases + contentCases)
  func table(_ rule: RuleCase) {
    let bad = CheckOutcome([rule.bad])
    #expect(bad.lineCodes.contains(rule.code), "\(bad.findings)")
    #expect(bad.first(rule.code)?.line == 1)
    let good = CheckOutcome([rule.good])
    #expect(!good.lineCodes.contains(rule.code), "\(good.findings)")
    if [.invalidJSON, .missingSourceRef, .invalidSourceRef].contains(rule.code) { return }
    if contentCases.contains(where: { $0.good == rule.good && $0.code == .invalidBox }) {
      #expect(good.errors.isEmpty)
    }
  }

  @Test("each code of a line is in the table or has a test of its own")
  func complete() {
    let tested = Set((formatCases + contentCases).map(\.code))
    let elsewhere: Set<Finding.Code> = [
      .duplicateSourceRef, .imageInBothSets, .imageSizeDiffers, .imageOrientation,
      .imageNotOpened, .invalidImage,
    ]
    let whole: Set<Finding.Code> = [
      .unsupportedFormat, .emptyManifest, .manifestTooLarge, .tooManyRows, .tooManyInvalidRows,
      .multipleBuckets, .tooFewImagesToSplit, .tooFewLabels, .tooFewUsableLabels, .tooManyLabels,
      .labelOverlap, .usableLabelOverlap, .mixedUseCases,
    ]
    #expect(tested.union(elsewhere).union(whole) == Set(Finding.Code.allCases))
    for code in Finding.Code.allCases {
      #expect(!code.advice.isEmpty, "\(code)")
      #expect(code.message(subject: "bb").hasSuffix("."), "\(code)")
    }
  }

  @Test(
    "what has precedence is all that is said of a line",
    arguments: [
      (#"{"l":1,"l-metadata":{}}"#, Finding.Code.missingSourceRef),
      (S.line(S.boxes(type: "wrong"), source: "https://b/a"), .invalidSourceRef),
      (S.line(S.boxes([S.box("-1")], human: "maybe")), .metadataFormat),
      (S.line(S.boxes([S.box("-1")], size: "{}")), .attributeFormat),
      (S.line(S.boxes([S.box("-1")], objects: "[]")), .missingBoxConfidence),
      (S.line(S.boxes([S.box("-1", id: "7")])), .missingClassMapID),
    ])
  func precedence(_ line: String, _ code: Finding.Code) {
    let outcome = CheckOutcome([line])
    #expect(outcome.lineCodes == [code])
    #expect(outcome.dataset.invalidLines == 1)
  }

  @Test("an unsupported type is named beside what stops the line, since the type decides the form")
  func typeFirst() {
    let line = S.line(S.label(rest: "") + "," + S.label(named: "m", type: "groundtruth/other"))
    #expect(CheckOutcome([line]).lineCodes == [.unsupportedType, .metadataFormat])
  }

  @Test("the scope of an error: a box, an attribute or the line")
  func scope() {
    let oneBox = CheckOutcome([S.line(S.boxes([S.box("-1"), S.box()]))])
    #expect(oneBox.dataset.validLines == 1)
    #expect(oneBox.first(.invalidBox)?.annotation == 0)
    #expect(oneBox.first(.invalidBox)?.attribute == "bb")
    let oneAttribute = CheckOutcome([S.line(S.label(type: "groundtruth/x") + "," + S.boxes())])
    #expect(oneAttribute.dataset.validLines == 1)
    #expect(oneAttribute.first(.unsupportedType)?.severity == .error)
    let noBox = CheckOutcome([S.line(S.boxes([S.box("-1")]))])
    #expect(noBox.dataset.invalidLines == 1)
    let saved = CheckOutcome([S.line(S.boxes([S.box("-1")]) + "," + S.label())])
    #expect(saved.dataset.validLines == 1)
    #expect(saved.dataset.useCase == .imageLevelLabels)
    let image = CheckOutcome([
      S.line(S.boxes(size: #"[{"width":5000,"height":99,"depth":3}]"#) + "," + S.label())
    ])
    #expect(image.dataset.invalidLines == 1)
  }

  @Test("a verification beside boxes is noted, and alone it is an error")
  func verification() {
    let verification = S.label("bad", type: "groundtruth/label-verification")
    let beside = CheckOutcome([S.line(S.boxes() + "," + verification)])
    #expect(beside.lineCodes == [.unsupportedType])
    #expect(beside.errors.isEmpty)
    #expect(
      beside.first(.unsupportedType)?.officialMessage
        == "The use case type of the l-metadata label attribute metadata is unsupported. "
        + "Check the type field.")
    let alone = CheckOutcome([S.line(verification)])
    #expect(alone.lineCodes == [.unsupportedType, .noValidLabelAttributes])
    #expect(!alone.errors.isEmpty)
  }

  @Test("lines without labels are ignored")
  func ignored() {
    let outcome = CheckOutcome([
      S.line("", source: "s3://b/1"), S.line(S.boxes([]), source: "s3://b/2"),
      S.line(S.boxes([], human: "no"), source: "s3://b/3"),
      S.line(#""cl-metadata":{"is_labeled":false},"reticle":{"skipped":true}"#, source: "s3://b/4"),
    ])
    #expect(outcome.dataset.ignoredLines == 4)
    #expect(
      outcome.lineCodes == [
        .unannotated, .noAttributeAnnotations, .noAnnotations, .noAttributeAnnotations,
        .unannotated, .unannotated,
      ])
    #expect(outcome.errors.isEmpty)
    #expect(outcome.dataset.useCase == .notDetermined)
  }

  @Test(
    "paths are taken where that is allowed, URLs never",
    arguments: [
      ("a.jpg", true), ("../a b.jpg", true), ("/photos/a.jpg", true), ("s3://b/a.jpg", true),
      ("https://b/a.jpg", false), ("", false), ("s3://b", false), ("s3:// b/a", false),
    ])
  func local(_ path: String, _ isTaken: Bool) {
    let outcome = CheckOutcome([S.line(S.boxes(), source: path)], allowsPaths: true)
    #expect(outcome.lineCodes == (isTaken ? [] : [.invalidSourceRef]))
  }

  @Test("of members of one name the last counts, whatever their number")
  func repeated() {
    let twice = S.line(S.boxes([S.box("-1")]) + "," + S.boxes())
    #expect(CheckOutcome([twice]).lineCodes.isEmpty)
    let fillers = (0..<40).map { "\"f\($0)\":\"\"," }.joined()
    let many = S.line(fillers + S.boxes([S.box("-1")]) + "," + S.boxes())
    #expect(CheckOutcome([many]).lineCodes.isEmpty)
    #expect(CheckOutcome([S.line(fillers + S.boxes([S.box("-1")]))]).lineCodes.count == 2)
  }

  @Test("a byte order mark, white space and a carriage return are no part of a line")
  func marks() {
    let line = Array("\u{FEFF} \(S.line(S.boxes()))\t\r".utf8)
    #expect(CheckOutcome([line]).lineCodes.isEmpty)
    #expect(CheckOutcome([Array(S.line("").utf8), line]).lineCodes.last == .invalidJSON)
  }
}
