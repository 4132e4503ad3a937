import ArgumentParser
import Glibc
import GroundTruth
import Storage

/// A manifest to be read, with the edits of its journal laid over it.
struct ManifestInput {
  /// The path as given, `-` for standard input.
  let path: String
  /// Its lines.
  let dataset: Dataset

  /// Opens a manifest to look at.
  ///
  /// - Throws: ``Failure``, which says what is wrong.
  init(_ path: String) throws {
    self.path = path
    if path == "-" {
      dataset = Dataset(source: ManifestFile(bytes: try Self.standardInput()))
      return
    }
    guard FileKind.of(path) != .missing else {
      throw Failure.saying("\(path): there is no such manifest", Failure.noInput)
    }
    do throws(StorageError) {
      let opened = try ManifestStore.open(
        path, access: .read, program: "reticle \(Reticle.version)")
      if let problem = opened.problem { Failure.say(problem.description) }
      dataset = opened.dataset
    } catch {
      throw Failure.saying(error.description, error.exitCode)
    }
  }

  private static func standardInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += piece[..<count]
      } else if errno != EINTR {
        throw Failure.saying(
          "standard input: \(String(cString: strerror(errno)))", Failure.noInput)
      }
    }
  }
}
