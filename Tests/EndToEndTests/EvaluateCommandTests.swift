import Foundation
import Testing

/// `reticle evaluate`, as a person types it.
@Suite struct EvaluateCommandTests {
  private static let fixtures = Repository.root.appending(path: "Tests/EvaluationTests/Fixtures")

  /// Two labels, three images, one more that nobody looked at.
  ///
  /// Of cats one is found and one missed, a prediction is a duplicate; of dogs the only one is
  /// taken for a cat.
  private static let manifest = [
    line("a.jpg", [(0, 10, 10, 50, 50)], [(0, 10, 10, 50, 50, 0.9), (0, 12, 10, 50, 50, 0.8)]),
    line("b.jpg", [(0, 10, 10, 50, 50), (1, 200, 200, 40, 40)], [(0, 200, 202, 40, 40, 0.7)]),
    line("c.jpg", [], []),
    #"{"source-ref":"d.jpg"}"#,
  ].joined(separator: "\n")

  private static func line(
    _ name: String, _ truths: [(Int, Int, Int, Int, Int)],
    _ predictions: [(Int, Int, Int, Int, Int, Double)]
  ) -> String {
    func attribute(_ boxes: [(Int, Int, Int, Int, Int)]) -> String {
      let annotations = boxes.map {
        #"{"class_id":\#($0.0),"left":\#($0.1),"top":\#($0.2),"width":\#($0.3),"height":\#($0.4)}"#
      }
      return #"{"image_size":[{"width":640,"height":480,"depth":3}],"annotations":["#
        + annotations.joined(separator: ",") + "]}"
    }
    func metadata(_ confidences: [Double], _ isHuman: String) -> String {
      let objects = confidences.map { #"{"confidence":\#($0)}"# }.joined(separator: ",")
      return #"{"objects":[\#(objects)],"class-map":{"0":"cat","1":"dog"},"#
        + #""type":"groundtruth/object-detection","human-annotated":"\#(isHuman)","#
        + #""creation-date":"2024-01-01T00:00:00.000000","job-name":"labeling-job/x"}"#
    }
    return #"{"source-ref":"\#(name)","bounding-box":\#(attribute(truths)),"#
      + #""bounding-box-metadata":\#(metadata(truths.map { _ in 1 }, "yes")),"#
      + #""model":\#(attribute(predictions.map { ($0.0, $0.1, $0.2, $0.3, $0.4) })),"#
      + #""model-metadata":\#(metadata(predictions.map(\.5), "no"))}"#
  }

  /// A folder with the manifest.
  private static func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(manifest + "\n", to: "test.manifest")
    return folder
  }

