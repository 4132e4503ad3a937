import Foundation
import TestSupport

/// The program run without a terminal, from a folder.
struct Run {
  let code: Int32
  let output: [UInt8]
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }

  /// Runs it to its end; what it writes goes to files, so that no pipe can fill up.
  init(
    _ folder: Folder, _ arguments: [String], environment: [String: String] = [:],
    input: String = "", program: String = BuiltProduct.path("reticle")
  ) async throws {
    let names = ["out", "err", "in"].map { folder("\($0)-\(UUID().uuidString)") }
    for name in names { try Data().write(to: URL(filePath: name)) }
    try Data(input.utf8).write(to: URL(filePath: names[2]))
    let variables = PseudoTerminal.environment(home: folder.home).merging(environment) { $1 }
    let path = folder.path
    code = try await apart {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.environment = variables
      process.currentDirectoryURL = URL(filePath: path)
      process.standardInput = FileHandle(forReadingAtPath: names[2])
      process.standardOutput = FileHandle(forWritingAtPath: names[0])
      process.standardError = FileHandle(forWritingAtPath: names[1])
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    output = [UInt8](try Data(contentsOf: URL(filePath: names[0])))
    errors = String(decoding: try Data(contentsOf: URL(filePath: names[1])), as: UTF8.self)
    for name in names { try FileManager.default.removeItem(atPath: name) }
  }
}
