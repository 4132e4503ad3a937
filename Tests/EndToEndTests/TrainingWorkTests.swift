import Cells
import Foundation
import Glibc
import TestSupport
import Testing

/// The loop in one sitting: label, train beside it, correct what the model predicts, train again.
@Suite(.onTerminal) struct TrainingWorkTests {
  /// Starts labelling photos that are to go to S3, and waits for the first.
  private func sit(
    _ folder: Folder, engine: [String: String] = [:], sees text: String = "128×96",
    file: String = #fileID, line: Int = #line
  ) async throws -> Sitting {
    let sitting = try Sitting(
      folder,
      [
        "label", "photos", "--labels", "cat,dog", "--s3-prefix", "s3://bucket/photos/",
        "--images", "photos",
      ], size: CellSize(columns: 120, rows: 30),
      environment: engine.merging([
        "COLORTERM": "truecolor", "RETICLE_ENGINE": BuiltProduct.path("StubEngine"),
      ]) { $1 })
    try await sitting.see(text, file: file, line: line)
    return sitting
  }

  /// Draws a cat on the first photos.
  private func label(_ count: Int, in sitting: Sitting) async throws {
    for index in 0..<count {
      try await sitting.see(" \(index + 1)/")
      sitting.type("1wHK\r")
      try await sitting.see("▸1 cat")
      sitting.type("d")
    }
  }

  private func status(_ folder: Folder, _ version: String) throws -> String {
    let bytes = try folder.bytes(of: "photos/models/\(version)/status.json")
    let json = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    return json?["Status"] as? String ?? ""
  }

  @Test func `label, train, correct, train again, and every manifest is one for AWS`() async throws
  {
    let folder = try Folder()
    try folder.fillPhotos(6, width: 128, height: 96)
    let sitting = try await sit(folder)
    try await label(3, in: sitting)
    sitting.type(":train\r")
    try await sitting.see("v1 is ready: F1")
    #expect(try status(folder, "v1") == "TRAINING_COMPLETED")
    // Nothing changes until the person goes on.
    try await sitting.see(" 4/6")
    sitting.type("d")
    try await sitting.see("v1 predicts 3 images", "uncertainty")
    sitting.type(" ")
    try await sitting.seeSaved("2 left")
    sitting.type(" ")
    try await sitting.seeSaved("1 left")
    sitting.type(":train better\r")
    try await sitting.see("better is ready: F1")
    try await sitting.quit()
    let boxes = try folder.manifest().boxes
    #expect(boxes.count == 6)
    #expect(boxes.count { $0?.count == 1 } == 5)
    #expect(try status(folder, "better") == "TRAINING_COMPLETED")
    let job = try folder.text(of: "photos/models/better/job.json")
    #expect(job.contains("/photos/models/v1\""))
    let manifests =
      ["photos/output.manifest"]
      + ["v1", "better"].flatMap { version in
        ["training", "test", "snapshot"].map { "photos/models/\(version)/\($0).manifest" }
      }
    for manifest in manifests {
      let check = try await Run(folder, ["check", manifest, "--images", "photos"])
      #expect(check.code == 0, "\(check.text)")
    }
  }

  @Test func `who leaves is told, and the training goes on next time`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(4, width: 128, height: 96)
    let gate = ["STUB_GATE": folder("gate"), "STUB_GATE_STEP": "3"]
    let sitting = try await sit(folder, engine: gate)
    try await label(3, in: sitting)
    sitting.type(":train\r")
    try await sitting.see("v1 54 %", "3/5")
    sitting.type("q")
    try await sitting.see("v1 trains; leaving stops it at a checkpoint")
    sitting.type("q")
    try await sitting.expectEnd()
    #expect(sitting.terminal.screen.text.contains("v1 stopped at a checkpoint"))
    #expect(try status(folder, "v1") == "TRAINING_IN_PROGRESS")
    let again = try await sit(folder)
    again.type(":train\r")
    try await again.see("v1 is ready: F1")
    try await again.quit()
    #expect(try folder.text(of: "photos/models/v1/checkpoint.log") == "from 3\n")
    #expect(try folder.names(in: "photos/models") == ["v1"])
  }

  @Test func `a killed engine is named, and the work goes on`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(4, width: 128, height: 96)
    let sitting = try await sit(folder, engine: ["STUB_CRASH_AT": "2"])
    try await label(2, in: sitting)
    sitting.type(":train\r")
    try await sitting.see("the engine was killed (signal 9)")
    sitting.type("1wHK\r")
    try await sitting.seeSaved("▸1/1 cat")
    try await sitting.quit()
    #expect(try status(folder, "v1") == "TRAINING_FAILED")
    #expect(try folder.manifest().boxes.compactMap { $0?.count } == [1, 1, 1])
  }

  @Test func `killed itself while it trains, nothing labelled is lost`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(4, width: 128, height: 96)
    let sitting = try await sit(folder, engine: ["STUB_GATE": folder("gate")])
    try await label(3, in: sitting)
    sitting.type(":train\r")
    try await sitting.seeSaved("v1", "1/5")
    sitting.terminal.kill(SIGKILL)
    _ = try await sitting.terminal.waitForExit()
    let again = try await sit(folder, sees: "/4 ")
    again.type(":q\r")
    try await again.expectEnd()
    #expect(try folder.manifest().boxes.compactMap { $0?.count } == [1, 1, 1])
    try await eventually("trained") {
      let run = try await Run(
        folder, ["train", "photos"],
        environment: ["RETICLE_ENGINE": BuiltProduct.path("StubEngine")])
      return run.code == 0
    }
    #expect(try folder.names(in: "photos/models") == ["v1"])
  }

  @Test func `the loop trains by itself`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(6, width: 128, height: 96)
    let sitting = try await sit(folder)
    sitting.type(":loop 2\r")
    try await sitting.see("training by itself after every 2 images")
    try await label(1, in: sitting)
    try await sitting.see(" 2/")
    sitting.type("1wHK\r")
    try await sitting.see("v1 is ready: not tested")
    sitting.type("d")
    try await sitting.see("v1 predicts")
    sitting.type(" ")
    try await sitting.see("3 left")
    sitting.type(" ")
    try await sitting.see("v2 is ready: F1")
    try await sitting.quit()
  }

  @Test func `without an engine it says what to do`() async throws {
    let folder = try Folder()
    try folder.fillPhotos(2, width: 128, height: 96)
    let sitting = try Sitting(
      folder, ["label", "photos", "--labels", "cat"], size: CellSize(columns: 120, rows: 30),
      environment: ["RETICLE_ENGINE": "/no/engine"])
    try await sitting.see("128×96")
    sitting.type(":train\r")
    try await sitting.see("RETICLE_ENGINE names /no/engine")
    try await sitting.quit()
    #expect(!folder.has("photos/reticle.toml"))
  }
}