  private func json(_ run: Run) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any], "\(run.errors)")
  }

  private func aggregated(_ run: Run) throws -> [String: Any] {
    try #require(try json(run)["AggregatedEvaluationResults"] as? [String: Any])
  }

  @Test func figuresOfCOCOFilesAreThoseOfPycocotools() async throws {
    let folder = try Folder()
    let expected = try String(
      contentsOf: Self.fixtures.appending(path: "expected.txt"), encoding: .utf8)
    let line = try #require(expected.split(separator: "\n").first { $0.hasPrefix("set 2label 1 ") })
    let numbers = line.split(separator: " ").suffix(4).compactMap { Double($0) }
    let run = try await Run(
      folder,
      ["evaluate", Self.fixtures.appending(path: "2label-instances.json").path()]
        + ["--predictions", Self.fixtures.appending(path: "2label-results.json").path(), "--json"])
    #expect(run.code == 0, "\(run.errors)")
    let figures = try aggregated(run)
    for (name, value) in zip(["AP50:95", "AP50", "AP75", "AR50:95"], numbers) {
      #expect(abs((figures[name] as? Double ?? .nan) - value) < 1e-9, "\(name)")
    }
  }

  @Test func anAttributeIsComparedWithTheTruth() async throws {
    let folder = try Self.folder()
    let run = try await Run(folder, ["evaluate", "test.manifest", "--json"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("1 image that nobody looked at is left out"))
    let figures = try aggregated(run)
    // Cats at 0.9: one right, none wrong, one missed. Of dogs nothing is ever found.
    #expect(figures["TruePositives"] as? Int == 1)
    #expect(figures["FalsePositives"] as? Int == 0)
    #expect(figures["FalseNegatives"] as? Int == 2)
    #expect(figures["Precision"] as? Double == 0.5)
    #expect(figures["Recall"] as? Double == 0.25)
    let details = try #require(try json(run)["EvaluationDetails"] as? [String: Any])
    #expect(details["NumberOfTestingImages"] as? Int == 3)
    #expect(details["Labels"] as? [String] == ["cat", "dog"])
    #expect(details["Truth"] as? String == "bounding-box")
    #expect(details["Predictions"] as? String == "model")
    let labels = try #require(try json(run)["LabelEvaluationResults"] as? [[String: Any]])
    #expect(labels.map { $0["Label"] as? String } == ["cat", "dog"])
    #expect(labels.map { $0["NumberOfTestingImages"] as? Int } == [2, 1])
    let metrics = try #require(labels[0]["Metrics"] as? [String: Any])
    #expect(metrics["Threshold"] as? Double == 0.9)
  }

  @Test func aThresholdAndAnIoUCanBeChosen() async throws {
    let folder = try Self.folder()
    let run = try await Run(
      folder,
      ["evaluate", "test.manifest", "--predictions", "model", "--threshold", "0", "--json"])
    let figures = try aggregated(run)
    #expect(figures["FalsePositives"] as? Int == 2)
    let errors = try #require(figures["Errors"] as? [String: Int])
    #expect(errors["Duplicate"] == 1)
    #expect(errors["Class"] == 1)
    #expect(errors["Missed"] == 1)
    let cells = try #require(figures["ConfusionMatrix"] as? [[String: Any]])
    #expect(
      cells.contains {
        $0["GroundTruthLabel"] as? String == "dog" && $0["PredictedLabel"] as? String == "cat"
          && $0["Count"] as? Int == 1 && $0["Value"] as? Double == 1
      })
    let strict = try await Run(
      folder, ["evaluate", "test.manifest", "--threshold", "0.75", "--iou", "1", "--json"])
    #expect(try aggregated(strict)["TruePositives"] as? Int == 1)
  }

  @Test func theTableIsForPeople() async throws {
    let folder = try Self.folder()
    let run = try await Run(folder, ["evaluate", "test.manifest", "--threshold", "0.1"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(
      run.text.hasPrefix(
        "test.manifest: 3 images, 3 boxes of “bounding-box”, 3 predicted by “model”\n"))
    let rows = run.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let cat = try #require(rows.first { $0.first == "cat" })
    #expect(cat[1...4] == ["2", "1", "2", "1"])
    #expect(cat[5] == "0.333")
    #expect(run.text.contains("\ndog taken for cat  1\n"))
  }

  @Test func tooLowAnF1EndsWithOne() async throws {
    let folder = try Self.folder()
    let low = try await Run(folder, ["evaluate", "test.manifest", "--min-f1", "0.5"])
    #expect(low.code == 1)
    #expect(low.errors.contains("F1 is 0.333, below 0.5"))
    #expect(low.text.contains("cat"))
    #expect(try await Run(folder, ["evaluate", "test.manifest", "--min-f1", "0.3"]).code == 0)
  }

  @Test func theNextRunSaysWhatChanged() async throws {
    let folder = try Self.folder()
    let first = try await Run(folder, ["evaluate", "test.manifest"])
    #expect(!first.text.contains("the change since"))
    try folder.write(
      Self.manifest.replacing(#""class_id":0,"left":200"#, with: #""class_id":1,"left":200"#)
        + "\n", to: "test.manifest")
    let second = try await Run(folder, ["evaluate", "test.manifest"])
    #expect(second.text.contains("F1 0.833 (+0.500)"))
    #expect(second.text.contains("the change since the run of 2"))
    // Another IoU is another measure.
    let other = try await Run(folder, ["evaluate", "test.manifest", "--iou", "0.6"])
    #expect(!other.text.contains("the change since"))
    let third = try await Run(folder, ["evaluate", "test.manifest", "--json"])
    let change = try #require(try json(third)["ChangeSinceLastRun"] as? [String: Any])
    #expect(change["F1Score"] as? Double == 0)
    // Nothing is left beside the manifest.
    #expect(try folder.names(in: ".") == ["home", "test.manifest"])
  }

  @Test func aBrokenMemoryIsNoHindrance() async throws {
    let folder = try Self.folder()
    _ = try await Run(folder, ["evaluate", "test.manifest"])
    let state = "home/.local/state/reticle"
    let files = try folder.names(in: state).filter { $0.hasSuffix("-evaluation.json") }
    let file = try #require(files.first)
    for text in ["", "{", #"{"evaluation":1}"#, String(repeating: "x", count: 100_000)] {
      try folder.write(text, to: "\(state)/\(file)")
      #expect(try await Run(folder, ["evaluate", "test.manifest"]).code == 0)
    }
  }

  @Test func aSnapshotSaysOfEachBoxWhatBecameOfIt() async throws {
    let folder = try Self.folder()
    let run = try await Run(
      folder, ["evaluate", "test.manifest", "--snapshot", "snapshot.manifest", "--json"])
    #expect(run.code == 0, "\(run.errors)")
    let lines = try folder.text(of: "snapshot.manifest").split(separator: "\n")
    #expect(lines.count == 3)
    var (present, rows): (Int, [[String: Any]]) = (0, [])
    for line in lines {
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let metadata = try #require(
        object["rekognition-custom-labels-evaluation-metadata"] as? [String: Any])
      for item in try #require(metadata["objects"] as? [[String: Any]]) {
        let details = try #require(
          item["rekognition-custom-labels-evaluation-details"] as? [String: Any])
        if details["is-present-in-ground-truth"] as? Bool == true { present += 1 }
        rows.append(details)
      }
      #expect(object["rekognition-custom-labels-training-0-metadata"] != nil)
    }
    // Two of the three predictions are below the cats' threshold; three truths, one found.
    #expect(present == 3)
    #expect(rows.count { $0["is-true-positive"] as? Bool == true } == 1)
    #expect(rows.count { $0["is-false-negative"] as? Bool == true } == 2)
    #expect(rows.count { $0["is-true-negative"] as? Bool == true } == 2)
    let again = try await Run(
      folder,
      ["evaluate", "snapshot.manifest", "--truth", "rekognition-custom-labels-training"]
        + ["--predictions", "rekognition-custom-labels-evaluation", "--json"])
    #expect(again.code == 0, "\(again.errors)")
    let (before, after) = (try aggregated(run), try aggregated(again))
    #expect(before as NSDictionary == after as NSDictionary)
    let refused = try await Run(
      folder, ["evaluate", "test.manifest", "--snapshot", "snapshot.manifest"])
    #expect(refused.code == 73)
  }

  @Test func predictionsComeFromFilesInOtherFormats() async throws {
    let folder = try Self.folder()
    // Answers of DetectCustomLabels in shares of an image that isn't there: the truth has its size.
    try folder.write(
      #"{"CustomLabels":[{"Name":"cat","Confidence":90,"Geometry":{"BoundingBox":"#
        + #"{"Left":0.015625,"Top":0.0208333333,"Width":0.078125,"Height":0.1041666667}}}]}"#,
      to: "answers/a.jpg.json")
    let run = try await Run(
      folder, ["evaluate", "test.manifest", "--predictions", "answers", "--json"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(try aggregated(run)["TruePositives"] as? Int == 1)
    #expect(try aggregated(run)["FalseNegatives"] as? Int == 2)
  }

  @Test func labelsOfWholeImagesAreCompared() async throws {
    func pair(_ name: String, _ label: String, _ confidence: Double, human: String) -> String {
      #""\#(name)":1,"\#(name)-metadata":{"class-name":"\#(label)","confidence":\#(confidence),"#
        + #""type":"groundtruth/image-classification","human-annotated":"\#(human)","#
        + #""creation-date":"2024-01-01T00:00:00.000000","job-name":"labeling-job/x"}"#
    }
    func line(_ name: String, _ truth: String, _ predicted: [(String, Double)]) -> String {
      let parts =
        [pair("image-label_\(truth)", truth, 1, human: "yes")]
        + predicted.map { pair("model_\($0.0)", $0.0, $0.1, human: "no") }
      return #"{"source-ref":"\#(name)",\#(parts.joined(separator: ","))}"#
    }
    let folder = try Folder()
    let lines = [
      line("a.jpg", "cat", [("cat", 0.9), ("dog", 0.1)]), line("b.jpg", "dog", [("dog", 0.8)]),
      line("c.jpg", "dog", [("cat", 0.6)]), line("d.jpg", "cat", []),
    ]
    try folder.write(lines.joined(separator: "\n"), to: "whole.manifest")
    let run = try await Run(
      folder, ["evaluate", "whole.manifest", "--snapshot", "snapshot.manifest", "--json"])
    #expect(run.code == 0, "\(run.errors)")
    let figures = try aggregated(run)
    #expect(figures["Top1Accuracy"] as? Double == 0.5)
    #expect(figures["AveragePrecision"] == nil)
    let cells = try #require(figures["ConfusionMatrix"] as? [[String: Any]])
    #expect(cells.count == 4)
    #expect(cells.allSatisfy { $0["Value"] as? Double == 0.5 })
    let table = try await Run(folder, ["evaluate", "whole.manifest"])
    #expect(table.text.contains("top-1 0.500 (0.150–0.850): 2 of 4"))
    let again = try await Run(
      folder,
      ["evaluate", "snapshot.manifest", "--truth", "rekognition-custom-labels-training"]
        + ["--predictions", "rekognition-custom-labels-evaluation", "--json"])
    #expect(again.code == 0, "\(again.errors)")
    let after = try aggregated(again)
    #expect(figures as NSDictionary == after as NSDictionary)
  }

  @Test func aSummaryFileStandsBeside() async throws {
    let folder = try Self.folder()
    let label = #""Metrics":{"F1Score":0.75,"Precision":0.6,"Recall":1,"Threshold":0.25}"#
    let labels = #""LabelEvaluationResults":[{"Label":"cat",\#(label),"NumberOfTestingImages":2}]"#
    let figures = #"{"F1Score":0.7,"Precision":0.6,"Recall":0.9}"#
    // Both forms that the guide gives.
    for whole in [figures, #"{"Metrics":\#(figures)}"#] {
      try folder.write(
        #"{"Version":1,"AggregatedEvaluationResults":\#(whole),\#(labels)}"#, to: "aws.json")
      let run = try await Run(folder, ["evaluate", "test.manifest", "--summary", "aws.json"])
      #expect(run.code == 0, "\(run.errors)")
      let rows = run.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(rows.contains { $0.starts(with: ["all", "labels", "0.333", "0.700"]) })
      #expect(rows.contains { $0.starts(with: ["cat", "0.667", "0.750"]) })
      #expect(rows.contains { $0.starts(with: ["dog", "0.000", "–"]) })
    }
    try folder.write("{}", to: "aws.json")
    let wrong = try await Run(folder, ["evaluate", "test.manifest", "--summary", "aws.json"])
    #expect(wrong.code == 65)
    #expect(wrong.errors.contains("AggregatedEvaluationResults"))
  }

  @Test(arguments: [
    (["nothing.manifest"], 66, "no such file or folder"),
    (["test.manifest", "--predictions", "nothing"], 66, "its attributes are bounding-box, model"),
    (["test.manifest", "--truth", "nothing"], 65, "has no attribute nothing"),
    (["test.manifest", "--iou", "0"], 64, "--iou is above 0"),
    (["test.manifest", "--iou", "nan"], 64, "--iou is above 0"),
    (["test.manifest", "--min-f1", "80"], 64, "--min-f1 is 0 to 1"),
    (["bare.manifest"], 64, "which predictions?"),
    (["broken.manifest"], 65, "nobody looked at any image"),
    (["test.manifest", "--snapshot", "no/such/folder.manifest"], 73, "could not be written"),
  ])
  func mistakesAreSaid(arguments: [String], code: Int32, message: String) async throws {
    let folder = try Self.folder()
    try folder.write(
      Self.manifest.replacing("\"human-annotated\":\"no\"", with: "\"human-annotated\":\"yes\""),
      to: "bare.manifest")
    try folder.write(#"{"source-ref":"a.jpg"}"# + "\n{\n", to: "broken.manifest")
    let run = try await Run(folder, ["evaluate"] + arguments)
    #expect(run.code == code, "\(run.errors)")
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.text.isEmpty)
  }

  @Test func namesAreMadeHarmless() async throws {
    let folder = try Folder()
    try folder.write(
      Self.manifest.replacing(#""cat""#, with: #""c\u001b[2Jt""#) + "\n", to: "test.manifest")
    let run = try await Run(folder, ["evaluate", "test.manifest"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(!run.output.contains(0x1B))
    #expect(run.text.contains("[2Jt"))
  }
}
