import GroundTruth
import Testing

/// Lines on their way to Custom Labels and back.
@Suite struct ServiceLineTests {
  private static func pair(
    _ name: String, label: String = "cat", human: String = "yes", date: String = "2024-01-01",
    noted: Bool = false
  ) -> String {
    let note = #","cl-errors":[{"code":"ERROR_INVALID_BOUNDING_BOX","message":"Off."}]"#
    return #""\#(name)":{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":["#
      + #"{"class_id":0,"left":1,"top":2,"width":30,"height":40\#(noted ? note : "")}]},"#
      + #""\#(name)-metadata":{"objects":[{"confidence":1}],"class-map":{"0":"\#(label)"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"\#(human)","#
      + #""creation-date":"\#(date)"}"#
  }

  private static func imageLabel(_ name: String, human: String) -> String {
    #""\#(name)":1,"\#(name)-metadata":{"class-name":"cat","confidence":1,"#
      + #""type":"groundtruth/image-classification","human-annotated":"\#(human)","#
      + #""creation-date":"2024-01-01"}"#
  }

  private func sent(_ members: String..., as uri: String? = nil) -> String? {
    let line = #"{"source-ref":"s3://b/a.jpg","# + members.joined(separator: ",") + "}"
    return ServiceLine.sent(Array(line.utf8), sourceRef: uri, truth: "boxes").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func line(_ members: String..., as uri: String = "s3://b/a.jpg") -> String {
    #"{"source-ref":"\#(uri)","# + members.joined(separator: ",") + "}"
  }

  @Test func `a line that has the truth alone goes as it is`() {
    #expect(sent(Self.pair("boxes")) == line(Self.pair("boxes")))
    #expect(sent(#""mine" : [ 1 ]"#) == line(#""mine" : [ 1 ]"#))
  }

  @Test func `predictions, notes and other boxes stay here`() {
    let found = sent(
      Self.pair("boxes"), Self.pair("model", human: "no", date: "2026-01-01"),
      Self.pair("older", date: "2020-01-01"), #""reticle":{"flag":"look","verified":true}"#,
      Self.imageLabel("model-cat", human: "no"))
    #expect(found == line(Self.pair("boxes")))
  }

  @Test func `without the truth the newest that a human vouches for goes, and no model's`() {
    let (old, new) = (Self.pair("old"), Self.pair("new", date: "2025-01-01"))
    let model = Self.pair("model", human: "no", date: "2026-01-01")
    #expect(sent(new, old, model) == line(new))
    #expect(sent(model) == #"{"source-ref":"s3://b/a.jpg"}"#)
  }

  @Test func `image-level labels of people and of automated labelling go`() {
    let human = Self.imageLabel("any", human: "yes")
    let automatic = Self.imageLabel("image-label_cat", human: "no")
    #expect(sent(human, automatic) == line(human, automatic))
  }

  @Test func `the image gets its URI, and one left out of the dataset stays out`() {
    #expect(
      sent(Self.pair("boxes"), as: "s3://x/é \"1\".jpg")
        == line(Self.pair("boxes"), as: #"s3://x/é \"1\".jpg"#))
    #expect(sent(Self.pair("boxes"), #""reticle":{"excluded":true}"#) == nil)
    #expect(ServiceLine.sent([], sourceRef: nil, truth: "b") == nil)
    #expect(ServiceLine.sent(Array(" \t\r".utf8), sourceRef: nil, truth: "b") == nil)
  }

  @Test func `array-form labels become one attribute each, as Custom Labels imports them`() throws {
    let line = try Fixture.line(of: "gtdoc_multilabel_image.manifest")
    let sent = try #require(ServiceLine.sent(line, sourceRef: nil, truth: "bounding-box"))
    let entry = try Entry(line: sent)
    #expect(entry.multiLabels.isEmpty && entry.imageLabels.count >= 2)
  }

  @Test func `beside a truth, types that are not trained on stay here; alone they stay to be told`()
    throws
  {
    let verified = try Fixture.line(of: "gtdoc_bbox_verification.manifest")
    let sent = try #require(ServiceLine.sent(verified, sourceRef: nil, truth: "bounding-box"))
    let entry = try Entry(line: sent)
    #expect(entry.boxSets.count == 1 && entry.otherAttributes.isEmpty)
    let alone = try Fixture.line(of: "gtdoc_verification_only.manifest")
    let kept = try #require(ServiceLine.sent(alone, sourceRef: nil, truth: "bounding-box"))
    #expect(try Entry(line: kept).otherAttributes == Entry(line: alone).otherAttributes)
  }

  @Test(arguments: Fixture.all)
  func `what was sent is sent again as it is, and comes back as it was`(_ fixture: Fixture) {
    for line in fixture.lines {
      guard let once = ServiceLine.sent(line, sourceRef: nil, truth: "bounding-box"),
        (try? Entry(line: once)) != nil
      else { continue }
      #expect(ServiceLine.sent(once, sourceRef: nil, truth: "bounding-box") == once)
      #expect(ServiceLine.received(once) == once)
    }
  }

  @Test func `what the service notes does not come into the manifest`() {
    let notes =
      #""cl-metadata":{"is_labeled":true},"cl-errors":[{"code":"ERROR_X","message":"m"}]"#
    let entry = line(Self.pair("boxes", noted: true), notes)
    let received = ServiceLine.received(Array(entry.utf8), sourceRef: "a.jpg")
    #expect(String(decoding: received, as: UTF8.self) == line(Self.pair("boxes"), as: "a.jpg"))
  }

  @Test(arguments: [
    (#"{"a":1,"b":[1.0,"x"]}"#, #"{ "b" : [1, "\u0078"], "a": 1e0 }"#, true),
    (#"{"a":1}"#, #"{"a":2}"#, false), (#"{"a":1}"#, #"{"a":1,"b":null}"#, false),
    (#"{"a":[1,2]}"#, #"{"a":[2,1]}"#, false), (#"{"a":1}"#, #"{"a":"1"}"#, false),
    (#"{"a":true}"#, #"{"a":false}"#, false), ("{", "{", true), ("{", "[", false),
  ])
  func `lines are the same by what they say`(_ first: String, _ second: String, _ same: Bool) {
    #expect(ServiceLine.isSame(Array(first.utf8), Array(second.utf8)) == same)
    #expect(ServiceLine.isSame(Array(second.utf8), Array(first.utf8)) == same)
  }

  // MARK: What AWS found

  @Test func `findings are read at the line, the attribute, the box and the metadata`() throws {
    let entry =
      #"{"source-ref":"s3://b/a.jpg","cl-errors":[{"code":"ERROR_A","message":"a"}],"#
      + #""x":{"annotations":[{"class_id":0},{"class_id":0,"errors":[{"code":"ERROR_B","#
      + #""message":"b"}]}],"cl-warnings":[{"code":"WARNING_C","message":"c"}]},"#
      + #""x-metadata":{"cl-errors":[{"code":"ERROR_D","message":"d"}]}}"#
    let found = ServiceFinding.all(on: Array(entry.utf8))
    #expect(found.map(\.code) == ["ERROR_A", "WARNING_C", "ERROR_B", "ERROR_D"])
    #expect(found.map(\.attribute) == [nil, "x", "x", "x"])
    #expect(found.map(\.annotation) == [nil, nil, 1, nil])
    #expect(found.map(\.isWarning) == [false, true, false, false])
  }

  @Test(arguments: [
    ("doc_validation_bbox_too_small.manifest", "ERROR_BOUNDING_BOX_TOO_SMALL"),
    ("doc_validation_unannotated.manifest", "WARNING_UNANNOTATED_RECORD"),
    ("doc_validation_unsupported_type.manifest", "ERROR_UNSUPPORTED_USE_CASE_TYPE"),
  ])
  func `those of AWS's examples are found`(_ name: String, _ code: String) throws {
    let line = try Fixture.line(of: name)
    #expect(ServiceFinding.all(on: line).contains { $0.code == code && !$0.message.isEmpty })
    #expect(ServiceFinding.all(on: ServiceLine.received(line)).isEmpty)
  }

  @Test(arguments: ["", "{", "[]", #"{"cl-errors":3}"#, #"{"errors":[1,{"code":2}]}"#])
  func `what is no entry has no findings`(_ text: String) {
    #expect(ServiceFinding.all(on: Array(text.utf8)).isEmpty)
  }
}
