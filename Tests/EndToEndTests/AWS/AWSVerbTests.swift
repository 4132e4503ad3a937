import Foundation
import TestSupport
import Testing

/// `reticle aws` with a script in the place of `aws`.
@Suite struct AWSVerbTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  static let arn = "arn:aws:rekognition:us-east-1:123456789012:project/cells"
  static let secrets = [
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "IQoJb3JpZ2luX2VjEXAMPLETOKEN0123456789abcdefghijklmnopqrstuvwxyz==",
  ]

  private func run(_ stub: StubService?, _ arguments: String...) async throws -> Run {
    let path = stub?.environment ?? ["PATH": ".:bin:/nowhere"]
    return try await Run(
      folder, ["aws"] + arguments, environment: path.merging(Self.secrets) { $1 })
  }

  private func project(_ datasets: String = "") -> String {
    #"{"ProjectDescriptions":[{"ProjectArn":"\#(Self.arn)/16","Status":"CREATED","Datasets":["#
      + datasets + "]}]}"
  }

  private var training: String {
    #"{"DatasetType":"TRAIN","DatasetArn":"\#(Self.arn)/dataset/train/17","Status":"CREATE_COMPLETE"}"#
  }

  private func version(_ status: String) -> String {
    #"{"ProjectVersionDescriptions":[{"ProjectVersionArn":"\#(Self.arn)/version/v1/18","#
      + #""Status":"\#(status)","StatusMessage":"So it is."}]}"#
  }

  private let complete =
    #"{"DatasetDescription":{"Status":"CREATE_COMPLETE","DatasetStats":{"TotalEntries":9,"#
    + #""LabeledEntries":8,"TotalLabels":2,"ErrorEntries":0}}}"#

  func line(_ name: String, _ label: String, attribute: String = "boxes") -> String {
    #"{"source-ref":"\#(name)","\#(attribute)":{"image_size":[{"width":640,"height":480,"depth":3}],"#
      + #""annotations":[{"class_id":0,"left":1,"top":2,"width":30,"height":40}]},"#
      + #""\#(attribute)-metadata":{"objects":[{"confidence":1}],"class-map":{"0":"\#(label)"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"yes","#
      + #""creation-date":"2024-01-01T00:00:00.000000","job-name":"labeling-job/x"}}"#
  }

  // MARK: Without aws, and without a project

  @Test(arguments: [
    ["push", "m.manifest"], ["pull", "m.manifest"], ["train", "--output", "s3://bucket/r/"],
    ["status"], ["start", "--name", "v1"], ["stop", "--name", "v1"],
  ])
  func `without aws every verb says what to install`(_ arguments: [String]) async throws {
    try folder.write(
      [line("s3://bucket/a.png", "cat"), line("s3://bucket/b.png", "dog")]
        .joined(separator: "\n") + "\n", to: "m.manifest")
    let run = try await Run(
      folder, ["aws"] + arguments + ["--project", "cells"],
      environment: ["PATH": ".:bin:/nowhere"])
    #expect(run.code == 66)
    #expect(run.errors.contains("there is no aws program here to"), "\(run.errors)")
    #expect(run.errors.contains("install the AWS CLI"))
    #expect(run.errors.contains("'aws configure' or 'aws sso login'"))
  }

  @Test func `a project is named by name or by ARN, and not by both`() async throws {
    let stub = try StubService(folder)
    #expect(try await run(stub, "status").code == 64)
    #expect(try await run(stub, "status", "--project", "a b").errors.contains("letters, digits"))
    #expect(try await run(stub, "status", "--project-arn", "arn:aws:s3:::x").code == 64)
    #expect(
      try await run(stub, "status", "--project", "a", "--project-arn", "\(Self.arn)/16").code == 64)
    #expect(try stub.calls.isEmpty)
    try stub.answer("describe-projects", project())
    try stub.answer("describe-project-versions", #"{"ProjectVersionDescriptions":[]}"#)
    let found = try await run(stub, "status", "--project-arn", "\(Self.arn)/16")
    #expect(found.code == 0, "\(found.errors)")
    // An ARN says the region too.
    #expect(try stub.calls[0].contains("--region=us-east-1"))
    #expect(try stub.request(1) == #"{"ProjectNames":["cells"]}"#)
  }

  @Test func `what AWS refuses is said with the way out`() async throws {
    let stub = try StubService(folder)
    try stub.refuse("describe-projects", "AccessDeniedException", "User x may not.")
    let denied = try await run(stub, "status", "--project", "cells")
    #expect(denied.code == 65)
    #expect(denied.errors.contains("permission rekognition:DescribeProjects"))
    #expect(denied.errors.contains("(AWS says: User x may not.)"))
    try stub.answer("describe-projects", #"{"ProjectDescriptions":[]}"#)
    let missing = try await run(stub, "train", "--project", "cells", "--output", "s3://bucket/")
    #expect(missing.code == 66)
    #expect(missing.errors.contains("'reticle aws push MANIFEST --project cells' makes it"))
  }

  @Test func `a busy AWS is asked again, and not for ever`() async throws {
    let stub = try StubService(folder)
    try stub.refuse("describe-projects", "ThrottlingException")
    let busy = try await run(stub, "status", "--project", "cells", "--interval", "0")
    #expect(busy.code == 75)
    #expect(try stub.operations.count == 6)
    #expect(busy.errors.contains("AWS is busy (ThrottlingException); trying again"))
  }

  @Test func `an answer that is none is said`() async throws {
    let stub = try StubService(folder)
    try stub.answer("describe-projects", "<html>")
    let odd = try await run(stub, "status", "--project", "cells")
    #expect(odd.code == 75 && odd.errors.contains("the answer is no JSON"), "\(odd.errors)")
  }

  // MARK: Sending

  @Test func `nothing is sent that Custom Labels would refuse, and what is wrong is listed`()
    async throws
  {
    let stub = try StubService(folder)
    try folder.write(
      line("s3://bucket/a.png", "cat") + "\n"
        + line("s3://bucket/b.png", "dog").replacing(#""width":30"#, with: #""width":3000"#) + "\n",
      to: "m.manifest")
    let refused = try await run(stub, "push", "m.manifest", "--project", "cells")
    #expect(refused.code == 65)
    #expect(
      refused.errors.contains("ERROR_INVALID_BOUNDING_BOX") && refused.errors.contains("line 2"))
    #expect(refused.errors.contains("nothing was sent"))
    #expect(try stub.calls.isEmpty)
    try folder.write(line("a.png", "cat") + "\n", to: "local.manifest")
    let local = try await run(stub, "push", "local.manifest", "--project", "cells")
    #expect(local.code == 65 && local.errors.contains("ERROR_INVALID_SOURCE_REF_FORMAT"))
    #expect(local.errors.contains("--s3-prefix"), "\(local.errors)")
  }

  @Test func `a dry run says what would be done and changes nothing`() async throws {
    let stub = try StubService(folder)
    try folder.fillPhotos(2, width: 640, height: 480)
    try folder.write(
      line("photos/a.png", "cat") + "\n" + line("photos/b.png", "dog") + "\n", to: "m.manifest")
    try stub.answer("describe-projects", #"{"ProjectDescriptions":[]}"#)
    try stub.answer("list-objects-v2", #"{"Contents":[{"Key":"p/a.png","Size":1}]}"#)
    let dry = try await run(
      stub, "push", "m.manifest", "--project", "cells", "--s3-prefix", "s3://bucket/p/",
      "--images", "photos", "--dry-run")
    #expect(dry.code == 0, "\(dry.errors)")
    #expect(dry.errors.contains("sending 1 image ("))
    #expect(dry.errors.contains("S3 bills what lies there"))
    #expect(dry.errors.contains("1 of the images on S3 have another size than here"))
    #expect(dry.errors.contains("project cells would be made; 2 lines would be sent"))
    #expect(try stub.operations == ["describe-projects", "list-objects-v2"])
    #expect(try stub.request(2) == #"{"Bucket":"bucket","Prefix":"p/"}"#)
  }

  @Test func `images that are neither here nor there are named`() async throws {
    let stub = try StubService(folder)
    try folder.write(line("s3://bucket/a.png", "cat") + "\n", to: "m.manifest")
    try stub.answer("describe-projects", project())
    try stub.answer("list-objects-v2", #"{"Contents":null}"#)
    let lost = try await run(stub, "push", "m.manifest", "--project", "cells")
    #expect(lost.code == 66 && lost.errors.contains("s3://bucket/a.png: neither here nor on S3"))
  }

  // MARK: What costs

  @Test func `training says what it costs and begins nothing unless told to`() async throws {
    let stub = try StubService(folder)
    try stub.answer("describe-projects", project(training))
    try stub.answer("describe-dataset", complete)
    try stub.answer("describe-project-versions", version("TRAINING_COMPLETED"))
    try stub.answer("create-project-version", #"{"ProjectVersionArn":"x"}"#)
    let asked = try await run(stub, "train", "--project", "cells", "--output", "s3://bucket/r/")
    #expect(asked.code == 64)
    #expect(asked.errors.contains(#"Training "v2" with 8 images in us-east-1 costs money"#))
    #expect(asked.errors.contains("https://aws.amazon.com/rekognition/pricing/"))
    #expect(asked.errors.contains("--yes"))
    #expect(try !stub.operations.contains("create-project-version"))
    let begun = try await run(
      stub, "train", "--project", "cells", "--output", "s3://bucket/r/", "--yes")
    #expect(begun.code == 0, "\(begun.errors)")
    #expect(begun.text == "x\n")
    #expect(
      try stub.request(stub.calls.count)
        == #"{"ProjectArn":"\#(Self.arn)/16","VersionName":"v2","#
        + #""OutputConfig":{"S3Bucket":"bucket","S3KeyPrefix":"r/"}}"#)
    // The cost stands before the beginning.
    let cost = try #require(begun.errors.range(of: "costs money"))
    let beginning = try #require(begun.errors.range(of: "the training has begun"))
    #expect(cost.lowerBound < beginning.lowerBound)
  }

  @Test func `starting says what it costs, and one that runs is not started again`() async throws {
    let stub = try StubService(folder)
    try stub.answer("describe-projects", project())
    try stub.answer("describe-project-versions", version("STOPPED"))
    let start = ["start", "--project", "cells", "--name", "v1", "--min-inference-units", "3"]
    let asked = try await Run(folder, ["aws"] + start, environment: stub.environment)
    #expect(asked.code == 64 && asked.errors.contains("3 inference units"))
    #expect(asked.errors.contains("8 hours are 24 inference hours, a forgotten week 504"))
    #expect(try !stub.operations.contains("start-project-version"))
    let started = try await Run(folder, ["aws"] + start + ["-y"], environment: stub.environment)
    #expect(started.code == 0, "\(started.errors)")
    #expect(started.errors.contains("until 'reticle aws stop --project cells --name v1'"))
    #expect(
      try stub.request(stub.calls.count)
        == #"{"ProjectVersionArn":"\#(Self.arn)/version/v1/18","MinInferenceUnits":3}"#)
    try stub.answer("describe-project-versions", version("RUNNING"))
    let again = try await Run(folder, ["aws"] + start, environment: stub.environment)
    #expect(again.code == 0 && again.errors.contains("v1 is RUNNING already"))
    #expect(try stub.operations.count { $0 == "start-project-version" } == 1)
    try stub.answer("describe-project-versions", version("TRAINING_FAILED"))
    let failed = try await Run(folder, ["aws"] + start, environment: stub.environment)
    #expect(failed.code == 65 && failed.errors.contains("TRAINING_FAILED"))
    #expect(
      try await Run(
        folder,
        ["aws", "start", "--project", "c", "--name", "v1"]
          + ["--min-inference-units", "0"], environment: stub.environment
      ).code == 64)
  }

  @Test func `stopping names what it stops, and what does not run`() async throws {
    let stub = try StubService(folder)
    try stub.answer("describe-projects", project())
    try stub.answer("describe-project-versions", version("RUNNING"))
    let status = try await run(stub, "status", "--project", "cells")
    #expect(status.errors.contains("v1 costs by the hour from now on"))
    let stopped = try await run(stub, "stop", "--project", "cells", "--all")
    #expect(stopped.code == 0 && stopped.errors.contains("v1 is stopping"))
    #expect(try stub.operations.last == "stop-project-version")
    try stub.answer("describe-project-versions", version("STOPPED"))
    let idle = try await run(stub, "stop", "--project", "cells", "--name", "v1")
    #expect(idle.errors.contains("it does not run, and costs nothing"))
    #expect(try await run(stub, "stop", "--project", "cells").code == 64)
  }

  // MARK: Bringing

  @Test func `labels are merged, notes of AWS told by line, and open work left alone`() async throws
  {
    let stub = try StubService(folder)
    try folder.write(
      line("s3://bucket/a.png", "cat") + "\n" + line("s3://bucket/b.png", "dog") + "\n",
      to: "m.manifest")
    try stub.answer("describe-projects", project(training))
    try stub.answer("describe-dataset", complete)
    let newer =
      line("s3://bucket/b.png", "fox").replacing("2024-01", with: "2025-06")
      .dropLast() + #","cl-metadata":{"is_labeled":true},"#
      + #""cl-errors":[{"code":"ERROR_INVALID_IMAGE_DIMENSION","message":"Odd."}]}"#
    let entries = [line("s3://bucket/a.png", "cat").replacing(":", with: ": "), String(newer)]
    let quoted = entries.map { String(decoding: JSONEncoder.text($0), as: UTF8.self) }
    try stub.answer("list-dataset-entries", #"{"DatasetEntries":[\#(quoted[1])],"NextToken":"t"}"#)
    try folder.write(
      #"{"DatasetEntries":[\#(quoted[0])]}"#, to: "answers/list-dataset-entries.2")
    try folder.write("{}", to: "m.manifest.journal")
    let unsaved = try await run(stub, "pull", "m.manifest", "--project", "cells")
    #expect(unsaved.code == 73, "\(unsaved.errors)")
    #expect(try !stub.operations.contains("list-dataset-entries"))
    try FileManager.default.removeItem(atPath: folder("m.manifest.journal"))
    let pulled = try await run(stub, "pull", "m.manifest", "--project", "cells")
    #expect(pulled.code == 1, "\(pulled.errors)")
    #expect(pulled.text.hasPrefix("AWS says ERROR_INVALID_IMAGE_DIMENSION: Odd. (line 2) → "))
    let lines = try folder.text(of: "m.manifest").split(separator: "\n").map(String.init)
    #expect(lines[0] == line("s3://bucket/a.png", "cat"))
    #expect(lines[1].contains("fox") && !lines[1].contains("cl-"))
    #expect(try stub.calls.contains { $0.contains("--starting-token=t") })
    // A second time nothing changes, and the findings are there for machines too.
    let json = try await run(stub, "pull", "m.manifest", "--project", "cells", "--json")
    #expect(json.text.contains(#""line":2,"source-ref":"s3://bucket/b.png""#))
    #expect(
      try folder.text(of: "m.manifest").split(separator: "\n").map(String.init) == lines)
  }

  // MARK: A project's folder

  @Test func `a folder names its project on AWS, and keeps its ARN once it is known`() async throws
  {
    let stub = try StubService(folder)
    try folder.write(line("s3://bucket/a.png", "cat") + "\n", to: "cells/train.manifest")
    try folder.write("training = \"train.manifest\" # mine\n", to: "cells/reticle.toml")
    try stub.answer("describe-projects", project(training))
    try stub.answer("describe-dataset", complete)
    try stub.answer("describe-project-versions", version("STOPPED"))
    try stub.answer("list-objects-v2", #"{"Contents":[{"Key":"a.png","Size":1}]}"#)
    try stub.answer("list-dataset-entries", #"{"DatasetEntries":[]}"#)
    let pushed = try await run(stub, "push", "cells", "--interval", "0")
    #expect(pushed.code == 0, "\(pushed.errors)")
    #expect(try stub.request(1) == #"{"ProjectNames":["cells"]}"#)
    #expect(
      try folder.text(of: "cells/reticle.toml")
        == "training = \"train.manifest\" # mine\n\n[aws]\nproject-arn = \"\(Self.arn)/16\"\n")
    let status = try await run(stub, "status", "cells")
    #expect(status.code == 0 && status.text.contains("STOPPED"), "\(status.errors)")
    #expect(try stub.calls.last?.contains("--region=us-east-1") == true)
    let here = try await Run(
      folder, ["-c", "cd cells && exec '\(BuiltProduct.path("reticle"))' aws status"],
      environment: stub.environment, program: "/bin/sh")
    #expect(here.code == 0, "\(here.errors)")
    try folder.write(
      "training = \"train.manifest\"\n[aws]\nproject-arn = \"cells\"\n", to: "cells/reticle.toml")
    let wrong = try await run(stub, "status", "cells")
    #expect(wrong.code == 65 && wrong.errors.contains("is no ARN of a project"), "\(wrong.errors)")
  }

  // MARK: Secrets

  @Test func `no key and no token is in any output, argument or file`() async throws {
    let stub = try StubService(folder)
    try folder.fillPhotos(2, width: 640, height: 480)
    try folder.write(
      line("photos/a.png", "cat") + "\n" + line("photos/b.png", "dog") + "\n", to: "m.manifest")
    try stub.answer("describe-projects", project(training))
    try stub.answer("describe-dataset", complete)
    try stub.answer("list-objects-v2", "{}")
    try stub.answer("list-dataset-entries", #"{"DatasetEntries":[]}"#)
    try stub.answer("describe-project-versions", version("STOPPED"))
    try FileManager.default.createDirectory(
      atPath: folder("tmp"), withIntermediateDirectories: false)
    let talkative = Self.secrets.values.joined(separator: " , ")
    var said = ""
    for verb in [
      ["push", "m.manifest", "--s3-prefix", "s3://bucket/p/", "--images", "photos"],
      ["pull", "n.manifest"], ["train", "--output", "s3://bucket/r/", "--yes"],
      ["status", "--json"],
      ["start", "--name", "v1", "--yes"], ["stop", "--all"],
    ] {
      for isRefused in [false, true] {
        if isRefused { try stub.refuse("describe-projects", "OddException", talkative) }
        let run = try await Run(
          folder, ["aws"] + verb + ["--project", "cells", "--interval", "0"],
          environment: stub.environment.merging(Self.secrets) { $1 }
            .merging(["TMPDIR": folder("tmp")]) { $1 })
        said += run.errors + run.text
        try stub.answer("describe-projects", project(training))
      }
    }
    #expect(said.contains("OddException"))
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
    var texts = [said]
    for case let path as String in paths where !path.hasPrefix("answers/") {
      texts.append((try? folder.text(of: path)) ?? "")
    }
    #expect(texts.count > 20)
    for secret in Self.secrets.values {
      for text in texts { #expect(!text.contains(secret)) }
    }
    // Nothing is left of requests and answers.
    #expect(try folder.names(in: "tmp") == [])
  }

  @Test func `Ctrl+C ends aws too, and leaves nothing behind`() async throws {
    let stub = try StubService(folder)
    try folder.write("#!/bin/sh\necho $$ > '\(folder("started"))'\nexec sleep 600\n", to: "bin/aws")
    try FileManager.default.createDirectory(
      atPath: folder("tmp"), withIntermediateDirectories: false)
    let process = Process()
    process.executableURL = URL(filePath: BuiltProduct.path("reticle"))
    process.arguments = ["aws", "status", "--project", "cells"]
    process.environment = stub.environment.merging(["HOME": folder.home, "TMPDIR": folder("tmp")]) {
      $1
    }
    process.standardError = FileHandle.nullDevice
    try process.run()
    try await eventually("aws under way") {
      (try? folder.text(of: "started"))?.hasSuffix("\n") == true
    }
    let child = pid_t(try folder.text(of: "started").dropLast()) ?? 0
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130 && process.terminationReason == .exit)
    #expect(try folder.names(in: "tmp") == [])
    try await eventually("aws ended") {
      let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
      return state == nil || state?.contains(") Z") == true
    }
  }
}

extension JSONEncoder {
  /// Text as a JSON string.
  static func text(_ text: String) -> [UInt8] {
    [UInt8]((try? JSONEncoder().encode(text)) ?? Data())
  }
}
