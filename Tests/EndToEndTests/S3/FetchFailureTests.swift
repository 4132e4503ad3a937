import Cells
import TestSupport
import Testing

@testable import reticle

/// What `aws` says, as a sentence with the way out.
@Suite struct FetchFailureTests {
  /// As the AWS CLI 1.46 writes them.
  static let messages: [(message: String, sentence: String)] = [
    (
      "An error occurred (NoSuchKey) when calling the GetObject operation: "
        + "The specified key does not exist.",
      "is not there: there is no object of that key in bucket"
    ),
    (
      "An error occurred (404) when calling the HeadObject operation: Not Found",
      "is not there: there is no object"
    ),
    (
      "An error occurred (NoSuchBucket) when calling the GetObject operation: "
        + "The specified bucket does not exist", "there is no bucket of that name"
    ),
    (
      "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
      "may not be read with these credentials: ask for s3:GetObject on bucket"
    ),
    (
      "An error occurred (403) when calling the HeadObject operation: Forbidden",
      "may not be read with these credentials"
    ),
    (
      "An error occurred (ExpiredToken) when calling the GetObject operation: "
        + "The provided token has expired.", "the AWS login has expired: run aws sso login"
    ),
    (
      "Error loading SSO Token: Token for https://x.awsapps.com/start does not exist",
      "the AWS login has expired: run aws sso login"
    ),
    (
      "The SSO session associated with this profile has expired or is otherwise invalid. "
        + "To refresh this SSO session run aws sso login with the corresponding profile.",
      "the AWS login has expired"
    ),
    (
      "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
      "without AWS credentials: run aws configure"
    ),
    (
      "An error occurred (InvalidAccessKeyId) when calling the GetObject operation: "
        + "The AWS Access Key Id you provided does not exist in our records.",
      "AWS does not know these credentials"
    ),
    (
      "You must specify a region. You can also configure your region by running \"aws configure\".",
      "without the bucket's region: run aws configure set region REGION"
    ),
    (
      "Provided region_name 'bad region' doesn't match a supported format.",
      "without the bucket's region"
    ),
    (
      "An error occurred (PermanentRedirect) when calling the GetObject operation: The bucket you "
        + "are attempting to access must be addressed using the specified endpoint.",
      "without the bucket's region"
    ),
    (
      "The config profile (nope) could not be found",
      "AWS_PROFILE names a profile that there is not"
    ),
    ("Enter MFA code for arn:aws:iam::123456789012:mfa/x: ", "AWS wants an MFA code"),
    (
      "Could not connect to the endpoint URL: \"http://127.0.0.1:1/bucket/a.png\"",
      "S3 can't be reached: see to the network"
    ),
    ("[Errno 28] No space left on device", "the disk is full"),
    (
      "An error occurred (InvalidObjectState) when calling the GetObject operation: The operation "
        + "is not valid for the object's storage class", "is archived"
    ),
    ("SSL validation failed for https://x [SSL: CERTIFICATE_VERIFY_FAILED]", "AWS_CA_BUNDLE"),
    ("first\n\nsomething new\n\n", "aws says “something new”"),
    ("", "aws ended without a word"), ("\n \n", "aws ended without a word"),
  ]

  @Test(arguments: messages)
  func `each has its sentence`(_ message: String, _ sentence: String) {
    let reason = FetchFailure.reason(message, bucket: "bucket")
    #expect(reason.contains(sentence), "\(reason)")
    #expect(!reason.contains("BUCKET") && !reason.hasSuffix(".") && !reason.contains("\n"))
  }

  @Test(arguments: [
    "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    String(repeating: "FwoGZXIvYXdzE", count: 30) + "==",
  ])
  func `no key and no token is ever repeated`(_ secret: String) {
    for message in ["bad key \(secret) given", "\(secret)", "x:\(secret),y", "aws_key=\(secret)"] {
      let reason = FetchFailure.reason(message, bucket: "b")
      #expect(!reason.contains(secret.prefix(16)), "\(reason)")
    }
  }

  @Test func `what is said is short, however much it was`() {
    let reason = FetchFailure.reason(String(repeating: "word ", count: 100_000), bucket: "b")
    #expect(reason.count < 300)
  }

