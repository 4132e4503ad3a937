import Glibc

/// Lines from standard input, none longer than a request can be.
struct RequestLines {
  /// The longest line, in bytes.
  static let limit = 1 << 20

  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Whether the line being read is too long already.
  private var isSkipping = false

  /// The next line without its end; nil at the end of input.
  mutating func next() -> [UInt8]? {
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[start..<end])
        start = end + 1
        if !isSkipping { return line }
        isSkipping = false
        continue
      }
      if buffer.count - start > Self.limit {
        StandardLines.say("a request of more than \(Self.limit) bytes was left out")
        isSkipping = true
      }
      if isSkipping { start = buffer.count }
      guard !isAtEnd else {
        let rest = Array(buffer[start...])
        start = buffer.count
        return rest.isEmpty || isSkipping ? nil : rest
      }
      fill()
    }
  }

  private mutating func fill() {
    buffer.removeFirst(start)
    start = 0
    var block = [UInt8](repeating: 0, count: 65_536)
    let count = read(STDIN_FILENO, &block, block.count)
    if count > 0 {
      buffer += block[..<count]
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }
}
