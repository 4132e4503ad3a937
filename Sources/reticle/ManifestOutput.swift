import ArgumentParser
import Glibc
import GroundTruth
import Storage

/// A manifest to be written: a file that isn't there yet, or standard output.
struct ManifestOutput {
  /// The path, or `-` for standard output.
  let path: String

  /// Checks that a manifest may be written.
  ///
  /// - Parameters:
  ///   - path: The path, or `-` for standard output.
  ///   - isForced: Whether a file that is there may be replaced.
  /// - Throws: ``Failure``, which says why not.
  init(_ path: String, isForced: Bool) throws {
    self.path = path
    guard path != "-" else { return }
    switch FileKind.of(path) {
    case .missing: break
    case .file where isForced: try Self.checkNobodyEdits(path)
    case .file:
      throw Failure.saying(
        "\(path): is there already; name another file, or replace it with --force",
        Failure.cannotCreate)
    case .folder, .other:
      throw Failure.saying(
        "\(path): is no file that could be replaced; name another", Failure.cannotCreate)
    }
  }

  /// The path with the links of its folder followed, to tell whether two outputs are one file.
  var realPath: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let folder = path.hasPrefix("/") || path.contains("/") ? String(path.dropLast(name.count)) : "."
    guard let real = realpath(path, nil) ?? realpath(folder, nil) else { return path }
    defer { free(real) }
    let found = String(cString: real)
    return FileKind.of(path) == .missing ? found + "/" + name : found
  }

  /// Whether the lines go to standard output.
  var isStandardOutput: Bool { path == "-" }

  /// Writes lines, in one step where it is a file.
  ///
  /// - Parameters:
  ///   - lines: The lines in order, asked for one at a time.
  ///   - model: The manifest that they are from, whose byte order mark is taken over.
  /// - Throws: ``Failure``, which says what is wrong; a file that was there is then whole.
  func write(_ lines: some Sequence<ManifestLine>, like model: Dataset) throws {
    let text = ManifestText(lines, like: model)
    guard isStandardOutput else {
      do throws(StorageError) {
        try ManifestFile.write(text, to: path)
      } catch {
        throw Failure.saying(error.description, Failure.cannotCreate)
      }
      return
    }
    var buffer: [UInt8] = []
    for piece in text {
      buffer += piece
      if buffer.count >= 1 << 16 {
        try StandardOutput.write(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try StandardOutput.write(buffer)
  }

  /// A manifest that is open for editing, or has edits in its journal, is not pulled away.
  private static func checkNobodyEdits(_ path: String) throws {
    let unsavedCount: Int
    do throws(StorageError) {
      let opened = try ManifestStore.open(
        path, access: .write, program: "reticle \(Reticle.version)")
      unsavedCount = opened.store.unsavedCount
      opened.store.close()
    } catch {
      if case .locked = error { throw Failure.saying(error.description, Failure.temporary) }
      throw Failure.saying(error.description, Failure.cannotCreate)
    }
    if unsavedCount > 0 {
      throw Failure.saying(
        "\(path): has edits in \(path).journal that would be lost: open it once with "
          + "'reticle label' to save them, or name another file", Failure.cannotCreate)
    }
  }
}
