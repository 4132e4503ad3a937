import Cells
import Glibc
import TestSupport
import Testing

/// The models' screen of the built program, with a script in the place of the engine.
@Suite("Models on a terminal", .onTerminal)
struct ModelsScreenTests {
  /// Answers each line with one box, and ends with its input.
  private static let engine = """
    #!/bin/sh
    [ "$1" = detect ] || exit 64
    exec sed -u 's/.*"id" *: *"\\([0-9]*\\)".*/{"id":"\\1","CustomLabels":[{"Name":"cat",\
    "Confidence":97.12,"Geometry":{"BoundingBox":{"Left":0.25,"Top":0.25,"Width":0.5,\
    "Height":0.5}}},{"Name":"dog","Confidence":31.5}]}/'

    """

  /// Two photos, a manifest of them, and a version that is trained.
  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.fillPhotos(2)
    try folder.write(
      "{\"source-ref\":\"a.png\"}\n{\"source-ref\":\"b.png\"}\n", to: "photos/output.manifest")
    try folder.write(
      """
      {"Status":"TRAINING_COMPLETED","StatusMessage":"","CreationTimestamp":"2026-09-20T10:00:00",\
      "F1":0.8125,"AP50":0.75,"TrainingImages":40,"TestImages":10}
      """, to: "photos/models/v1/status.json")
    try folder.write(
      """
      {"version":1,"task":"detection","labels":["cat","dog"],"thresholds":{"cat":0.4,"dog":0.4},\
      "warnings":["cats are small"]}
      """, to: "photos/models/v1/model.json")
    try folder.write(Self.engine, to: "engine")
    chmod(folder("engine"), 0o755)
    return folder
  }

  private func sitting(_ folder: Folder, engine: String) throws -> Sitting {
    try Sitting(
      folder, "label", "photos", size: CellSize(columns: 120, rows: 36),
      environment: ["COLORTERM": "truecolor", "RETICLE_ENGINE": engine])
  }

  @Test("a version is listed, started, asked about images of the queue and others, and stopped")
  func tests() async throws {
    let folder = try folder()
    let sitting = try sitting(folder, engine: folder("engine"))
    try await sitting.see("64×48")
    sitting.type("gm")
    try await sitting.see("photos/v1", "TRAINING_COMPLETED", "0.813")
    try await sitting.see("cats are small")
    sitting.type("\r")
    try await sitting.see("RUNNING", "97.1 %", "a.png — photos/v1")
    sitting.type("[[[[[[")
    try await sitting.see("31.5 %")
    sitting.type("d")
    try await sitting.see("b.png — photos/v1", "97.1 %")
    sitting.type("\t\t")
    try await sitting.see("\"CustomLabels\": [")
    sitting.type(":test photos/a.png\r")
    try await sitting.see("a.png — photos/v1", "97.1 %")
    sitting.type("x")
    try await sitting.see("STOPPED")
    try await sitting.quit()
  }

  @Test("a version is removed only when that is meant")
  func removes() async throws {
    let folder = try folder()
    let sitting = try sitting(folder, engine: folder("engine"))
    try await sitting.see("64×48")
    sitting.type("gm")
    try await sitting.see("photos/v1", "TRAINING_COMPLETED")
    sitting.type("Xn")
    try await sitting.see("nothing was changed")
    #expect(folder.has("photos/models/v1/model.json"))
    sitting.type("X")
    try await sitting.see("Remove photos/v1")
    sitting.type("y")
    try await sitting.see("no models yet")
    #expect(!folder.has("photos/models/v1"))
    try await sitting.quit()
  }

  @Test("without an engine, and with one that falls over, it says what to do")
  func troubles() async throws {
    let folder = try folder()
    try folder.write("#!/bin/sh\nread line\nexit 3\n", to: "broken")
    chmod(folder("broken"), 0o755)
    for (engine, words) in [
      (folder("none"), "RETICLE_ENGINE names"), (folder("broken"), "r tries"),
    ] {
      let sitting = try sitting(folder, engine: engine)
      try await sitting.see("64×48")
      sitting.type("gm")
      try await sitting.see("TRAINING_COMPLETED")
      sitting.type("\r")
      try await sitting.see(words)
      try await sitting.quit()
    }
  }

  @Test("a version on AWS is started for money only when that is meant, asked, and stopped")
  func service() async throws {
    let folder = try folder()
    let stub = try StubService(folder)
    let project = "arn:aws:rekognition:us-east-1:111122223333:project/cells"
    try folder.write(
      """
      name = "photos"
      training = "output.manifest"

      [aws]
      project-arn = "\(project)/1690000000000"
      """, to: "photos/reticle.toml")
    func version(_ status: String) -> String {
      """
      {"ProjectVersionDescriptions":[{"ProjectVersionArn":"\(project)/version/v1/1690000000001",\
      "CreationTimestamp":"2026-09-20T10:00:00Z","Status":"\(status)","StatusMessage":"",\
      "EvaluationResult":{"F1Score":0.847}}]}
      """
    }
    try stub.answer("describe-project-versions.1", version("STOPPED"))
    try stub.answer("describe-project-versions.2", version("STOPPED"))
    try stub.answer("describe-project-versions.3", version("RUNNING"))
    try stub.answer("describe-project-versions", version("STOPPED"))
    try stub.answer(
      "detect-custom-labels",
      #"{"CustomLabels":[{"Name":"cat","Confidence":88.25}]}"#)
    let sitting = try Sitting(
      folder, "label", "photos", size: CellSize(columns: 120, rows: 36),
      environment: stub.environment.merging(
        ["COLORTERM": "truecolor", "RETICLE_ENGINE": folder("engine")]
      ) { first, _ in first })
    try await sitting.see("64×48")
    sitting.type("gm")
    try await sitting.see("photos/v1", "cells/v1@aws", "0.847")
    sitting.type("G\r")
    try await sitting.see("Minimum inference units")
    sitting.type("\r")
    try await sitting.see("Enter starts it")
    #expect(try !stub.operations.contains("start-project-version"))
    sitting.type("\r")
    try await sitting.see("RUNNING", "88.3 %", "whole image")
    let start = try #require(try stub.operations.firstIndex(of: "start-project-version"))
    #expect(try stub.request(start + 1).contains(#""MinInferenceUnits":1"#))
    sitting.type("x")
    try await sitting.see("STOPPED")
    #expect(try stub.operations.contains("stop-project-version"))
    try await sitting.quit()
  }
}
