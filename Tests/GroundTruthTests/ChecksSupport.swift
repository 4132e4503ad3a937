import GroundTruth

/// What a check says of a few lines.
struct CheckOutcome {
  let findings: [Finding]
  let dataset: CheckedDataset

  init(
    _ lines: [String], allowsPaths: Bool = false, test: CheckedDataset? = nil,
    byteCount: Int = 1, name: String? = "x.manifest",
    image: ((String) -> CheckedImage.Lookup)? = nil
  ) {
    self.init(
      lines.map { Array($0.utf8) }, allowsPaths: allowsPaths, test: test, byteCount: byteCount,
      name: name, image: image)
  }

  init(
    _ lines: [[UInt8]], allowsPaths: Bool = false, test: CheckedDataset? = nil,
    byteCount: Int = 1, name: String? = "x.manifest",
    image: ((String) -> CheckedImage.Lookup)? = nil
  ) {
    var check = ManifestCheck(allowsPaths: allowsPaths, test: test)
    var findings: [Finding] = []
    for line in lines { findings += check.judge(line.span, image: image) }
    self.findings = findings + check.judgeWhole(byteCount: byteCount, name: name)
    dataset = check.dataset
  }

  /// The codes on the lines, in the order found.
  var lineCodes: [Finding.Code] { findings.filter { $0.line > 0 }.map(\.code) }
  /// The codes of the manifest as a whole.
  var wholeCodes: [Finding.Code] { findings.filter { $0.line == 0 }.map(\.code) }
  var errors: [Finding] { findings.filter { $0.severity == .error } }

  func first(_ code: Finding.Code) -> Finding? { findings.first { $0.code == code } }
}

/// Lines for checks: right ones, of which tests change a detail.
enum SampleLine {
  /// A line of an image with members beside its name.
  static func line(_ members: String, source: String = "s3://b/a.jpg") -> String {
    "{\"source-ref\":\"\(source)\"" + (members.isEmpty ? "" : "," + members) + "}"
  }

  static func box(
    _ left: String = "0", _ top: String = "0", _ width: String = "9", _ height: String = "9",
    id: String = "0"
  ) -> String {
    "{\"class_id\":\(id),\"left\":\(left),\"top\":\(top),\"width\":\(width),\"height\":\(height)}"
  }

  static let size = #"[{"width":640,"height":480,"depth":3}]"#

  static func boxes(
    _ boxes: [String] = [box()], named name: String = "bb", size: String = size,
    objects: String? = nil, classMap: String = #"{"0":"cat"}"#,
    type: String = "groundtruth/object-detection", human: String = "yes",
    date: String = "2020-01-01T00:00:00"
  ) -> String {
    let list =
      objects
      ?? "["
      + Array(repeating: #"{"confidence":1}"#, count: boxes.count).joined(separator: ",") + "]"
    return
      #""\#(name)":{"image_size":\#(size),"annotations":[\#(boxes.joined(separator: ","))]},"#
      + #""\#(name)-metadata":{"objects":\#(list),"class-map":\#(classMap),"type":"\#(type)","#
      + #""human-annotated":"\#(human)","creation-date":"\#(date)"}"#
  }

  static func label(
    _ label: String = "cat", named name: String = "l", value: String = "1",
    rest: String = #","confidence":1"#, type: String = "groundtruth/image-classification"
  ) -> String {
    #""\#(name)":\#(value),"\#(name)-metadata":{"class-name":"\#(label)","type":"\#(type)","#
      + #""human-annotated":"yes","creation-date":"2020-01-01T00:00:00"\#(rest)}"#
  }
}
