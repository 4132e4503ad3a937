import Foundation
import GroundTruth
import Testing

@Suite("Entries")
struct EntryTests {
  @Test("every line of every fixture reads, or says why not", arguments: Fixture.all)
  func readsFixtures(fixture: Fixture) throws {
    #expect(!fixture.lines.isEmpty)
    for line in fixture.lines {
      switch fixture.name {
      case "gtdoc_text_classification.manifest", "gtdoc_named_entities.manifest":
        #expect(throws: ManifestError.inlineSource) { try Entry(line: line) }
      case "broken_attribute_metadata_pair.manifest":
        let entry = try Entry(line: line)
        #expect(entry.problems == [.metadataWithoutAttribute(name: "auto-label")])
        #expect(entry.imageLabels.isEmpty)
      default:
        let entry = try Entry(line: line)
        #expect(entry.problems.isEmpty)
        #expect(entry.line == line)
        try Self.compareWithFoundation(entry)
      }
    }
  }

  /// Finds boxes and labels by Foundation, in its own way.
  private static func compareWithFoundation(_ entry: Entry) throws {
    let object = try Fixture.foundation(entry.line)
    #expect(object["source-ref"] as? String == entry.sourceRef)
    var boxSets = 0
    var labels = 0
    for (name, value) in object {
      guard let metadata = object[name + "-metadata"] as? [String: Any] else { continue }
      switch metadata["type"] as? String {
      case "groundtruth/object-detection":
        boxSets += 1
        let set = try #require(entry.boxSet(name))
        let attribute = try #require(value as? [String: Any])
        let found = try #require(attribute["annotations"] as? [[String: Any]])
        let map = metadata["class-map"] as? [String: String] ?? [:]
        #expect(agree(set.boxes.map(\.left), found.map { $0["left"] as? Double }))
        #expect(agree(set.boxes.map(\.top), found.map { $0["top"] as? Double }))
        #expect(agree(set.boxes.map(\.width), found.map { $0["width"] as? Double }))
        #expect(agree(set.boxes.map(\.height), found.map { $0["height"] as? Double }))
        #expect(set.boxes.map(\.label) == found.map { map["\($0["class_id"] ?? "")"] })
        let objects = metadata["objects"] as? [[String: Any]] ?? []
        #expect(set.boxes.map(\.confidence) == objects.map { $0["confidence"] as? Double })
        #expect(set.boxes.map(\.origin) == found.indices.map { $0 })
        #expect(set.isHumanAnnotated == (metadata["human-annotated"] as? String == "yes"))
        #expect(set.imageSize != nil)
      case "groundtruth/image-classification":
        labels += 1
        let label = try #require(entry.imageLabels.first { $0.attribute == name })
        #expect(label.label == metadata["class-name"] as? String)
        #expect(label.confidence == metadata["confidence"] as? Double)
      default: break
      }
    }
    #expect(entry.boxSets.count == boxSets)
    #expect(entry.imageLabels.count == labels)
  }

  /// Foundation reads numbers by way of a decimal and loses the last bits of long ones; that ours
  /// are exact is tested by itself.
  private static func agree(_ ours: [Double], _ theirs: [Double?]) -> Bool {
    ours.count == theirs.count
      && zip(ours, theirs).allSatisfy { abs($0 - ($1 ?? .infinity)) < 1e-9 }
  }

  @Test("reads the oddities of real files")
  func oddities() throws {
    let bare = try Entry(line: Fixture.line(of: "doc_coco_image_size_object.manifest"))
    #expect(bare.boxSets[0].imageSize == ImageSize(width: 640, height: 480))
    let lookout = try Entry(line: Fixture.line(of: "lookout_segmentation_mask_ref.manifest"))
    #expect(lookout.imageLabels.map(\.label) == ["anomaly"])
    #expect(lookout.imageLabels[0].confidence == nil)
    #expect(lookout.otherAttributes == ["anomaly-mask-ref"])
    let multi = try Entry(line: Fixture.line(of: "gtdoc_multilabel_image.manifest"))
    #expect(multi.multiLabels[0].members.map(\.label) == ["bicycle", "person", "clothing"])
    #expect(multi.multiLabels[0].members.map(\.confidence) == [0.95, 0.77, 0.2])
    let verified = try Entry(line: Fixture.line(of: "gtdoc_bbox_verification.manifest"))
    #expect(verified.otherAttributes == ["verify-bounding-box-attribute-name"])
    #expect(verified.name == "image_example.png")
    let bananas = try Fixture(named: "gt_image_level_bananas_odd_names.manifest")
    #expect(try bananas.lines.contains { try Entry(line: $0).sourceRef.contains("=") })
  }

