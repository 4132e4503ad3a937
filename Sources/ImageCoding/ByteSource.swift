import Glibc

/// The bytes of an image file, read where they are asked for; safe to share between threads.
///
/// Reading with `pread` rather than mapping: a file that another program shortens while it is
/// being decoded then simply ends early, where touching a mapped page would kill the process.
final class ByteSource: Sendable {
  private enum Storage {
    case descriptor(Int32)
    case bytes([UInt8])
  }

  private let storage: Storage
  /// The length when it was opened.
  let count: Int
  /// Which file it is, in which state.
  let identity: FileIdentity

  init(bytes: [UInt8]) {
    storage = .bytes(bytes)
    count = bytes.count
    identity = .inMemory()
  }

  private init(descriptor: Int32, status: stat) {
    storage = .descriptor(descriptor)
    count = Int(status.st_size)
    identity = FileIdentity(status)
  }

  deinit {
    if case .descriptor(let descriptor) = storage { close(descriptor) }
  }

  /// Opens a regular file; never waits for a pipe or a device.
  static func open(path: String) throws(ImageError) -> ByteSource {
    func fail(_ reason: ImageError.Reason) -> ImageError { ImageError(path: path, reason: reason) }
    // A path with a NUL would be cut there and name another file.
    guard !path.utf8.contains(0) else { throw fail(.missing) }
    let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fail(reason(ofOpenError: errno)) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw fail(.unreadable(code))
    }
    // From here on the descriptor is closed with the source.
    let source = ByteSource(descriptor: descriptor, status: status)
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw fail(.directory)
    default: throw fail(.specialFile)
    }
    return source
  }

  private static func reason(ofOpenError code: Int32) -> ImageError.Reason {
    switch code {
    case ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP: .missing
    case EACCES, EPERM: .notPermitted
    case ENXIO, ENODEV: .specialFile
    default: .unreadable(code)
    }
  }

  /// Copies bytes from an offset on; returns how many, 0 at the end or where reading fails.
  func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    switch storage {
    case .descriptor(let descriptor):
      guard let place = off_t(exactly: offset) else { return 0 }
      while true {
        let received = pread(descriptor, buffer.baseAddress, buffer.count, place)
        if received >= 0 { return received }
        if errno != EINTR { return 0 }
      }
    case .bytes(let bytes):
      guard offset < UInt64(bytes.count) else { return 0 }
      let start = Int(offset)
      let length = min(buffer.count, bytes.count - start)
      bytes.withUnsafeBytes { all in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[start..<start + length]))
      }
      return length
    }
  }

  /// Up to `length` bytes from an offset on; fewer at the end of the file.
  func bytes(at offset: Int, length: Int) -> [UInt8] {
    guard offset >= 0, length > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = read(at: UInt64(offset), into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
