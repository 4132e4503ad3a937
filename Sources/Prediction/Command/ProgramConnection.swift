import Glibc
import GroundTruth
import Processes

/// A running program with what is on its way to and from it.
struct ProgramConnection {
  let process: ChildProcess
  /// What waits to be read by the program.
  var outgoing: [UInt8] = []
  /// Since when the program reads no more; nil as long as it does.
  private(set) var inputClosed: ContinuousClock.Instant?
  /// Whether the program writes no more.
  private(set) var isOutputClosed = false
  private var lines = BoundedLines(limit: ProgramLine.limit)
  private(set) var messages: [UInt8] = []

  /// No more than this is kept of what it says on standard error, in bytes.
  private static let messageLimit = 8_192

  /// Starts a program.
  ///
  /// - Throws: `PredictionError` if the system can't.
  init(
    _ path: String, _ arguments: [String], environment: [String]
  ) throws(PredictionError) {
    var environment = environment
    // What Python writes to a pipe stays in its buffer otherwise, and both would wait for ever.
    if getenv("PYTHONUNBUFFERED") == nil { environment.append("PYTHONUNBUFFERED=1") }
    guard
      let process = ChildProcess(
        path, arguments, environment: environment, pipes: [.input, .output, .messages])
    else {
      throw PredictionError(
        .unavailable,
        "\(path) can't be started (\(String(cString: strerror(errno)))): mend or reinstall it")
    }
    self.process = process
  }

  /// Adds a request to what the program is to read.
  mutating func ask(_ request: PredictionRequest) {
    outgoing += JSONStyle.compact.object([
      ("id", JSONText.encode(String(request.id))), ("path", JSONText.encode(request.path)),
      ("width", JSONNumber.encode(request.size.width)),
      ("height", JSONNumber.encode(request.size.height)),
    ])
    outgoing.append(UInt8(ascii: "\n"))
  }

  /// Waits until something can be read or written, or for so many milliseconds.
  mutating func wait(milliseconds: Int32) {
    var files = [
      pollfd(fd: isOutputClosed ? -1 : process.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: process.messages, events: Int16(POLLIN), revents: 0),
      pollfd(
        fd: inputClosed == nil ? process.input : -1,
        events: outgoing.isEmpty ? 0 : Int16(POLLOUT), revents: 0),
    ]
    _ = poll(&files, nfds_t(files.count), milliseconds)
    if files[2].revents & Int16(POLLERR) != 0 { closeInput() }
    // A file that is closed at the other end is always ready, and would make this a spin.
    let isOnlyHangUp = files.allSatisfy { $0.revents & Int16(POLLIN | POLLOUT) == 0 }
    if isOnlyHangUp, files.contains(where: { $0.revents != 0 }) { usleep(2_000) }
  }

  /// Writes what the program takes.
  mutating func write() {
    guard !outgoing.isEmpty, inputClosed == nil else { return }
    let count = outgoing.withUnsafeBytes { Glibc.write(process.input, $0.baseAddress, $0.count) }
    if count > 0 {
      outgoing.removeFirst(count)
    } else if errno != EAGAIN, errno != EINTR {
      closeInput()
    }
  }

  private mutating func closeInput() {
    inputClosed = .now
    outgoing = []
  }

  /// Reads what is there, at most a few megabytes, and returns the lines it ends.
  mutating func read() -> [BoundedLines.Line] {
    readMessages()
    var found: [BoundedLines.Line] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<64 where !isOutputClosed {
      let count = Glibc.read(process.output, &piece, piece.count)
      if count > 0 {
        found += lines.take(piece[..<count])
      } else if count == 0 {
        isOutputClosed = true
        if let last = lines.finish() { found.append(last) }
      } else if errno != EINTR {
        break
      }
    }
    return found
  }

  private mutating func readMessages() {
    var piece = [UInt8](repeating: 0, count: 4_096)
    // Bounded, so that a program that never stops talking is not listened to for ever.
    for _ in 0..<64 {
      let count = Glibc.read(process.messages, &piece, piece.count)
      guard count > 0 else { return }
      messages += piece[..<count]
      if messages.count > Self.messageLimit {
        messages.removeFirst(messages.count - Self.messageLimit)
      }
    }
  }

  /// Ends the program by force and waits for that; returns how it ended.
  func kill() -> Int32? {
    process.send(SIGKILL)
    return waitForEnd(.seconds(5))
  }

  /// Waits for the program's end; nil if it takes longer.
  func waitForEnd(_ patience: Duration) -> Int32? {
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end {
      if let code = process.reap() { return code }
      usleep(2_000)
    }
    return process.reap()
  }

  /// The last lines on standard error that say something.
  var lastMessages: [String] {
    let lines = String(decoding: messages, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.filter { $0.contains { !$0.isWhitespace } }.suffix(8).map(String.init)
  }

  /// What the program said last, in parentheses, with a space before them; empty if nothing.
  var lastWords: String {
    lastMessages.last.map { " (it said “\($0.excerpt)”)" } ?? ""
  }
}