  @Test(arguments: [
    ("s3://b/k", "b", "k", "s3://b/"), ("s3://b/a/b/k.jpg", "b", "a/b/k.jpg", "s3://b/a/b/"),
    ("s3://b//k", "b", "/k", "s3://b//"), ("s3://b/../k", "b", "../k", "s3://b/../"),
    ("s3://b/\u{301}k", "b", "\u{301}k", "s3://b/"),
  ])
  func `a URI is a bucket and a key`(
    _ uri: String, _ bucket: String, _ key: String, _ folder: String
  ) throws {
    let object = try #require(S3Object(uri: uri))
    #expect(object.bucket == bucket && object.key == key && object.folder == folder)
  }

  @Test(arguments: [
    "s3://b", "s3://b/", "s3:///k", "s3://", "S3://b/k", "/b/k", "", "s3://b/\u{0}",
  ])
  func `what is no object is none`(_ uri: String) {
    #expect(S3Object(uri: uri) == nil)
  }

  // MARK: On the screen

  @Test(arguments: [3, 5, 8, 10]) func `the sentence stands on the screen`(
    _ index: Int
  ) async throws {
    let (message, sentence) = Self.messages[index]
    try await Seats.withSeat {
      let folder = try Folder()
      try folder.fillBucket("a.png")
      let stub = try StubAWS(folder, StubAWS.fail(message))
      let sitting = try Sitting(
        folder, ["label", "m.manifest"], size: CellSize(columns: 200, rows: 30),
        environment: stub.environment)
      try await sitting.see(
        String(sentence.prefix(30)), "d goes on to the next image.", "Ctrl+L tries again.")
      try await sitting.quit()
      #expect(stub.cached == [])
    }
  }

  @Test func `without aws the screen says what to run`() async throws {
    try await Seats.withSeat {
      let folder = try Folder()
      try folder.fillBucket("photos/a.png")
      let sitting = try Sitting(
        folder, ["label", "m.manifest"], size: CellSize(columns: 240, rows: 30),
        environment: ["PATH": ".:bin:/nowhere"])
      try await sitting.see("s3://bucket/photos/a.png lies on S3 and there is no aws program here")
      try await sitting.see("by aws s3 cp --recursive", "s3://bucket/photos/ DIR and start again")
      try await sitting.quit()
      #expect(!folder.has("home/.cache/reticle"))
    }
  }
}

/// A program that works on its own.
@Suite struct ChildProgramTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func run(
    _ script: String, _ limits: ChildProgram.Limits = .init(), stopping: Bool = false
  ) throws -> (ChildProgram.Ending, message: String) {
    let child = try #require(ChildProgram("/bin/sh", ["-c", script], environment: ["ADDED=1"]))
    if stopping { child.stop() }
    return child.wait(writing: folder("out"), limits: limits)
  }

  @Test func `it ends by itself, and what it said last is known`() throws {
    #expect(try run("exit 0") == (.ended(code: 0), ""))
    #expect(try run("echo $ADDED >&2; exit 7") == (.ended(code: 7), "1\n"))
    #expect(try run("kill -9 $$").0 == .ended(code: 137))
    let (ending, message) = try run("seq 1 100000 >&2")
    #expect(ending == .ended(code: 0))
    #expect(message.count <= 8_192 && message.hasSuffix("99999\n100000\n"))
  }

  @Test func `it can be stopped at any time`() throws {
    #expect(try run("sleep 600", stopping: true).0 == .stopped)
    let child = try #require(ChildProgram("/bin/true", [], environment: []))
    #expect(child.wait(writing: folder("out"), limits: .init()).0 == .ended(code: 0))
    child.stop()
  }

  @Test func `it is ended when it makes no progress, or too much`() throws {
    let none = ChildProgram.Limits(stall: .milliseconds(100), total: .seconds(600))
    #expect(try run("sleep 600", none).0 == .stalled)
    let total = ChildProgram.Limits(stall: .seconds(600), total: .milliseconds(100))
    #expect(try run("sleep 600", total).0 == .stalled)
    let size = ChildProgram.Limits(size: 1_000)
    #expect(try run("head -c 1001 /dev/zero > '\(folder("out"))'; sleep 600", size).0 == .tooLarge)
  }

  @Test func `one that goes on after closing its messages is still waited for`() throws {
    #expect(try run("exec 2>&-; sleep 0.2; exit 3").0 == .ended(code: 3))
  }

  @Test func `one that leaves a child with its messages open is not waited for by that`()
    async throws
  {
    #expect(try run("sleep 600 & echo $! > '\(folder("pid"))'; exit 4").0 == .ended(code: 4))
    _ = try await Run(folder, ["-c", "kill $(cat pid)"], program: "/bin/sh")
  }

  @Test func `what can't be started says so`() {
    #expect(ChildProgram("/nowhere/aws", [], environment: []) == nil)
  }
}
