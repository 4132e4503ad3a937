import Cells
import Foundation
import TestSupport
import Testing

/// The real `aws` program against moto's S3 server on this machine; nothing leaves it.
///
/// Both come from PyPI, since Debian 12's `awscli` does not know `AWS_ENDPOINT_URL` yet:
///
///     python3 -m venv ~/s3 && ~/s3/bin/pip install 'moto[s3,server]' awscli
///     RETICLE_S3_PROGRAMS=~/s3/bin swift test --filter MotoTests
///
/// `RETICLE_S3_PROGRAMS` names the folder with `aws` and `moto_server`; without it these are
/// skipped, and `FetchingTests` alone speak for the program.
@Suite(
  .onTerminal,
  .enabled(
    if: MotoServer.programs != nil,
    "RETICLE_S3_PROGRAMS names no folder with aws and moto_server: see MotoTests.swift"))
struct MotoTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func label(_ server: MotoServer, _ changes: [String: String] = [:]) throws -> Sitting {
    try Sitting(
      folder, ["label", "m.manifest", "--labels", "cat"], size: CellSize(columns: 200, rows: 30),
      environment: server.environment.merging(changes) { $1 })
  }

  @Test func `images are fetched, labelled and saved`() async throws {
    let keys = ["photos/a.png", "-rf ../$(touch x)é.png"]
    try folder.fillBucket("photos/a.png", "-rf ../$(touch x)é.png")
    let server = try await MotoServer(folder)
    try await server.aws("s3api", "create-bucket", "--bucket=bucket")
    for key in keys {
      try await server.aws(
        "s3api", "put-object", "--bucket=bucket", "--key=\(key)",
        "--body=" + folder("objects/" + key.replacing("/", with: "+")))
    }
    let sitting = try label(server)
    try await sitting.see("64×48", "a.png")
    sitting.type("wLJ\r")
    try await sitting.seeSaved(" Boxes 1 ")
    try await sitting.go("d", to: "2/2")
    try await sitting.quit()
    #expect(try folder.manifest("m.manifest")[0].boxes()?.count == 1)
    let images = "home/.cache/reticle/images"
    let copies = try folder.names(in: images)
    #expect(copies.count == 2)
    for copy in copies {
      #expect(try folder.bytes(of: "\(images)/\(copy)") == PNG.gradient(width: 64, height: 48))
    }
    #expect(!folder.has("x"))
  }

  @Test func `what is not there is said, and so is a server that has gone`() async throws {
    try folder.write(
      ["s3://bucket/none.png", "s3://nobucket/a.png"].map { Sample.line($0) + "\n" }.joined(),
      to: "m.manifest")
    let server = try await MotoServer(folder)
    try await server.aws("s3api", "create-bucket", "--bucket=bucket")
    let sitting = try label(server)
    try await sitting.see("s3://bucket/none.png is not there: there is no object of that key")
    sitting.type("d")
    try await sitting.see("s3://nobucket/a.png is not there: there is no bucket of that name")
    try await sitting.quit()
    server.stop()
    let next = try label(server)
    try await next.see("can't be fetched, since S3 can't be reached")
    try await next.quit()
  }

  @Test func `credentials that are missing or unknown are said, and never shown`() async throws {
    try folder.fillBucket("a.png")
    let server = try await MotoServer(folder, openRequests: 1)
    try await server.aws("s3api", "create-bucket", "--bucket=bucket")
    let sitting = try label(server)
    try await sitting.see("AWS does not know these credentials: run aws configure")
    let output = String(decoding: sitting.terminal.output, as: UTF8.self)
    #expect(!output.contains(MotoServer.keyID) && !output.contains(MotoServer.secret))
    try await sitting.quit()
    let next = try label(server, ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""])
    try await next.see("can't be fetched without AWS credentials: run aws configure")
    try await next.quit()
    let other = try label(server, ["AWS_PROFILE": "nobody"])
    try await other.see("AWS_PROFILE names a profile that there is not")
    try await other.quit()
  }
}

/// moto's server on a free port of the loopback interface, stopped with the value.
final class MotoServer {
  static let keyID = "AKIAIOSFODNN7EXAMPLE"
  static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

  /// The folder with `aws` and `moto_server`.
  static let programs = ProcessInfo.processInfo.environment["RETICLE_S3_PROGRAMS"].flatMap {
    folder -> String? in
    let names = ["aws", "moto_server"].map { "\(folder)/\($0)" }
    return names.allSatisfy(FileManager.default.isExecutableFile) ? folder : nil
  }

  /// What `aws` needs to ask this server.
  let environment: [String: String]
  private let folder: Folder
  private let server = Process()
  private let programs: String

  /// Starts a server and waits until it listens.
  ///
  /// - Parameters:
  ///   - folder: The test's folder.
  ///   - openRequests: How many requests it takes from anyone before it asks who they are.
  /// - Throws: `Impatience` if it does not start.
  init(_ folder: Folder, openRequests: Int? = nil) async throws {
    let programs = try #require(Self.programs)
    self.programs = programs
    self.folder = folder
    try folder.write("", to: "moto.log")
    server.executableURL = URL(filePath: programs + "/moto_server")
    server.arguments = ["-H", "127.0.0.1", "-p", "0"]
    server.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.home]
    if let openRequests {
      server.environment?["INITIAL_NO_AUTH_ACTION_COUNT"] = "\(openRequests)"
    }
    let log = FileHandle(forWritingAtPath: folder("moto.log"))
    (server.standardOutput, server.standardError) = (log, log)
    try server.run()
    var port: Substring?
    try await eventually("moto listening", timeout: .seconds(60)) {
      port = try folder.text(of: "moto.log").firstMatch(of: #/http://127\.0\.0\.1:(\d+)/#)?.1
      return port != nil
    }
    environment = [
      "COLORTERM": "truecolor", "PATH": "\(programs):/usr/bin:/bin",
      "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port ?? "0")", "AWS_ACCESS_KEY_ID": Self.keyID,
      "AWS_SECRET_ACCESS_KEY": Self.secret, "AWS_DEFAULT_REGION": "us-east-1",
      "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1",
    ]
  }

  deinit { stop() }

  /// Ends the server, and returns when it has ended.
  func stop() {
    guard server.isRunning else { return }
    // Started on a thread that takes no signals, it takes none that can be refused.
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
  }

  /// Runs `aws` to its end.
  func aws(_ arguments: String...) async throws {
    let run = try await Run(folder, arguments, environment: environment, program: programs + "/aws")
    #expect(run.code == 0, "\(run.errors)")
  }
}
