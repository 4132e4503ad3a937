import Foundation
import GroundTruth
import TestSupport

/// Runs of the engine's program.
enum EngineRun {
  /// The program beside the tests; it is there where libtorch is.
  static let program = BuiltProduct.path("reticle-engine")
  static let isBuilt = FileManager.default.isExecutableFile(atPath: program)

  /// How a run ended.
  struct Result: Sendable {
    let code: Int32
    let lines: [JSONValue]
    let messages: String

    /// The last line of a kind.
    func last(_ event: String) -> JSONValue? {
      lines.last { $0["event"]?.string == event }
    }
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - input: What it reads.
  ///   - signal: A signal that it is sent, with the step from which on.
  /// - Returns: How it ended; 128 and the signal where one ended it.
  /// - Throws: An error if it can't be started.
  static func run(
    _ arguments: [String], input: String = "", signal: (number: Int32, step: Int)? = nil
  ) async throws -> Result {
    try await apart { try runBlocking(arguments, input: input, signal: signal) }
  }

  private static func runBlocking(
    _ arguments: [String], input: String, signal: (number: Int32, step: Int)?
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    let messages = FileManager.default.temporaryDirectory
      .appending(path: "reticle-engine-\(UUID().uuidString)")
    try Data().write(to: messages)
    defer { try? FileManager.default.removeItem(at: messages) }
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    var lines: [JSONValue] = []
    var rest: [UInt8] = []
    var waiting = signal
    while true {
      let data = stdout.fileHandleForReading.availableData
      if data.isEmpty { break }
      rest += data
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        lines.append(try JSONValue(parsing: Array(rest[..<end])))
        rest.removeFirst(end + 1)
        if let asked = waiting, let step = lines.last?["step"]?.integer, step >= asked.step {
          kill(process.processIdentifier, asked.number)
          waiting = nil
        }
      }
    }
    process.waitUntilExit()
    let isKilled = process.terminationReason == .uncaughtSignal
    return Result(
      code: process.terminationStatus + (isKilled ? 128 : 0), lines: lines,
      messages: try String(contentsOf: messages, encoding: .utf8))
  }
}

/// A folder of a test's own, gone with the value.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory
      .appending(path: "reticle-training-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a folder for a model that learns a job.
  func model(_ name: String, _ job: [UInt8]) throws -> String {
    let folder = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(job).write(to: URL(filePath: "\(folder)/job.json"))
    return folder
  }

  /// The bytes of a file.
  func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }
}
