import Foundation
import GroundTruth
import Prediction
import TestSupport
import Testing

@testable import reticle

/// What is asked of AWS and read from it, without asking.
@Suite struct AWSValueTests {
  private static let project = "arn:aws:rekognition:us-east-1:123456789012:project/cells/16"
  private static let dataset =
    "arn:aws:rekognition:us-east-1:123456789012:project/cells/dataset/train/17"

  private func json(_ call: AWSCall) -> String { String(decoding: call.input.bytes, as: UTF8.self) }

  // MARK: Requests

  @Test func `a request goes as a file, and no name in it is an argument`() {
    let hostile = "--endpoint-url=http://evil/$(touch x)"
    let call = AWSCall.createProject(named: hostile)
    let arguments = call.arguments(input: "/tmp/x/1-request.json")
    #expect(arguments.prefix(2) == ["rekognition", "create-project"])
    #expect(arguments.suffix(2) == ["--cli-input-json", "file:///tmp/x/1-request.json"])
    #expect(!arguments.contains { $0.contains("evil") })
    #expect(json(call) == #"{"ProjectName":"\#(hostile)"}"#)
    #expect(call.action == "rekognition:CreateProject")
    #expect(AWSCall.listObjects(in: "b", prefix: "p").action == "s3:ListObjectsV2")
  }

  @Test func `requests have the members of the API`() throws {
    let manifest = try #require(S3Object(uri: "s3://bucket/a/b.manifest"))
    #expect(
      json(.createDataset(.training, project: Self.project, manifest: manifest))
        == #"{"DatasetSource":{"GroundTruthManifest":{"S3Object":{"Bucket":"bucket","#
        + #""Name":"a/b.manifest"}}},"DatasetType":"TRAIN","ProjectArn":"\#(Self.project)"}"#)
    #expect(
      json(.createDataset(.test, project: Self.project, manifest: nil))
        == #"{"DatasetType":"TEST","ProjectArn":"\#(Self.project)"}"#)
    #expect(
      json(.distributeEntries(from: "a", to: "b")) == #"{"Datasets":[{"Arn":"a"},{"Arn":"b"}]}"#)
    #expect(
      json(.describeVersions(of: Self.project, named: "v1"))
        == #"{"ProjectArn":"\#(Self.project)","VersionNames":["v1"]}"#)
    #expect(
      json(.startVersion("x", minimum: 2, maximum: 4))
        == #"{"ProjectVersionArn":"x","MinInferenceUnits":2,"MaxInferenceUnits":4}"#)
    let training = TrainingRequest(
      project: Self.project, version: "v1", bucket: "bucket", prefix: "",
      tags: [.init(name: "team", value: .text("a"))])
    #expect(
      json(.createVersion(training))
        == #"{"ProjectArn":"\#(Self.project)","VersionName":"v1","#
        + #""OutputConfig":{"S3Bucket":"bucket"},"Tags":{"team":"a"}}"#)
  }

  @Test func `entries are listed page by page, from a token on`() {
    let first = AWSCall.listEntries(of: Self.dataset, from: nil, withErrors: true)
    #expect(json(first) == #"{"DatasetArn":"\#(Self.dataset)","HasErrors":true}"#)
    #expect(first.options == ["--max-items=1000", "--page-size=100"])
    let next = AWSCall.listEntries(of: Self.dataset, from: "abc==")
    #expect(next.options.last == "--starting-token=abc==")
  }

