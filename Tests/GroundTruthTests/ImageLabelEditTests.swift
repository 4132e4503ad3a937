import GroundTruth
import Testing

@Suite("Editing image-level labels and marks")
struct ImageLabelEditTests {
  private func entry(_ line: String) throws -> Entry { try Entry(line: Array(line.utf8)) }

  private func pair(_ attribute: String, _ label: String, id: Int) -> String {
    #""\#(attribute)":\#(id),"\#(attribute)-metadata":{"class-name":"\#(label)","confidence":1,"#
      + #""type":"groundtruth/image-classification","job-name":"labeling-job/tests","#
      + #""human-annotated":"yes","creation-date":"2026-01-02T03:04:05.678901"}"#
  }

  @Test("a label is a pair of its own, named after it where that is a legal name")
  func pairs() throws {
    let ids = ClassIDs(names: ["dog", "cat"])
    let plain = try entry(#"{"source-ref":"x"}"#)
    let cat = try plain.addingImageLabel("cat", classIDs: ids, provenance: editor)
    #expect(cat.text == #"{"source-ref":"x",\#(pair("image-label_cat", "cat", id: 1))}"#)
    let red = try Entry(line: cat).addingImageLabel("red car", classIDs: ids, provenance: editor)
    #expect(
      red.text
        == cat.text.dropLast() + "," + pair("image-label_0", "red car", id: 2) + "}")
    let big = try Entry(line: red).addingImageLabel("é", classIDs: ids, provenance: editor)
    #expect(try Entry(line: big).imageLabels.map(\.attribute).last == "image-label_1")
    // The label "0" is legal, but its name is taken.
    let zero = try Entry(line: big).addingImageLabel("0", classIDs: ids, provenance: editor)
    #expect(try Entry(line: zero).imageLabels.map(\.attribute).last == "image-label_2")
    #expect(try Entry(line: cat).addingImageLabel("cat", classIDs: ids, provenance: editor) == cat)
    #expect(try Entry(line: cat).removingImageLabel("cat", provenance: editor) == plain.line)
    #expect(try plain.removingImageLabel("cat", provenance: editor) == plain.line)
    #expect(throws: ManifestError.emptyLabel) {
      try plain.addingImageLabel("", classIDs: ids, provenance: editor)
    }
  }

  @Test("labels are found and removed under any attribute name")
  func anyName() throws {
    for name in [
      "doc_image_level_multilabel_numbered.manifest", "doc_csv_multilabel_flowers.manifest",
    ] {
      let entry = try Entry(line: Fixture.line(of: name))
      let labels = entry.imageLabels
      #expect(labels.count == 2)
      let line = try entry.removingImageLabel(labels[0].label, provenance: editor)
      #expect(try Entry(line: line).imageLabels == [labels[1]])
      let none = try Entry(line: line).removingImageLabel(labels[1].label, provenance: editor)
      #expect(none.text == #"{"source-ref": "\#(entry.sourceRef)"}"#)
    }
  }

  @Test("a model's label is vouched for, not doubled")
  func vouches() throws {
    let text =
      #"{"source-ref":"x","p":1,"p-metadata":{"class-name":"cat","confidence":0.7,"#
      + #""type":"groundtruth/image-classification","human-annotated":"no"}}"#
    let line = try entry(text).addingImageLabel("cat", classIDs: ClassIDs(), provenance: editor)
    var wanted = text
    wanted.replaceOne(
      #""human-annotated":"no"}"#,
      #""human-annotated":"yes","creation-date":"2026-01-02T03:04:05.678901","#
        + #""job-name":"labeling-job/tests"}"#)
    #expect(line.text == wanted)
  }

  @Test("taking a human's label away leaves the model's beside it")
  func keepsPredictions() throws {
    let entry = try Entry(line: Fixture.line(of: "doc_evaluation_snapshot.manifest"))
    #expect(entry.imageLabels.map(\.label) == ["Football", "Football"])
    let once = try Entry(line: entry.removingImageLabel("Football", provenance: editor))
    #expect(once.imageLabels == [entry.imageLabels[1]])
    #expect(once.truthImageLabels.isEmpty)
    let twice = try Entry(line: once.removingImageLabel("Football", provenance: editor))
    #expect(twice.imageLabels.isEmpty)
  }

  @Test("an array of labels is edited as an array")
  func arrays() throws {
    let line = try Fixture.line(of: "gtdoc_multilabel_image.manifest")
    let entry = try Entry(line: line)
    let added = try entry.addingImageLabel("dog", classIDs: ClassIDs(), provenance: editor)
    var wanted = line.text
    wanted.replaceOne("[1, 0, 8]", "[1, 0, 8, 9]")
    wanted.replaceOne(#""8": "clothing"}"#, #""8": "clothing", "9": "dog"}"#)
    wanted.replaceOne(#""8": 0.2}"#, #""8": 0.2, "9": 1}"#)
    wanted.replaceOne("2020-02-27T21:36:25.000201", editor.creationDate)
    wanted.replaceOne("labeling-job/image-label-attribute-name", editor.jobName)
    #expect(added.text == wanted)
    let removed = try Entry(line: added).removingImageLabel("bicycle", provenance: editor)
    wanted.replaceOne("[1, 0, 8, 9]", "[0, 8, 9]")
    wanted.replaceOne(#""1": "bicycle", "#, "")
    wanted.replaceOne(#""1": 0.95, "#, "")
    #expect(removed.text == wanted)
  }

  @Test("a model's array isn't vouched for by the way")
  func modelArrays() throws {
    let text =
      #"{"source-ref":"x","m":["1","2"],"m-metadata":{"class-map":{"1":"a","2":"b"},"#
      + #""type":"groundtruth/image-classification-multilabel","human-annotated":"no"}}"#
    let added = try entry(text).addingImageLabel("a", classIDs: ClassIDs(), provenance: editor)
    #expect(added.text == text.dropLast() + "," + pair("image-label_a", "a", id: 0) + "}")
    let removed = try entry(text).removingImageLabel("b", provenance: editor)
    #expect(removed.text.contains(#""m":["1"],"m-metadata":{"class-map":{"1":"a"},"#))
    #expect(removed.text.contains(#""human-annotated":"no""#))
  }

  @Test("a mark says only what is so, and goes when nothing is")
  func marks() throws {
    let plain = try entry(#"{"source-ref":"x"}"#)
    let all = Mark(isVerified: true, isSkipped: true, isExcluded: true, flag: "a \"b\"")
    let line = try plain.settingMark(all)
    #expect(
      line.text
        == #"{"source-ref":"x","reticle":{"verified":true,"skipped":true,"excluded":true,"#
        + #""flag":"a \"b\""}}"#)
    let marked = try Entry(line: line)
    #expect(marked.mark == all)
    #expect(
      try marked.settingMark(Mark(flag: "")).text == #"{"source-ref":"x","reticle":{"flag":""}}"#)
    #expect(try marked.settingMark(Mark()) == plain.line)
    #expect(try marked.settingMark(all) == line)
  }

  @Test("unknown members of a mark are kept, a foreign member of its name too")
  func foreignMarks() throws {
    let text = #"{"reticle":{ "x":1, "flag":"\u0061" , "verified":false}, "source-ref":"x"}"#
    let found = try entry(text)
    #expect(found.mark == Mark(flag: "a"))
    #expect(
      try found.settingMark(Mark(isVerified: true, flag: "a")).text
        == #"{"reticle":{ "x":1, "flag":"\u0061" , "verified":true}, "source-ref":"x"}"#)
    #expect(
      try found.settingMark(Mark()).text
        == #"{"reticle":{ "x":1 , "verified":false}, "source-ref":"x"}"#)
    let foreign = try entry(#"{"source-ref":"x","reticle":5}"#)
    #expect(foreign.problems.count == 1)
    #expect(throws: foreign.problems[0]) { try foreign.settingMark(Mark(isSkipped: true)) }
  }

  @Test("a line from nothing")
  func fromNothing() throws {
    #expect(Entry.line(sourceRef: "a/\"é\".jpg").text == #"{"source-ref":"a/\"é\".jpg"}"#)
    #expect(try Entry(line: Entry.line(sourceRef: "a\n\0b")).sourceRef == "a\n\0b")
  }
}
