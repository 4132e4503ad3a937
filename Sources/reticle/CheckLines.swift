import Glibc

/// The lines of a file or of standard input, read a piece at a time.
///
/// A class, since it owns a file descriptor.
final class CheckLines {
  /// A longer line ends the reading: no manifest has one.
  private static let longestLine = 256 << 20
  private static let pieceSize = 1 << 20

  /// How many bytes have been read.
  private(set) var byteCount = 0
  private let path: String
  private let descriptor: Int32
  private var piece = [UInt8](repeating: 0, count: pieceSize)
  /// What has been read and not been lent yet.
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  /// Opens a file, or standard input for `-`.
  init(_ path: String) throws(CheckProblem) {
    self.path = path
    if path == "-" {
      descriptor = dup(STDIN_FILENO)
      guard descriptor >= 0 else { throw .unreadable(path, errno) }
      return
    }
    guard !path.utf8.contains(0) else { throw .missing(path) }
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? .missing(path) : .unreadable(path, errno)
    }
    descriptor = opened
    var status = stat()
    if fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw .folder(path) }
  }

  deinit { close(descriptor) }

  /// Lends the next line and whether a line feed ends it; false after the last.
  func next(_ body: (Span<UInt8>, Bool) throws -> Void) throws -> Bool {
    while true {
      if let feed = lineFeed() {
        try lend(start..<feed, true, body)
        start = feed + 1
        searched = start
        return true
      }
      if isAtEnd { break }
      try fill()
    }
    guard start < buffer.count else { return false }
    try lend(start..<buffer.count, false, body)
    start = buffer.count
    return true
  }

  private func lend(
    _ range: Range<Int>, _ hasEnd: Bool, _ body: (Span<UInt8>, Bool) throws -> Void
  ) throws {
    try buffer.withUnsafeBufferPointer { bytes in
      let all = bytes.span
      try body(all.extracting(range), hasEnd)
    }
  }

  private func lineFeed() -> Int? {
    let from = searched
    searched = buffer.count
    return buffer.withUnsafeBytes { bytes in
      guard from < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + from, 0x0A, bytes.count - from)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private func fill() throws(CheckProblem) {
    // What is left of a line goes to the front; it is short against the piece that follows.
    buffer.removeSubrange(0..<start)
    start = 0
    searched = buffer.count
    guard buffer.count < Self.longestLine else { throw .endlessLine(buffer.count) }
    var received = -1
    repeat {
      received = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    } while received < 0 && errno == EINTR
    guard received >= 0 else { throw errno == EISDIR ? .folder(path) : .unreadable(path, errno) }
    buffer += piece[..<received]
    byteCount += received
    isAtEnd = received == 0
  }
}