  @Test func `both versions of aws get the same lines, each in its own spelling`() throws {
    let lines = Array("{\"source-ref\":\"s3://b/é\"}\n".utf8)
    let first = AWSCall.updateEntries(of: Self.dataset, lines: lines, for: .first)
    #expect(first.options.isEmpty)
    let text = try #require(
      JSONValue(parsing: first.input.bytes)["Changes"]?["GroundTruth"]?.string)
    #expect(Array(text.utf8) == lines)
    let second = AWSCall.updateEntries(of: Self.dataset, lines: lines, for: .second)
    #expect(second.options == ["--cli-binary-format=base64"])
    let encoded = try #require(
      JSONValue(parsing: second.input.bytes)["Changes"]?["GroundTruth"]?.string)
    #expect(Data(base64Encoded: encoded).map { [UInt8]($0) } == lines)
  }

  @Test func `base 64 is that of the standard`() {
    var generator = SeededGenerator(for: "base 64")
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
    }
  }

  @Test func `pieces hold whole lines, all of them, and none is too large`() {
    var generator = SeededGenerator(for: "pieces")
    for _ in 0..<200 {
      let lines = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        [UInt8](repeating: 0x61, count: Int.random(in: 0...60, using: &generator))
      }
      let pieces = EntryPieces.pieces(of: lines, limit: 100)
      #expect(pieces.allSatisfy { !$0.isEmpty && $0.count <= 100 && $0.last == 0x0A })
      #expect(Array(pieces.joined()) == lines.flatMap { $0 + [0x0A] })
    }
    #expect(EntryPieces.limit < 5_000_000)
  }

  // MARK: Names

  @Test(arguments: [
    (Self.project, "cells", nil as String?, true),
    (Self.dataset, "cells", nil, false),
    (
      "arn:aws-cn:rekognition:cn-north-1:123456789012:project/a.b/version/v-1/9", "a.b", "v-1",
      false
    ),
  ])
  func `an ARN is taken apart`(
    _ text: String, _ project: String, _ version: String?, _ isProject: Bool
  ) throws {
    let arn = try #require(ServiceARN(text))
    #expect(arn.project == project && arn.version == version && arn.isProject == isProject)
    #expect(text.contains(":\(arn.region):"))
  }

  @Test(
    arguments: [
      "", "arn", "arn:aws:s3:::bucket", "arn:aws:rekognition:us-east-1:12:project/cells/16",
      "arn:aws:rekognition:us-east-1:123456789012:project/cells",
      "arn:aws:rekognition:us-east-1:123456789012:project/c ells/16",
      "arn:aws:rekognition:us-east-1:123456789012:project/cells/x",
      "arn:aws:rekognition:us-east-1:123456789012:project/cells/model/v1/16",
      "arn:aws:rekognition:us-east-1:123456789012:project/../16",
    ].filter { !$0.hasSuffix("../16") })
  func `what is no ARN of Custom Labels is none`(_ text: String) {
    #expect(ServiceARN(text) == nil)
  }

  @Test(arguments: [
    ("s3://b/p/q/", "b", "p/q/"), ("s3://b/p", "b", "p/"), ("s3://b", "b", ""),
    ("s3://b/", "b", ""),
  ])
  func `a place on S3 is a bucket and a prefix`(
    _ uri: String, _ bucket: String, _ prefix: String
  )
    throws
  {
    let folder = try #require(S3Folder(uri))
    #expect(folder.bucket == bucket && folder.prefix == prefix)
    #expect(S3Folder("/p") == nil && S3Folder("s3:///p") == nil)
  }

  @Test func `keys that would come out otherwise are not laid out as paths`() {
    #expect(["a", "a/b c/é.jpg", "-rf"].allSatisfy(PushImages.canBePath))
    #expect(
      !["", "/a", "a/", "a//b", "../a", "a/./b", String(repeating: "n", count: 256)].contains(
        where: PushImages.canBePath))
  }

  @Test func `what keys have in common ends at a slash, and at whole characters`() {
    func prefix(_ keys: String...) -> String? {
      PushImages.commonPrefix(
        of: keys.map { .init(number: 1, sourceRef: "s3://b/\($0)", file: nil, bytes: []) }
      )?.uri
    }
    #expect(prefix("p/a1", "p/a2") == "s3://b/p/")
    #expect(prefix("p/é/1", "p/è/1") == "s3://b/p/")
    #expect(prefix("a", "b") == "s3://b/")
    #expect(prefix() == nil)
  }

  // MARK: Answers

  @Test func `a version is read from what both versions of aws print`() throws {
    func version(_ time: String) throws -> ServiceVersion {
      let text =
        #"{"ProjectVersionArn":"arn:aws:rekognition:us-east-1:123456789012:project/c/version/v3/1","#
        + #""Status":"RUNNING","CreationTimestamp":\#(time),"BillableTrainingTimeInSeconds":3700,"#
        + #""EvaluationResult":{"F1Score":0.5,"Summary":{"S3Object":{"Bucket":"b","Name":"s.json"}}},"#
        + #""TestingDataResult":{"Output":{"Assets":[{"GroundTruthManifest":{"S3Object":"#
        + #"{"Bucket":"b","Name":"snap"}}}]}},"MinInferenceUnits":2}"#
      return try #require(ServiceVersion(JSONValue(parsing: Array(text.utf8))))
    }
    #expect(try version("1700000000.5").created == "2023-11-14T22:13:20.500000")
    let found = try version(#""2023-11-14T22:13:20.500000+00:00""#)
    #expect(found.created == "2023-11-14T22:13:20.500000+00:00")
    #expect(found.name == "v3" && found.f1 == 0.5 && found.minimumUnits == 2 && !found.isBusy)
    #expect(found.results.map(\.name) == ["evaluation.json", "snapshot.manifest"])
    #expect(
      VersionReport(versions: [found]).lines.last
        == "v3       RUNNING  0.500                 1 h 1 min      2")
    #expect(AWS.Train.nextName(after: [found]) == "v4" && AWS.Train.nextName(after: []) == "v1")
  }

  @Test(arguments: ["{}", "[]", #"{"ProjectVersionArn":7}"#, #"{"ProjectArn":"arn"}"#])
  func `an answer of another shape is none`(_ text: String) throws {
    let json = try JSONValue(parsing: Array(text.utf8))
    #expect(ServiceVersion(json) == nil && ServiceProject(json) == nil)
    #expect(ServiceDataset(json).total == 0)
  }

  @Test func `what AWS found is told by the lines of the manifest`() {
    func entry(_ name: String, _ code: String) -> [UInt8] {
      Array(
        #"{"source-ref":"s3://b/\#(name)","cl-errors":[{"code":"\#(code)","message":"Bad."}]}"#.utf8
      )
    }
    let report = ServiceReport(
      [
        entry("a", "ERROR_TOO_MANY_BOUNDING_BOXES"), entry("b", "ERROR_NEW"),
        entry("c", "ERROR_NEW"),
      ],
      numbers: ["s3://b/a": 7, "s3://b/b": 9])
    #expect(report.errorCount == 3)
    #expect(report.lines[0] == "AWS says ERROR_NEW: Bad. (line 9, s3://b/c)")
    #expect(report.lines[1].hasPrefix("AWS says ERROR_TOO_MANY_BOUNDING_BOXES: Bad. (line 7) → "))
  }

  // MARK: What is said

  @Test func `costs name the units, the hours, the price page and the date of the figures`() {
    let running = CostNote.running("v1", minimum: 2, maximum: 5, region: "eu-west-1")
    for part in [
      "v1", "eu-west-1", "2 inference units, up to 5", "16 inference hours", CostNote.page,
    ] {
      #expect(running.contains(part), "\(running)")
    }
    let training = CostNote.training("v1", images: 300, region: "eu-west-1")
    for part in ["300 images", "30 minutes to 24 hours", "June 2023", CostNote.page] {
      #expect(training.contains(part), "\(training)")
    }
    #expect(
      CostNote.storing(images: 1, bytes: 1_234_567, in: "s3://b/").contains("1 image (1.2 MB)"))
  }

  /// As the AWS CLI 1.46 writes them.
  static let failures: [(message: String, sentence: String)] = [
    (
      error("AccessDeniedException", "User: arn:x is not authorized"),
      "permission rekognition:CreateProject"
    ),
    (error("ThrottlingException", "Slow down"), "AWS is still busy after several attempts"),
    (error("ResourceNotFoundException", "No."), "'reticle aws status' lists what there is"),
    (error("ResourceNotReadyException", "Not running."), "'reticle aws start'"),
    (error("LimitExceededException", "2 running."), "a quota of the account is used up"),
    (error("InvalidS3ObjectException", "No."), "its policy must let Rekognition in"),
    (error("InvalidParameterException", "Too short."), "(AWS says: Too short.)"),
    (error("SomethingNew", "Why not."), "AWS refuses with SomethingNew (AWS says: Why not.)"),
    (error("UnrecognizedClientException", "The token."), "run 'aws configure'"),
    (error("ExpiredTokenException", "Expired."), "the AWS login has expired"),
    ("Unable to locate credentials. You can configure credentials", "there are no AWS credentials"),
    ("You must specify a region. You can also", "no region is chosen"),
    ("Could not connect to the endpoint URL: \"https://x\"", "AWS can't be reached"),
    ("aws: error: argument operation: Invalid choice, valid choices are:", "it is too old"),
    ("something odd", "aws says “something odd”"), ("", "aws ended without a word"),
  ]

  private static func error(_ code: String, _ message: String) -> String {
    "\nAn error occurred (\(code)) when calling the CreateProject operation: \(message)\n"
  }

  @Test(arguments: failures)
  func `each failure has its sentence`(_ message: String, _ sentence: String) {
    let failure = CallFailure(
      .createProject(named: "cells"), about: "project cells", .ended(code: 254), message: message)
    #expect(failure.sentence.hasPrefix("project cells: "))
    #expect(failure.sentence.contains(sentence), "\(failure.sentence)")
    #expect(!failure.sentence.contains("ACTION") && !failure.sentence.contains("\n"))
    #expect(failure.isTemporary == message.contains("Throttling"))
  }

  @Test(arguments: [
    "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    String(repeating: "FwoGZXIvYXdzE", count: 30) + "==",
  ])
  func `no key and no token is ever repeated`(_ secret: String) {
    for message in [Self.error("Odd", "key \(secret) is bad"), "bad \(secret)"] {
      let failure = CallFailure(
        .createProject(named: "c"), about: "c", .ended(code: 254), message: message)
      #expect(!failure.sentence.contains(secret.prefix(16)), "\(failure.sentence)")
    }
  }
}
