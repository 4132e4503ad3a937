import Evaluation
import Foundation
import GroundTruth
import TestSupport
import Testing

@testable import Training

/// The program that trains and answers, as it is run.
@Suite(.serialized, .enabled(if: EngineRun.isBuilt, "libtorch isn't installed"))
struct EngineTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func job(_ train: [TrainingImage], steps: Int) -> TrainingJob {
    TrainingJob(
      task: .detection, labels: ShapeImages.labels, seed: 4, steps: steps, train: train)
  }

  /// What a model answers about images.
  private func scores(_ model: String, _ images: [TrainingImage]) async throws -> Scoreboard {
    let requests = images.enumerated().map { index, image in
      #"{"id":"\#(index)","path":"\#(image.path)","width":160,"height":128}"# + "\n"
    }
    let result = try await EngineRun.run(["detect", model], input: requests.joined())
    #expect(result.code == 0)
    let answers = result.lines.dropFirst()
    #expect(answers.count == images.count)
    let scores = try answers.map { answer in
      let image = images[try #require(answer["id"]?.string.flatMap { Int($0) })]
      let found = try (answer["CustomLabels"]?.elements ?? []).map { label in
        let box = try #require(label["Geometry"]?["BoundingBox"])
        let sides = ["Left", "Top", "Width", "Height"].compactMap { box[$0]?.double }
        #expect(sides.allSatisfy { (0...1).contains($0) })
        let name = label["Name"]?.string ?? ""
        return PredictedBox(
          Rectangle(
            left: sides[0] * 160, top: sides[1] * 128, width: sides[2] * 160,
            height: sides[3] * 128),
          label: try #require(ShapeImages.labels.firstIndex(of: name)),
          confidence: (label["Confidence"]?.double ?? 0) / 100)
      }
      return ImageScore(truths: image.boxes, predictions: found)
    }
    return Scoreboard(labels: ShapeImages.labels, scores: scores)
  }

  @Test func learnsShapesFromFortyImages() async throws {
    let images = try ShapeImages.draw(40, in: folder.path, seed: 11)
    let model = try folder.model("shapes", job(images, steps: 240).json)
    let result = try await EngineRun.run(["train", model])
    #expect(result.code == 0)
    #expect(result.last("finished")?["steps"]?.integer == 240)
    let fresh = try ShapeImages.draw(20, in: folder.path, seed: 12)
    let precision = try #require(try await scores(model, fresh).overall.ap50)
    #expect(precision >= 0.5, "mean average precision \(precision)")
    let description = try ModelDescription(
      parsing: folder.bytes("\(model)/model.json"), path: "model.json")
    #expect(description.heldOut.count == 8)
    #expect(description.thresholds.values.allSatisfy { (0...1).contains($0) })
    #expect(!FileManager.default.fileExists(atPath: "\(model)/checkpoint.weights"))
  }

  @Test func imagesThatAreGivenAgainAndAgainAreNoHindrance() async throws {
    let images = try ShapeImages.draw(2, in: folder.path, seed: 31)
    let again = Array(repeating: images, count: 60).flatMap { $0 }
    let model = try folder.model("again", job(again, steps: 1).json)
    let result = try await EngineRun.run(["train", model])
    #expect(result.code == 0, "\(result.messages)")
  }

  @Test func goesOnWhereItWasKilledAndGivesTheSameModel() async throws {
    let images = try ShapeImages.draw(9, in: folder.path, seed: 21)
    let job = job(images, steps: 40).json
    let whole = try folder.model("whole", job)
    #expect(try await EngineRun.run(["train", whole]).code == 0)
    let torn = try folder.model("torn", job)
    // A request to end leaves a checkpoint, the later kill none of its own.
    let asked = try await EngineRun.run(["train", torn], signal: (SIGTERM, 5))
    #expect(asked.code == 75)
    let killed = try await EngineRun.run(["train", torn], signal: (SIGKILL, 1))
    #expect(killed.code == 128 + SIGKILL)
    let rest = try await EngineRun.run(["train", torn])
    #expect(rest.code == 0)
    #expect(rest.lines.compactMap { $0["step"]?.integer }.min() ?? 0 > 5)
    let (first, second) = (
      try folder.bytes("\(whole)/model.pt"), try folder.bytes("\(torn)/model.pt")
    )
    #expect(first == second)
  }

  @Test func goesOnFromAnEarlierModel() async throws {
    let images = try ShapeImages.draw(14, in: folder.path, seed: 31)
    let first = try folder.model("first", job(Array(images.prefix(10)), steps: 30).json)
    #expect(try await EngineRun.run(["train", first]).code == 0)
    var next = job(images, steps: 12)
    next.warmStart = first
    next.labels = ["square", "circle", "triangle", "star"]
    let second = try folder.model("second", next.json)
    let result = try await EngineRun.run(["train", second])
    #expect(result.code == 0)
    let description = try ModelDescription(
      parsing: folder.bytes("\(second)/model.json"), path: "model.json")
    #expect(description.labels == next.labels)
    // Only images that the first model never saw can judge.
    #expect(Set(description.heldOut).isSubset(of: Set(images.suffix(4).map(\.path))))
  }

  @Test(arguments: [ModelTask.classification, .multiLabel])
  func namesWholeImages(task: ModelTask) async throws {
    let images = try ShapeImages.draw(24, in: folder.path, seed: 41).map { image in
      var image = image
      if task == .multiLabel { image.labels = Set(image.boxes.map(\.label)).sorted() }
      image.boxes = []
      return image
    }
    let job = TrainingJob(task: task, labels: ShapeImages.labels, steps: 3, train: images)
    let model = try folder.model("names", job.json)
    let result = try await EngineRun.run(["train", model])
    #expect(result.code == 0, "\(result.messages)")
    let request = #"{"id":"x","path":"\#(images[0].path)","width":160,"height":128}"#
    let answer = try #require(
      try await EngineRun.run(["detect", model], input: request + "\n").lines.last)
    let labels = try #require(answer["CustomLabels"]?.elements)
    #expect(Set(labels.compactMap { $0["Name"]?.string }) == Set(ShapeImages.labels))
    #expect(labels.allSatisfy { $0["Geometry"] == nil })
    let sure = labels.compactMap { $0["Confidence"]?.double }
    #expect(sure == sure.sorted(by: >) && sure.allSatisfy { (0...100).contains($0) })
  }
}