  @Test(
    "says what is wrong with a line",
    arguments: [
      ("", .blankLine), (" \t\r", .blankLine), ("[]", .notAnObject), ("1", .notAnObject),
      ("{}", .missingSourceRef), (#"{"source":"text"}"#, .inlineSource),
      (#"{"source-ref":1}"#, .invalidSourceRef),
      (#"{"source-ref":"a""#, .invalidJSON(offset: 17, reason: .unexpectedEnd)),
      (#"{"source-ref":"a",}"#, .invalidJSON(offset: 18, reason: .valueExpected)),
    ] as [(String, ManifestError)])
  func errors(text: String, error: ManifestError) {
    #expect(throws: error) { try Entry(line: Array(text.utf8)) }
    #expect(!error.message.isEmpty)
  }

  @Test("says where a line isn't UTF-8, and where it stands")
  func located() {
    let line = Array(#"{"source-ref":"a"#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(throws: ManifestError.invalidUTF8(offset: 16)) { try Entry(line: line) }
    let error = LocatedError(path: "a.manifest", line: 3, error: .invalidUTF8(offset: 16))
    #expect(
      "\(error)"
        == "a.manifest:3: the text isn't UTF-8 at byte 17; save the file as UTF-8")
  }

  @Test(
    "keeps a malformed attribute and reads the rest",
    arguments: [
      (#""a":1"#, #""type":"groundtruth/object-detection""#),
      (#""a":{}"#, #""type":"groundtruth/object-detection""#),
      (#""a":{"annotations":[1]}"#, #""type":"groundtruth/object-detection""#),
      (
        #""a":{"annotations":[{"class_id":0,"left":"1","top":0,"width":1,"height":1}]}"#,
        #""type":"groundtruth/object-detection""#
      ),
      (
        #""a":{"annotations":[{"class_id":0.5,"left":1,"top":0,"width":1,"height":1}]}"#,
        #""type":"groundtruth/object-detection""#
      ),
      (
        #""a":{"annotations":[{"class_id":0,"left":1e999,"top":0,"width":1,"height":1}]}"#,
        #""type":"groundtruth/object-detection""#
      ),
      (#""a":{"annotations":[]}"#, #""objects":1,"type":"groundtruth/object-detection""#),
      (#""a":{"annotations":[]}"#, #""class-map":[],"type":"groundtruth/object-detection""#),
      (#""a":{"annotations":[]}"#, #""class-map":{"0":1},"type":"groundtruth/object-detection""#),
      (#""a":1"#, #""type":"groundtruth/image-classification""#),
      (#""a":[]"#, #""class-name":"x","type":"groundtruth/image-classification""#),
      (#""a":1"#, #""type":"groundtruth/image-classification-multilabel""#),
      (#""a":[{}]"#, #""type":"groundtruth/image-classification-multilabel""#),
    ])
  func malformed(attribute: String, metadata: String) throws {
    let text =
      #"{"source-ref":"x","good":1,"good-metadata":{"class-name":"cat","#
      + #""type":"groundtruth/image-classification"},\#(attribute),"a-metadata":{\#(metadata)}}"#
    let entry = try Entry(line: Array(text.utf8))
    #expect(entry.otherAttributes == ["a"])
    #expect(entry.imageLabels.map(\.label) == ["cat"])
    guard case .malformedAttribute("a", _)? = entry.problems.first else {
      Issue.record("\(entry.problems)")
      return
    }
    #expect(throws: entry.problems[0]) {
      try entry.settingBoxes(
        [], of: "a", imageSize: ImageSize(width: 1, height: 1), classIDs: ClassIDs(),
        provenance: editor)
    }
  }

  @Test("of repeated members the last counts, of few as of many", arguments: [0, 20, 100])
  func repeated(others: Int) throws {
    let rest = (0..<others).map { #","m\#($0)":1"# }.joined()
    let text =
      #"{"source-ref":"x","source-ref":"y","a":1,"a-metadata":{"class-name":"old","#
      + #""type":"groundtruth/image-classification"},"a":2,"a-metadata":{"class-name":"new","#
      + #""type":"groundtruth/image-classification"}\#(rest)}"#
    let entry = try Entry(line: Array(text.utf8))
    #expect(entry.sourceRef == "y")
    #expect(entry.imageLabels.map(\.label) == ["new"])
    let removed = try Entry(line: entry.removingAttribute("a"))
    #expect(removed.line.text == #"{"source-ref":"x","source-ref":"y"\#(rest)}"#)
  }

  @Test("many attributes stay in line order, told apart by code points")
  func many() throws {
    // é in both normal forms: two names.
    let names = (0..<100).map { "a\($0)" } + ["\u{E9}", "e\u{301}"]
    let members = names.map {
      #""\#($0)":1,"\#($0)-metadata":{"class-name":"\#($0)","#
        + #""type":"groundtruth/image-classification"}"#
    }
    let line = #"{"source-ref":"x",\#(members.joined(separator: ","))}"#
    let found = try Entry(line: Array(line.utf8)).imageLabels.map { Array($0.label.utf8) }
    #expect(found == names.map { Array($0.utf8) })
  }

  @Test("other members that look like metadata are no problem")
  func lookalikes() throws {
    let text =
      #"{"source-ref":"x","source-ref-metadata":{"a":1},"cl-metadata":{"is_labeled":true},"#
      + #""annotator-metadata":{"type":"custom"},"metadata":3,"b":1,"b-metadata":"text"}"#
    let entry = try Entry(line: Array(text.utf8))
    #expect(entry.problems.isEmpty)
    #expect(entry.otherAttributes == ["b"])
  }

  @Test("tolerates a byte order mark, a carriage return and a class without a name")
  func tolerates() throws {
    let text =
      "\u{FEFF}"
      + #"{"source-ref":"x","b":{"annotations":[{"class_id":7,"left":1,"top":2,"width":3,"height":4}]"#
      + #"},"b-metadata":{"type":"groundtruth/object-detection"}}"# + "\r"
    let entry = try Entry(line: Array(text.utf8))
    #expect(
      entry.boxSet("b")?.boxes
        == [Box(left: 1, top: 2, width: 3, height: 4, label: "7", origin: 0)])
    #expect(entry.boxSet("b")?.imageSize == nil)
    #expect(entry.boxSet("b")?.isHumanAnnotated == false)
    let marked = try entry.settingMark(Mark(isSkipped: true))
    #expect(marked.starts(with: [0xEF, 0xBB, 0xBF]) && marked.last == 0x0D)
  }
}
