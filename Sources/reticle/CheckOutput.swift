import Glibc

/// A new file that appears under its name when it is whole; without `commit` nothing is left.
final class CheckOutput {
  private static let capacity = 1 << 18

  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isCommitted = false

  init(_ path: String) throws(CheckProblem) {
    self.path = path
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    temporary = "\(path).\(random).reticle"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(path, errno) }
    buffer.reserveCapacity(Self.capacity)
  }

  deinit {
    close(descriptor)
    if !isCommitted { unlink(temporary) }
  }

  /// Adds bytes at the end.
  func append(_ bytes: Span<UInt8>) throws(CheckProblem) {
    for index in 0..<bytes.count { buffer.append(bytes[index]) }
    if buffer.count >= Self.capacity { try drain() }
  }

  /// Adds bytes at the end.
  func append(_ bytes: [UInt8]) throws(CheckProblem) {
    buffer += bytes
    if buffer.count >= Self.capacity { try drain() }
  }

  /// Puts the file in its place, on disk.
  func commit() throws(CheckProblem) {
    try drain()
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw .unwritable(path, errno)
    }
    isCommitted = true
  }

  private func drain() throws(CheckProblem) {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .unwritable(path, errno)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
