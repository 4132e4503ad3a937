import Glibc
import Synchronization

/// A folder for files that others are to read, for the person alone, gone with the value.
final class Scratch: Sendable {
  let path: String
  private let count = Atomic(0)

  /// Makes the folder.
  ///
  /// - Parameter name: What stands in its name.
  /// - Throws: ``Failure`` if none can be made.
  init(_ name: String) throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) }
    // `aws` would replace `$NAME` and `~` in the path of a file.
    let usable = parent.flatMap { path in
      path.hasPrefix("/") && !path.contains { "$~".contains($0) } ? path : nil
    }
    let folder = usable ?? "/tmp"  // where POSIX has temporary files
    var template = Array("\(folder)/reticle-\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure.saying(
        "\(folder): no folder can be made there "
          + "(\(String(cString: strerror(errno)))); set TMPDIR to one that can be written to",
        Failure.cannotCreate)
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// A path in it that is not taken.
  func file(_ name: String) -> String {
    "\(path)/\(count.add(1, ordering: .relaxed).newValue)-\(name)"
  }

  /// Writes a file for the person alone.
  ///
  /// - Returns: Its path.
  /// - Throws: ``Failure`` if it can't be written.
  func write(_ bytes: [UInt8], as name: String) throws -> String {
    let file = file(name)
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(file) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw Self.failure(file)
      }
    }
    return file
  }

  /// Removes a file, or a folder with all in it; links are removed and not followed.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    if let directory = opendir(path) {
      var names: [String] = []
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { names.append(name) }
      }
      closedir(directory)
      for name in names { remove("\(path)/\(name)") }
    }
    rmdir(path)
  }

  private static func failure(_ file: String) -> Failure {
    Failure.saying(
      "\(file) can't be written: \(String(cString: strerror(errno))); make room, or set TMPDIR",
      Failure.cannotCreate)
  }
}
