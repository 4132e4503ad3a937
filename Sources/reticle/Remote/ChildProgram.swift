import Glibc
import Processes
import Synchronization

/// A program that works on its own, without terminal or input, until it ends or is stopped.
final class ChildProgram: Sendable {
  /// How a program ended.
  enum Ending: Hashable, Sendable {
    /// By itself; 0 is success, and what a signal ended has 128 and its number.
    case ended(code: Int32)
    /// Because nobody wants its work any more.
    case stopped
    /// Because it made no progress for too long.
    case stalled
    /// Because its file became too large.
    case tooLarge
  }

  /// How long a program may take, and how much it may write.
  struct Limits: Sendable {
    /// Without a new byte in its file.
    var stall: Duration = .seconds(90)
    /// In all.
    var total: Duration = .seconds(900)
    /// Bytes in its file.
    var size = 256 << 20
  }

  private let isStopped = Atomic(false)
  private let process: ChildProcess

  /// Starts a program; nil, with `errno` set, if the system can't.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Its arguments, each as it is: no shell reads them.
  ///   - environment: Variables as `NAME=value`, beside those of this process.
  ///   - output: The file for what it writes to standard output; nil to drop that.
  init?(
    _ path: String, _ arguments: [String], environment: [String], output: String? = nil
  ) {
    guard
      let process = ChildProcess(
        path, arguments, environment: environment, pipes: [.messages], outputFile: output)
    else { return nil }
    self.process = process
  }

  /// Ends the program at once, with all that it started; `wait` then returns.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    process.send(SIGKILL)
  }

  /// Waits for the end.
  ///
  /// - Parameters:
  ///   - file: The file that the program writes.
  ///   - limits: What it may take.
  /// - Returns: How it ended, and the last of what it said on standard error.
  func wait(writing file: String, limits: Limits) -> (Ending, message: String) {
    var message: [UInt8] = []
    var size = 0
    let start = ContinuousClock.now
    var lastProgress = start
    var end: Ending?
    while true {
      if let code = process.reap() {
        read(into: &message)
        let isStopped = isStopped.load(ordering: .relaxed)
        return (end ?? (isStopped ? .stopped : .ended(code: code)), Self.text(message))
      }
      waitForMessage()
      read(into: &message)
      let now = ContinuousClock.now
      let newSize = Self.size(of: file)
      if newSize != size { (size, lastProgress) = (newSize, now) }
      guard end == nil else { continue }
      if size > limits.size { end = .tooLarge }
      if now - lastProgress > limits.stall || now - start > limits.total { end = .stalled }
      if end != nil { process.send(SIGKILL) }
    }
  }

  // MARK: Waiting

  /// Waits until there is something to read or a twentieth of a second is over.
  private func waitForMessage() {
    var poll = pollfd(fd: process.messages, events: Int16(POLLIN), revents: 0)
    _ = Glibc.poll(&poll, 1, 50)
    // After the other end is closed there is nothing to wait on but the clock.
    if poll.revents & Int16(POLLIN) == 0, poll.revents != 0 { usleep(5_000) }
  }

  /// Reads what is there and keeps its end.
  private func read(into message: inout [UInt8]) {
    var piece = [UInt8](repeating: 0, count: 4_096)
    // Bounded, so that a program that never stops talking is not listened to for ever.
    for _ in 0..<64 {
      let count = Glibc.read(process.messages, &piece, piece.count)
      guard count > 0 else { return }
      message += piece.prefix(count)
      if message.count > 8_192 { message.removeFirst(message.count - 8_192) }
    }
  }

  private static func text(_ message: [UInt8]) -> String {
    String(decoding: message, as: UTF8.self)
  }

  private static func size(of file: String) -> Int {
    var status = stat()
    return stat(file, &status) == 0 ? Int(status.st_size) : 0
  }
}
