import Evaluation
import Foundation
import GroundTruth
import TestSupport
import Testing
import Training

/// Files and requests that harm nothing, each answered with what to do.
@Suite(.serialized, .enabled(if: EngineRun.isBuilt, "libtorch isn't installed"))
struct HostileEngineTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// A model whose weights are as given.
  private func model(weights: [UInt8], task: ModelTask = .detection) throws -> String {
    let description = ModelDescription(task: task, labels: ["a"], canvas: 96)
    let path = try folder.model("model", [])
    try Data(description.json).write(to: URL(filePath: "\(path)/model.json"))
    try Data(weights).write(to: URL(filePath: "\(path)/model.pt"))
    return path
  }

  @Test(arguments: [
    "", "{}", "[1,2", #"{"version":1,"task":"detection","labels":["a"],"train":[]}"#,
  ])
  func wrongJobsFailWithAMessage(text: String) async throws {
    let result = try await EngineRun.run(["train", folder.model("job", Array(text.utf8))])
    #expect(result.code == 65)
    let message = try #require(result.last("failed")?["message"]?.string)
    #expect(message.contains("job.json"))
  }

  @Test func aMissingJobIsNamed() async throws {
    let result = try await EngineRun.run(["train", "\(folder.path)/nowhere"])
    #expect(result.code == 65)
    #expect(result.last("failed")?["message"]?.string?.contains("nowhere/job.json") == true)
  }

  @Test func imagesThatAreNoneAreNamed() async throws {
    try Data("no image".utf8).write(to: URL(filePath: "\(folder.path)/a.png"))
    let images = ["a.png", "missing.jpg"].map { name in
      TrainingImage(
        path: "\(folder.path)/\(name)", width: 100, height: 100,
        boxes: [TruthBox(Rectangle(left: 0, top: 0, width: 50, height: 50), label: 0)])
    }
    let job = TrainingJob(task: .detection, labels: ["a"], train: images)
    let result = try await EngineRun.run(["train", folder.model("job", job.json)])
    #expect(result.code == 65)
    let message = result.last("failed")?["message"]?.string ?? ""
    #expect(message.contains("2 of 2") && message.contains("a.png"))
  }

  @Test func aDamagedCheckpointIsNoCheckpoint() async throws {
    let images = try ShapeImages.draw(3, in: folder.path, seed: 51)
    let job = TrainingJob(
      task: .detection, labels: ShapeImages.labels, steps: 2, train: images)
    let path = try folder.model("job", job.json)
    try Data(Array(repeating: 0x52, count: 5_000)).write(
      to: URL(filePath: "\(path)/checkpoint.weights"))
    #expect(try await EngineRun.run(["train", path]).code == 0)
  }

  /// What stands in the place of weights.
  enum Weights: CaseIterable {
    case nothing, noise, ofAnotherNetwork, zipped

    func bytes(_ random: inout SeededGenerator) -> [UInt8] {
      let noise = (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &random) }
      var file = SectionFile()
      file.set("network", [1, 2, 3])
      return switch self {
      case .nothing: []
      case .noise: noise
      case .ofAnotherNetwork: file.bytes
      case .zipped: Array("PK\u{3}\u{4}".utf8) + noise
      }
    }
  }

  @Test(
    arguments: zip(
      Weights.allCases, [ModelTask.detection, .classification, .detection, .torchScript]))
  func wrongWeightsAreNamed(weights: Weights, task: ModelTask) async throws {
    var random = SeededGenerator(for: "weights of no model")
    let path = try model(weights: weights.bytes(&random), task: task)
    let result = try await EngineRun.run(["detect", path])
    #expect(result.code == 65)
    #expect(result.messages.contains("model.pt"))
  }

  @Test func wrongRequestsAreAnsweredAndTheRestGoesOn() async throws {
    let images = try ShapeImages.draw(3, in: folder.path, seed: 61)
    let job = TrainingJob(
      task: .detection, labels: ShapeImages.labels, steps: 2, train: images)
    let path = try folder.model("job", job.json)
    #expect(try await EngineRun.run(["train", path]).code == 0)
    let requests = [
      "nonsense", "{}", String(repeating: "x", count: 3_000_000),
      #"{"id":"1","path":"/missing.png","width":10,"height":10}"#,
      #"{"id":"2","path":"\#(folder.path)","width":10,"height":10}"#,
      #"{"id":"3","path":"\#(images[0].path)","width":-1,"height":1e300}"#, "",
      #"{"id":"4","path":"\#(images[0].path)","width":160,"height":128}"#,
    ]
    let result = try await EngineRun.run(
      ["detect", path], input: requests.joined(separator: "\n") + "\n")
    #expect(result.code == 0)
    let answers = Dictionary(
      uniqueKeysWithValues: result.lines.compactMap { line in
        line["id"]?.string.map { ($0, line) }
      })
    #expect(answers["1"]?["error"]?.string?.contains("missing.png") == true)
    #expect(answers["2"]?["error"]?.string?.contains("folder") == true)
    #expect(answers["3"] != nil)
    #expect(answers["4"]?["CustomLabels"]?.elements != nil)
  }
}
