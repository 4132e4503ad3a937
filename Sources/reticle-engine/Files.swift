import Glibc
import Training

/// Files read whole, and written so that there is always a whole one.
enum Files {
  /// The longest file that is read, in bytes.
  static let limit = 1 << 30

  /// The content of a regular file; nil if there is none.
  ///
  /// - Throws: ``TrainingError`` if it is there but can't be read.
  static func read(_ path: String, limit: Int = limit) throws(TrainingError) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw failure("\(path) can't be opened") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw TrainingError("\(path) is no regular file; put one in its place.")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw TrainingError("\(path) has \(size) bytes, more than is believed of it; replace it.")
    }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(file, buffer.baseAddress.map { $0 + count }, size - count)
        if got > 0 {
          count += got
        } else if got == 0 || errno != EINTR {
          failed = got < 0
          break
        }
      }
    }
    if failed { throw failure("\(path) can't be read") }
    return bytes
  }

  /// Puts a file in the place of another, which stays whole until then.
  static func replace(_ path: String, with bytes: [UInt8]) throws(TrainingError) {
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw failure("\(temporary) can't be written") }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(file, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    let isWhole = written == bytes.count && fsync(file) == 0
    let problem = isWhole ? nil : failure("\(temporary) can't be written")
    close(file)
    if let problem {
      unlink(temporary)
      throw problem
    }
    guard rename(temporary, path) == 0 else { throw failure("\(path) can't be replaced") }
    flush(folderOf: path)
  }

  private static func flush(folderOf path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }

  private static func failure(_ what: String) -> TrainingError {
    let reason = String(cString: strerror(errno))
    return TrainingError("\(what): \(reason); check the permissions and the space on the disk.")
  }
}
