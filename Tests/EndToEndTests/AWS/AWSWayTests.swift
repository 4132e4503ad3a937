import Foundation
import TestSupport
import Testing

/// The verbs' whole ways with the real `aws`, against a service that holds every request against
/// botocore's model.
@Suite(
  .onTerminal,
  .enabled(
    if: ServiceServer.isPossible,
    "RETICLE_S3_PROGRAMS names no folder with aws, moto_server and python3: see MotoTests.swift"))
struct AWSWayTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func run(_ server: ServiceServer, _ arguments: String...) async throws -> Run {
    try await Run(
      folder, ["aws"] + arguments + ["--project", "cells", "--interval", "0.05"],
      environment: server.environment)
  }

  /// A manifest of images here, the last of which AWS finds fault with.
  private func fill(_ names: [String]) throws {
    let lines = try names.enumerated().map { index, name in
      try folder.write(PNG.gradient(width: 128, height: 96), to: "photos/\(name)")
      let box = WrittenBox(index % 2 == 0 ? "cat" : "dog", 1, 2, 30, 40)
      return Sample.line("photos/\(name)", boxes: [box])
        .replacing(#""width":64,"height":48"#, with: #""width":128,"height":96"#)
    }
    try folder.write(lines.map { $0 + "\n" }.joined(), to: "m.manifest")
  }

  private let place = ["--s3-prefix", "s3://bucket/p/", "--images", "photos"]

  @Test func `push, train, start, stop and pull go their way, and every request is valid`()
    async throws
  {
    let names = (0..<9).map { "im \($0)é.png" } + ["-rf $(x) ;bad.png"]
    try fill(names)
    let server = try await ServiceServer(folder)
    try await server.moto.aws("s3api", "create-bucket", "--bucket=bucket")
    try server.refuse([
      "CreateDataset": ["ThrottlingException", "InternalServerError"],
      "ListDatasetEntries": ["ProvisionedThroughputExceededException"],
    ])

    let pushed = try await run(server, "push", "m.manifest", place[0], place[1], place[2], place[3])
    #expect(pushed.code == 0, "\(pushed.errors)")
    #expect(pushed.errors.contains("sending 10 images"))
    #expect(pushed.errors.contains("project cells is made"))
    #expect(pushed.errors.contains("AWS is busy (ThrottlingException); trying again"))
    #expect(pushed.errors.contains("training dataset: 10 images, 10 labelled, 2 labels"))
    #expect(pushed.errors.contains("AWS says ERROR_INVALID_IMAGE_DIMENSION"))
    #expect(pushed.errors.contains("(line 10)"))
    #expect(pushed.errors.contains("AWS moved 2 of 10 images to the test dataset"))

    // Again: nothing is sent twice. One box other than there: its line alone goes.
    let again = try await run(server, "push", "m.manifest", place[0], place[1], place[2], place[3])
    #expect(again.errors.contains("all images are on S3 already"), "\(again.errors)")
    #expect(again.errors.contains("training dataset: all 8 lines are as they are there"))
    #expect(again.errors.contains("test dataset: all 2 lines are as they are there"))
    let text = try folder.text(of: "m.manifest")
    let edited = text.split(separator: "\n").enumerated().map { index, line in
      index == 1 ? String(line).replacing(#""left":1"#, with: #""left":5"#) : String(line)
    }
    try folder.write(edited.map { $0 + "\n" }.joined(), to: "m.manifest")
    let changed = try await run(
      server, "push", "m.manifest", place[0], place[1], place[2], place[3])
    #expect(changed.errors.contains("training dataset: sending 1 lines"), "\(changed.errors)")

    let trained = try await run(
      server, "train", "--output", "s3://bucket/results/", "--yes", "--wait", "--tag", "team=a b",
      "--description", "First (try): 1")
    #expect(trained.code == 0, "\(trained.errors)")
    #expect(
      trained.text.contains("TRAINING_COMPLETED  0.847") && trained.text.contains("1 h 32 min"))
    let started = try await run(server, "start", "--name", "v1", "--yes", "--wait")
    #expect(started.code == 0, "\(started.errors)")
    let status = try await run(server, "status")
    #expect(status.text.contains("RUNNING") && status.errors.contains("costs by the hour"))
    let json = try await run(server, "status", "--json")
    #expect(json.text.split(separator: "\n").count == 1)
    #expect(try JSONSerialization.jsonObject(with: Data(json.output)) is [String: Any])
    let stopped = try await run(server, "stop", "--all", "--wait")
    #expect(stopped.errors.contains("v1: STOPPED"), "\(stopped.errors)")

    let before = try folder.text(of: "m.manifest")
    let pulled = try await run(server, "pull", "m.manifest", place[0], place[1], place[2], place[3])
    #expect(pulled.code == 1 && pulled.text.contains("(line 10)"), "\(pulled.errors)")
    #expect(try folder.text(of: "m.manifest") == before)
    let fresh = try await run(server, "pull", "fresh.manifest", "--dataset", "test")
    #expect(fresh.code == 0, "\(fresh.errors)")
    #expect(try folder.text(of: "fresh.manifest").split(separator: "\n").count == 2)
    let results = try await run(server, "pull", "--results", "v1", "-o", "results")
    #expect(results.code == 1 && results.text.contains("ERROR_INVALID_IMAGE"), "\(results.errors)")
    #expect(
      try folder.names(in: "results") == [
        "evaluation.json", "manifest_summary.json", "snapshot.manifest", "status.json",
        "training_manifest_with_validation.json",
      ])
    #expect(try folder.text(of: "results/status.json").contains(#""F1":0.847"#))
    try server.checkRequests()
    let asked = Set(try server.operations())
    #expect(asked.count == 11, "\(asked.sorted())")
  }

  @Test func `a test manifest makes the test dataset, and failures are told`() async throws {
    try fill((0..<6).map { "i\($0).png" })
    let lines = try folder.text(of: "m.manifest").split(separator: "\n")
    try folder.write(lines.prefix(4).map { $0 + "\n" }.joined(), to: "train.manifest")
    try folder.write(lines.suffix(2).map { $0 + "\n" }.joined(), to: "test.manifest")
    let server = try await ServiceServer(folder)
    let missing = try await run(
      server, "push", "train.manifest", place[0], place[1], place[2], place[3])
    #expect(
      missing.code != 0 && missing.errors.contains("there is no such bucket"), "\(missing.errors)")
    try await server.moto.aws("s3api", "create-bucket", "--bucket=bucket")
    let pushed = try await run(
      server, "push", "train.manifest", "--test", "test.manifest", place[0], place[1], place[2],
      place[3])
    #expect(pushed.code == 0, "\(pushed.errors)")
    #expect(pushed.errors.contains("test dataset: 2 images, 2 labelled, 2 labels"))
    #expect(try !server.operations().contains("DistributeDatasetEntries"))
    let failed = try await run(
      server, "train", "--name", "fails", "--output", "s3://bucket/r/", "-y", "--wait")
    #expect(failed.code == 65 && failed.errors.contains("TRAINING_FAILED"))
    #expect(failed.errors.contains("--results fails"))
    let results = try await run(server, "pull", "--results", "fails", "-o", "results")
    #expect(results.text.contains("AWS says ERROR_INVALID_IMAGE"), "\(results.errors)")
    let taken = try await run(
      server, "train", "--name", "fails", "--output", "s3://bucket/r/", "-y")
    #expect(taken.code == 65 && taken.errors.contains("choose another with --name"))
    try server.checkRequests()
  }

  @Test func `every model of Rekognition predicts, and every request is valid`() async throws {
    try fill(["a.png", "b.png"])
    let server = try await ServiceServer(folder)
    try server.refuse(["DetectLabels": ["ProvisionedThroughputExceededException"]])
    func predict(_ model: String, _ attribute: String) async throws -> Run {
      try await Run(
        folder,
        ["predict", "m.manifest", "--rekognition", model, "--attribute", attribute],
        environment: server.environment)
    }
    for (model, label) in [("labels", "Dog"), ("moderation", "Smoking"), ("faces", "Face")] {
      let run = try await predict(model, "model-\(model)")
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.errors.contains("bills each image"))
      #expect(try folder.text(of: "m.manifest").contains("\"\(label)\""))
    }
    #expect(
      try folder.text(of: "m.manifest").contains(
        #""job-name":"labeling-job/rekognition-labels-3.0""#)
    )
    try await server.moto.aws("s3api", "create-bucket", "--bucket=bucket")
    _ = try await run(server, "push", "m.manifest", place[0], place[1], place[2], place[3])
    _ = try await run(server, "train", "--output", "s3://bucket/results/", "--yes", "--wait")
    let arn = "arn:aws:rekognition:us-east-1:123456789012:project/cells/version/v1/1700000000000"
    let idle = try await predict(arn, "custom")
    #expect(idle.code != 0 && idle.errors.contains("does not run"), "\(idle.errors)")
    let started = try await run(server, "start", "--name", "v1", "--yes", "--wait")
    #expect(started.text == arn + "\n")
    let custom = try await predict(arn, "custom")
    #expect(custom.code == 0, "\(custom.errors)")
    let lines = try folder.text(of: "m.manifest").split(separator: "\n")
    #expect(
      lines.allSatisfy { $0.contains(#""top":24,"left":32,"height":48,"width":64"#) }, "\(lines)")
    // Nothing of a model's goes to AWS as truth.
    let again = try await run(server, "push", "m.manifest", place[0], place[1], place[2], place[3])
    #expect(again.errors.contains("lines are as they are there"), "\(again.errors)")
    try server.checkRequests()
  }

  @Test func `moto answers the real program too, as far as it has the calls`() async throws {
    try fill(["a.png"])
    let server = try await MotoServer(folder)
    let arn = "arn:aws:rekognition:us-east-1:123456789012:project/cells/version/v1/1700000000000"
    for (model, label) in [("labels", "Mobile Phone"), (arn, "MyLogo")] {
      let run = try await Run(
        folder,
        ["predict", "m.manifest", "--rekognition", model, "--attribute", "p\(label.count)"],
        environment: server.environment)
      #expect(run.code == 0, "\(run.errors)")
      #expect(try folder.text(of: "m.manifest").contains("\"\(label)\""))
    }
  }

  @Test func `credentials that AWS refuses are said and never shown`() async throws {
    let server = try await ServiceServer(folder)
    try server.refuse([
      "DescribeProjects": ["UnrecognizedClientException", "ExpiredTokenException"]
    ])
    let unknown = try await run(server, "status")
    #expect(unknown.errors.contains("run 'aws configure'"), "\(unknown.errors)")
    let expired = try await run(server, "status")
    #expect(expired.errors.contains("'aws sso login'"), "\(expired.errors)")
    for run in [unknown, expired] {
      #expect(!run.errors.contains(MotoServer.keyID) && !run.errors.contains(MotoServer.secret))
    }
  }
}
