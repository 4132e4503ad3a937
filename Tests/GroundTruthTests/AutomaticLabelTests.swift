import GroundTruth
import Testing

/// What a model labelled alone, as automated labelling writes it.
@Suite("A model's labels that are truth")
struct AutomaticLabelTests {
  private let model = Provenance(
    creationDate: "2026-01-02T03:04:05.678901", jobName: "labeling-job/cats-v1",
    isHumanAnnotated: false)
  private let ids = ClassIDs(names: ["cat", "dog"])

  private func entry(_ text: String) throws -> Entry { try Entry(line: Array(text.utf8)) }

  private func boxed(_ name: String = "a.jpg") throws -> Entry {
    try Entry(
      line: entry(#"{"source-ref":"\#(name)"}"#).settingBoxes(
        [Box(left: 1, top: 2, width: 3, height: 4, label: "cat", confidence: 0.97)],
        of: "bounding-box", imageSize: ImageSize(width: 64, height: 64), classIDs: ids,
        provenance: model))
  }

  private func whole(_ name: String = "b.jpg", _ label: String = "dog") throws -> Entry {
    try Entry(
      line: entry(#"{"source-ref":"\#(name)"}"#).addingImageLabel(
        label, classIDs: ids, provenance: model, confidence: 0.96, keepsPredictions: true))
  }

  @Test("are told from a person's, and from predictions")
  func states() throws {
    func state(_ entry: Entry) -> EntryState { EntryState(of: entry, truth: "bounding-box") }
    #expect(state(try boxed()) == [.labelled, .automatic, .predicted])
    #expect(state(try whole()) == [.labelled, .automatic, .predicted])
    #expect(try whole().truthImageLabels == ["dog"])
    #expect(try whole().imageLabels.first?.confidence == 0.96)
    let predicted = try Entry(
      line: entry(#"{"source-ref":"c.jpg"}"#).settingPredictions(
        boxes: [], imageLabels: [("cat", 0.9)], as: "predictions",
        imageSize: ImageSize(width: 1, height: 1), classIDs: ids, provenance: model))
    #expect(state(predicted) == [.unlabelled, .predicted])
    #expect(predicted.truthImageLabels.isEmpty)
    // Where a model saw nothing nobody knows that nothing is there.
    let empty = try Entry(
      line: entry(#"{"source-ref":"d.jpg"}"#).settingBoxes(
        [], of: "bounding-box", imageSize: ImageSize(width: 1, height: 1), classIDs: ids,
        provenance: model))
    #expect(state(empty) == [.unlabelled, .predicted])
    let all = Dataset(source: [try boxed().line, try whole().line, predicted.line])
    #expect(try Query("is:auto").lines(of: all, countedBy: Survey(all)) == [0, 1])
    #expect(Predictions(attribute: nil, of: all).imageLabels.count == 1)
  }

  @Test("become a person's when one changes them or finds them right")
  func vouching() throws {
    var box = try #require(try boxed().boxSet("bounding-box")?.boxes.first)
    box.left = 9
    let moved = try Entry(
      line: boxed().settingBoxes(
        [box], of: "bounding-box", imageSize: ImageSize(width: 64, height: 64), classIDs: ids,
        provenance: editor))
    #expect(moved.boxSet("bounding-box")?.isHumanAnnotated == true)
    let found = try whole().vouchingForImageLabels(editor)
    #expect(found.imageLabels.map(\.isHumanAnnotated) == [true])
    #expect(found.imageLabels[0].confidence == 0.96)
    for keeps in [true, false] {
      let given = try Entry(
        line: whole().addingImageLabel(
          "dog", classIDs: ids, provenance: editor, keepsPredictions: keeps))
      #expect(given.imageLabels.map(\.isHumanAnnotated) == [true])
      let taken = try whole().removingImageLabel(
        "dog", provenance: editor, keepsPredictions: keeps)
      #expect(taken.text == #"{"source-ref":"b.jpg"}"#)
    }
  }

  @Test("are learned from")
  func training() throws {
    func plan(_ entries: Entry...) -> TrainingPlan {
      let dataset = Dataset(source: entries.map(\.line))
      return TrainingPlan(dataset, survey: Survey(dataset))
    }
    let person = try Entry(
      line: entry(#"{"source-ref":"p.jpg"}"#).addingImageLabel(
        "cat", classIDs: ids, provenance: editor))
    let labels = plan(try whole(), person, try whole("c.jpg", "cat"))
    #expect(labels.task == .classification)
    #expect(labels.items.map(\.labels) == [["dog"], ["cat"], ["cat"]])
    #expect(labels.items.map(\.isAutomatic) == [true, false, true])
    #expect(labels.automaticCount == 2)
    let boxes = plan(try boxed())
    #expect(boxes.task == .detection)
    #expect(boxes.items.map(\.isAutomatic) == [true])
  }
}
