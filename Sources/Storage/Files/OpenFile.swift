import Glibc

/// A file descriptor that is closed when nobody holds it any more.
final class OpenFile: Sendable {
  let descriptor: Int32
  let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Opens a regular file that exists; never waits for a pipe, never follows a link.
  ///
  /// - Throws: `StorageError.notAFile` for anything but a regular file.
  static func existing(_ path: String, _ flags: Int32) throws(StorageError) -> OpenFile {
    let descriptor = try attempting(.read, path) { () throws(SystemCode) in
      try checked { open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW) }
    }
    let file = OpenFile(descriptor: descriptor, path: path)
    guard try file.status().isRegular else { throw .notAFile(path: path) }
    return file
  }

  /// The file as the system describes it now.
  func status() throws(StorageError) -> FileStatus {
    try attempting(.read, path) { () throws(SystemCode) in try FileStatus(of: descriptor) }
  }

  /// All bytes up to a size, or fewer if the file has become shorter.
  func contents(upTo size: Int) throws(StorageError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    let count = try attempting(.read, path) { () throws(SystemCode) in
      try bytes.withUnsafeMutableBufferPointer { (buffer) throws(SystemCode) in
        try Self.fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
      }
    }
    bytes.removeLast(size - count)
    return bytes
  }

  /// Reads until the buffer is full or the file ends, and tells how much there was.
  static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32
  ) throws(SystemCode) -> Int {
    var count = 0
    while count < buffer.count {
      let read = try checked {
        pread(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count, count)
      }
      if read == 0 { break }
      count += read
    }
    return count
  }

  /// The bytes of a regular file; nil if there is none.
  static func contents(of path: String) throws(StorageError) -> [UInt8]? {
    do {
      let file = try existing(path, O_RDONLY)
      return try file.contents(upTo: file.status().size)
    } catch StorageError.system(.read, _, ENOENT) {
      return nil
    }
  }
}
