import GroundTruth
import Testing

@Suite("Editing boxes")
struct BoxEditTests {
  private let size = ImageSize(width: 640, height: 480)

  private func edit(
    _ line: String, _ attribute: String = "b", ids: ClassIDs = ClassIDs(),
    _ change: (inout [Box]) -> Void
  ) throws -> String {
    let entry = try Entry(line: Array(line.utf8))
    var boxes = entry.boxSet(attribute)?.boxes ?? []
    change(&boxes)
    return try entry.settingBoxes(
      boxes, of: attribute, imageSize: size, classIDs: ids, provenance: editor
    ).text
  }

  @Test("a new attribute is written as Ground Truth writes it, at the end")
  func newAttribute() throws {
    let ids = ClassIDs(names: ["RBC", "WBC"])
    let boxes = [
      Box(left: 10, top: 20, width: 30, height: 40, label: "WBC"),
      Box(left: 0.5, top: 0, width: 1, height: 1, label: "new", confidence: 0.25),
    ]
    let line = try edit(#"{"source-ref":"x"}"#, "bounding-box", ids: ids) { $0 = boxes }
    #expect(
      line
        == #"{"source-ref":"x","bounding-box":{"image_size":[{"width":640,"height":480,"depth":3}],"#
        + #""annotations":[{"class_id":1,"top":20,"left":10,"height":40,"width":30},"#
        + #"{"class_id":2,"top":0,"left":0.5,"height":1,"width":1}]},"bounding-box-metadata":"#
        + #"{"objects":[{"confidence":1},{"confidence":0.25}],"class-map":{"1":"WBC","2":"new"},"#
        + #""type":"groundtruth/object-detection","human-annotated":"yes","#
        + #""creation-date":"2026-01-02T03:04:05.678901","job-name":"labeling-job/tests"}}"#)
    let spaced = try edit(#"{"source-ref": "x"}"#, "bb", ids: ids) { $0 = [] }
    #expect(
      spaced
        == #"{"source-ref": "x", "bb": {"image_size": [{"width": 640, "height": 480, "depth": 3}], "#
        + #""annotations": []}, "bb-metadata": {"objects": [], "class-map": {}, "#
        + #""type": "groundtruth/object-detection", "human-annotated": "yes", "#
        + #""creation-date": "2026-01-02T03:04:05.678901", "job-name": "labeling-job/tests"}}"#)
  }

  private static let odd =
    #"{"source-ref":"x", "b":{"k":[ 1 ],"annotations":[ {"left":1.50,"top":2e0,"#
    + #""width":3.0,"height":4,"class_id":5,"note":"\u003d"},  {"class_id":0,"top":1,"left":1,"#
    + #""height":1,"width":1} ],"image_size":{"width":9,"height":9}},"z":[1, 2],"b-metadata":"#
    + #"{"x":null,"class-map":{"5":"c\u00e9t"},"objects":[{"confidence":0.50,"e":[]}],"#
    + #""type":"groundtruth/object-detection","human-annotated":"no"}}"#
  private static let stamp =
    #""human-annotated":"yes", "creation-date":"2026-01-02T03:04:05.678901", "#
    + #""job-name":"labeling-job/tests"}}"#

  @Test("a changed box keeps its key order and unknown members; only changed numbers are written")
  func changesNumbers() throws {
    let line = try edit(Self.odd) {
      $0[0].left = 2
      $0[0].confidence = 1
    }
    var wanted = Self.odd
    wanted.replaceOne(#""left":1.50"#, #""left":2"#)
    wanted.replaceOne(
      #"{"5":"c\u00e9t"},"objects":[{"confidence":0.50,"e":[]}]"#,
      #"{"5":"c\u00e9t", "0":"0"},"objects":[{"confidence":1,"e":[]}, {"confidence":1}]"#)
    wanted.replaceOne(#""human-annotated":"no"}}"#, Self.stamp)
    #expect(line == wanted)
  }

  @Test("removed boxes vanish from both arrays by index, and the class map keeps their class")
  func removes() throws {
    let line = try edit(Self.odd) { $0.removeFirst() }
    let boxes = try #require(try Entry(line: Array(line.utf8)).boxSet("b"))
    #expect(boxes.boxes.map(\.label) == ["0"])
    #expect(boxes.classMap == [5: "cét", 0: "0"])
    #expect(
      line.contains(#""annotations":[ {"class_id":0,"top":1,"left":1,"height":1,"width":1} ]"#))
    #expect(line.contains(#""objects":[{"confidence":1}]"#))
  }

  @Test("relabelling takes the line's id, else the dataset's, else a free one")
  func relabels() throws {
    // 5 is cét on this line; the dataset calls 5 "dog" and "cat" 3.
    var ids = ClassIDs()
    ids.note("dog", id: 5)
    ids.note("cat", id: 3)
    ids.note("cét", id: 8)
    func classID(_ label: String) throws -> String? {
      let line = try edit(Self.odd, ids: ids) { $0[1].label = label }
      let map = try #require(try Entry(line: Array(line.utf8)).boxSet("b")).classMap
      return map.first { $0.value == label && $0.key != 0 }.map { "\($0.key)" }
    }
    #expect(try classID("cét") == "5")
    #expect(try classID("cat") == "3")
    #expect(try classID("dog") == "9")
    #expect(try classID("new") == "9")
  }

  @Test("new boxes copy the array's own spacing; an origin given twice makes a copy")
  func adds() throws {
    let line = try edit(Self.odd) { $0.append($0[0]) }
    #expect(
      line.contains(
        #""width":1},  {"class_id":5, "top":2, "left":1.5, "height":4, "width":3} ]"#))
    let boxes = try #require(try Entry(line: Array(line.utf8)).boxSet("b")).boxes
    #expect(boxes.count == 3)
    #expect(boxes[2].confidence == 0.5)
    let far = try edit(Self.odd) { $0[1].origin = 99 }
    #expect(try Entry(line: Array(far.utf8)).boxSet("b")?.boxes.count == 2)
  }

  @Test("what the attribute lacks is added")
  func fills() throws {
    let bare =
      #"{"source-ref":"x","b":{"annotations":[]},"b-metadata":{"type":"groundtruth/object-detection"}}"#
    let line = try edit(bare) { $0 = [Box(left: 1, top: 2, width: 3, height: 4, label: "a")] }
    #expect(
      line
        == #"{"source-ref":"x","b":{"annotations":[{"class_id":0,"top":2,"left":1,"height":4,"#
        + #""width":3}],"image_size":[{"width":640,"height":480,"depth":3}]},"b-metadata":{"#
        + #""type":"groundtruth/object-detection","objects":[{"confidence":1}],"#
        + #""class-map":{"0":"a"},"human-annotated":"yes","#
        + #""creation-date":"2026-01-02T03:04:05.678901","job-name":"labeling-job/tests"}}"#)
  }

  @Test("what can't be written is refused")
  func refuses() throws {
    let entry = try Entry(line: Array(#"{"source-ref":"x","b":1,"c-metadata":{}}"#.utf8))
    func set(_ box: Box?, _ attribute: String) throws -> [UInt8] {
      try entry.settingBoxes(
        box.map { [$0] } ?? [], of: attribute, imageSize: size, classIDs: ClassIDs(),
        provenance: editor)
    }
    for name in [
      "", "a b", "é", "a-metadata", "a-ref", "source", "reticle", "\"",
      String(repeating: "a", count: 128),
    ] {
      #expect(throws: ManifestError.illegalAttributeName(name)) { try set(nil, name) }
    }
    #expect(throws: ManifestError.attributeInUse(name: "b")) { try set(nil, "b") }
    #expect(throws: ManifestError.attributeInUse(name: "c")) { try set(nil, "c") }
    let nan = Box(left: .nan, top: 0, width: 1, height: 1, label: "a")
    #expect(throws: ManifestError.invalidBox(label: "a")) { try set(nan, "d") }
    let unnamed = Box(left: 0, top: 0, width: 1, height: 1, label: "")
    #expect(throws: ManifestError.invalidBox(label: "")) { try set(unnamed, "d") }
    #expect(try set(nil, String(repeating: "a", count: 127)).count > 127)
  }

  @Test("vouching changes the metadata alone; removing leaves no comma behind")
  func attributes() throws {
    let entry = try Entry(line: Array(Self.odd.utf8))
    var vouched = Self.odd
    vouched.replaceOne(
      #""human-annotated":"no"}}"#, #""human-annotated":"yes", "creation-date":"D"}}"#)
    #expect(try entry.vouching(for: "b", creationDate: "D").text == vouched)
    #expect(try entry.removingAttribute("b").text == #"{"source-ref":"x","z":[1, 2]}"#)
    #expect(throws: ManifestError.noSuchAttribute(name: "q")) {
      try entry.vouching(for: "q", creationDate: "D")
    }
    #expect(throws: ManifestError.noSuchAttribute(name: "q")) { try entry.removingAttribute("q") }
    #expect(throws: ManifestError.attributeInUse(name: "source-ref")) {
      try entry.removingAttribute("source-ref")
    }
    let first = #"{ "a":1,"a-metadata":{} , "source-ref":"x"}"#
    #expect(
      try Entry(line: Array(first.utf8)).removingAttribute("a").text == #"{ "source-ref":"x"}"#)
  }
}

extension String {
  /// Replaces the one place where a text stands.
  mutating func replaceOne(_ old: String, _ new: String) {
    let parts = split(separator: old, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "“\(old)” stands \(parts.count - 1) times")
    self = parts.joined(separator: new)
  }
}
