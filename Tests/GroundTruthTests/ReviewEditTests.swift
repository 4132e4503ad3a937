import GroundTruth
import Testing

@Suite("What a review writes")
struct ReviewEditTests {
  private let provenance = Provenance(
    creationDate: "2026-09-21T14:13:20.000000", jobName: "labeling-job/x")

  private func entry(_ text: String) throws -> Entry { try Entry(line: Array(text.utf8)) }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `settled predictions are kept in the mark and read back`() throws {
    let line = try entry(#"{"source-ref":"a.jpg","reticle":{"verified":true,"mine":[1]}}"#)
    var mark = line.mark
    mark.rejected = [
      SettledPrediction(
        label: "R\"BC", place: .init(left: 1.5, top: 2, width: 30.25, height: 4)),
      SettledPrediction(label: "blurred"),
    ]
    mark.corrected = [
      SettledPrediction(label: "WBC", place: .init(left: 0, top: 0, width: 1, height: 1))
    ]
    let bytes = try line.settingMark(mark)
    #expect(
      text(bytes)
        == #"{"source-ref":"a.jpg","reticle":{"verified":true,"mine":[1],"rejected":"#
        + #"[{"label":"R\"BC","left":1.5,"top":2,"width":30.25,"height":4},"#
        + #"{"label":"blurred"}],"corrected":"#
        + #"[{"label":"WBC","left":0,"top":0,"width":1,"height":1}]}}"#)
    let again = try Entry(line: bytes)
    #expect(again.mark == mark)
    #expect(try again.settingMark(mark) == bytes)
    mark.rejected = []
    mark.corrected = []
    #expect(try again.settingMark(mark) == line.line)
  }

  @Test(
    arguments: [
      #"{"rejected":1}"#, #"{"rejected":[1,null,{"left":1},"x"]}"#, #"{"rejected":{"a":[]}}"#,
      #"{"corrected":[{"label":5}]}"#,
    ])
  func `what isn't a settled prediction is passed over`(_ mark: String) throws {
    let line = try entry(#"{"source-ref":"a.jpg","reticle":\#(mark)}"#)
    #expect(line.mark == Mark())
    #expect(line.problems.isEmpty)
  }

  @Test func `adjustment-status is written where it is given, and left alone elsewhere`() throws {
    let box = Box(left: 1, top: 2, width: 3, height: 4, label: "RBC")
    let size = ImageSize(width: 10, height: 10)
    let ids = ClassIDs(names: ["RBC"])
    var given = provenance
    given.adjustment = .unadjusted
    let bare = try entry(#"{"source-ref":"a.jpg"}"#)
    let first = try Entry(
      line: bare.settingBoxes(
        [box], of: "bounding-box", imageSize: size, classIDs: ids, provenance: given))
    #expect(text(first.line).hasSuffix(#""adjustment-status":"unadjusted"}}"#))
    #expect(first.adjustment(of: "bounding-box") == .unadjusted)
    given.adjustment = .adjusted
    let second = try Entry(
      line: first.settingBoxes(
        [box, box], of: "bounding-box", imageSize: size, classIDs: ids, provenance: given))
    #expect(second.adjustment(of: "bounding-box") == .adjusted)
    let third = try Entry(
      line: second.settingBoxes(
        [box], of: "bounding-box", imageSize: size, classIDs: ids, provenance: provenance))
    #expect(third.adjustment(of: "bounding-box") == .adjusted)
    let plain = try bare.settingBoxes(
      [box], of: "bounding-box", imageSize: size, classIDs: ids, provenance: provenance)
    #expect(!text(plain).contains("adjustment-status"))
  }

  @Test func `a verdict has the form of a verification job`() throws {
    let line = try entry(
      #"{"source-ref":"a.jpg","boxes":{"annotations":[]},"boxes-metadata":{"type":"x"}}"#)
    let bad = try line.settingVerdict(
      .bad, on: "boxes", comment: "too wide", provenance: provenance)
    #expect(
      text(bad).hasSuffix(
        #","verify-boxes":"1","verify-boxes-metadata":{"class-name":"bad","confidence":1,"#
          + #""type":"groundtruth/label-verification","job-name":"labeling-job/x","#
          + #""human-annotated":"yes","creation-date":"2026-09-21T14:13:20.000000","#
          + #""worker-feedback":[{"comment":"too wide"}]}}"#))
    let judged = try Entry(line: bad)
    #expect(judged.verdict(on: "boxes")?.verdict == .bad)
    #expect(judged.verdict(on: "boxes")?.comments == ["too wide"])
    #expect(judged.problems.isEmpty)
    let good = try judged.settingVerdict(.good, on: "boxes", provenance: provenance)
    #expect(text(good).contains(#""verify-boxes":"0""#))
    #expect(!text(good).contains("worker-feedback"))
    #expect(throws: ManifestError.noSuchAttribute(name: "other")) {
      try line.settingVerdict(.good, on: "other", provenance: provenance)
    }
    let taken = try entry(#"{"source-ref":"a.jpg","boxes":1,"verify-boxes":2}"#)
    #expect(throws: ManifestError.attributeInUse(name: "verify-boxes")) {
      try taken.settingVerdict(.good, on: "boxes", provenance: provenance)
    }
  }

  @Test func `a predicted label for the image stays a prediction where that is asked`() throws {
    let model =
      #""predictions_cat":0,"predictions_cat-metadata":{"class-name":"cat","confidence":0.7,"#
      + #""type":"groundtruth/image-classification","human-annotated":"no"}"#
    let line = try entry(#"{"source-ref":"a.jpg",\#(model)}"#)
    let added = try line.addingImageLabel(
      "cat", classIDs: ClassIDs(names: ["cat"]), provenance: provenance, keepsPredictions: true)
    #expect(text(added).hasPrefix(#"{"source-ref":"a.jpg",\#(model),"image-label_cat":0,"#))
    let labelled = try Entry(line: added)
    #expect(labelled.truthImageLabels == ["cat"])
    #expect(
      try labelled.removingImageLabel("cat", provenance: provenance, keepsPredictions: true)
        == line.line)
    #expect(
      try line.removingImageLabel("cat", provenance: provenance, keepsPredictions: true)
        == line.line)
  }
}
