import Foundation
import Testing

/// Custom Labels on the loopback interface, which holds each request against botocore's own model
/// of the service, beside moto for S3.
///
/// `RETICLE_S3_PROGRAMS` names the folder with `aws`, `moto_server` and `python3`, as for the tests
/// against moto (`S3/MotoTests.swift` says how to make it).
final class ServiceServer {
  /// Whether all that is needed is there.
  static var isPossible: Bool {
    guard let programs = MotoServer.programs else { return false }
    return FileManager.default.isExecutableFile(atPath: programs + "/python3")
  }

  /// What `aws` needs to ask both servers.
  let environment: [String: String]
  let moto: MotoServer
  private let folder: Folder
  private let server = Process()

  /// Starts both and waits until they listen.
  ///
  /// - Throws: `Impatience` if one does not start.
  init(_ folder: Folder) async throws {
    let programs = try #require(MotoServer.programs)
    self.folder = folder
    moto = try await MotoServer(folder)
    let endpoint = moto.environment["AWS_ENDPOINT_URL"] ?? ""
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/rekognition_server.py").path()
    try folder.write("", to: "service/log")
    server.executableURL = URL(filePath: programs + "/python3")
    server.arguments = [script, folder("service"), endpoint]
    server.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.home]
    let log = FileHandle(forWritingAtPath: folder("service/log"))
    (server.standardOutput, server.standardError) = (log, log)
    try server.run()
    try await eventually("the service listening", timeout: .seconds(60)) {
      folder.has("service/port")
    }
    environment = moto.environment.merging([
      "AWS_ENDPOINT_URL_REKOGNITION":
        "http://127.0.0.1:" + (try folder.text(of: "service/port"))
    ]) { $1 }
  }

  deinit {
    guard server.isRunning else { return }
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
  }

  /// Lets operations be refused, each code once.
  func refuse(_ faults: [String: [String]]) throws {
    try folder.write([UInt8](try JSONEncoder().encode(faults)), to: "service/faults.json")
  }

  /// The operations asked for, in order.
  func operations() throws -> [String] {
    try requests().map { $0["operation"] as? String ?? "" }
  }

  /// Checks that every request was valid, and that the server had no trouble of its own.
  func checkRequests() throws {
    for request in try requests() {
      #expect((request["wrong"] as? [String])?.isEmpty == true, "\(request)")
    }
    #expect((try? folder.text(of: "service/problems")) == nil)
  }

  private func requests() throws -> [[String: Any]] {
    guard folder.has("service/requests.jsonl") else { return [] }
    return try folder.text(of: "service/requests.jsonl").split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}
