import Foundation
import Glibc
import TestSupport
import Testing

/// A folder of a test's own that is a project, and an engine that learns by heart.
struct TrainingProject {
  let folder: Folder
  /// What the engine is told by its variables.
  var engine: [String: String] = [:]

  /// Five photos with a cat each, the last with nothing, and one more that nobody looked at.
  init(lines: [String]? = nil) throws {
    folder = try Folder()
    try folder.fillPhotos(7)
    let cats = (0..<5).map { index in
      Sample.line("\("abcde".dropFirst(index).prefix(1)).png", boxes: [Self.cat(index)])
    }
    let all = lines ?? cats + [Sample.line("f.png", boxes: []), Sample.line("g.png")]
    try folder.write(all.map { $0 + "\n" }.joined(), to: "photos/output.manifest")
  }

  static func cat(_ index: Int) -> WrittenBox {
    WrittenBox("cat", Double(4 + index), 5, 30, 20)
  }

  /// What the program finds the engine by.
  var environment: [String: String] {
    engine.merging(["RETICLE_ENGINE": BuiltProduct.path("StubEngine")]) { $1 }
  }

  /// Runs the program to its end.
  func run(_ arguments: String...) async throws -> Run {
    try await Run(folder, arguments, environment: environment)
  }

  /// Starts the program, to be interrupted.
  func start(_ arguments: String...) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: BuiltProduct.path("reticle"))
    process.arguments = arguments
    process.environment = PseudoTerminal.environment(home: folder.home).merging(environment) { $1 }
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Waits until the engine is at a step.
  func reach(_ step: Int, of version: String = "v1") async throws {
    try await eventually("at step \(step)") {
      (try? folder.text(of: "photos/models/\(version)/checkpoint.stub")) == "\(step)"
    }
  }

  /// A JSON file of a version.
  func json(_ file: String, of version: String = "v1") throws -> [String: Any] {
    let bytes = try folder.bytes(of: "photos/models/\(version)/\(file)")
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  /// What a version's status says.
  func status(_ version: String = "v1") throws -> String {
    try #require(try json("status.json", of: version)["Status"] as? String)
  }

  /// The names of the images that a version is trained on, or that are held out for its test.
  func images(_ part: String, of version: String = "v1") throws -> [String] {
    let images = try #require(try json("job.json", of: version)[part] as? [[String: Any]])
    return images.compactMap { image in
      (image["path"] as? String)?.split(separator: "/").last.map(String.init)
    }
  }
}
