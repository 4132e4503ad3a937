import Glibc
import GroundTruth
import Processes
import Storage
import Synchronization

/// The engine at work on a version: `reticle-engine train FOLDER`.
final class EngineTraining: Sendable {
  /// How far it is.
  struct Progress: Hashable, Sendable {
    /// What it is doing: `fit` or `calibrate`.
    var phase: String
    var step: Int
    var steps: Int
    var loss: Double?
    /// The score on the images held out, 0…1; mean average precision or accuracy.
    var validation: Double?
    var secondsLeft: Double?
  }

  /// How it came to its end.
  enum Ending: Hashable, Sendable {
    /// There is a model.
    case finished
    /// It can't be done; why, and what to do.
    case failed(String)
    /// It was asked to stop and can go on later.
    case stopped
    /// It came down; how, and the last of what it said.
    case crashed(String)
  }

  private struct Life {
    /// When it was first asked to stop.
    var stopped: ContinuousClock.Instant?
    var wasKilled = false
  }

  /// How long it may take to write a checkpoint when it is asked to stop.
  private static let patience = Duration.seconds(30)
  /// How long there is between two reports at least.
  private static let pause = Duration.milliseconds(100)
  /// The exit code of an engine that stopped at a checkpoint, that of "try later".
  private static let resumable: Int32 = 75

  private let life = Mutex(Life())
  private let process: ChildProcess
  private let log: String

  /// Starts the engine.
  ///
  /// - Parameters:
  ///   - engine: The program.
  ///   - version: The version, with its job.
  ///   - lock: The version's lock, which the engine holds too: it outlives a crash of this program.
  /// - Throws: ``Failure`` if it can't be started.
  init(_ engine: String, _ version: ModelVersion, lock: VersionLock) throws {
    log = version.path(of: .log)
    guard
      let process = ChildProcess(
        engine, ["train", Sources.real(version.folder)],
        // Threads that wait while others compute would only keep them from it.
        environment: ["OMP_WAIT_POLICY=passive"], pipes: [.output, .messages],
        sharing: lock.descriptor)
    else {
      throw Failure.saying(
        "\(engine) can't be started (\(String(cString: strerror(errno)))); mend or reinstall it",
        Failure.noInput)
    }
    self.process = process
  }

  /// Asks it to stop at a checkpoint; `wait` then returns.
  func stop() {
    life.withLock { if $0.stopped == nil { $0.stopped = .now } }
    process.send(SIGTERM)
  }

  /// Waits for its end.
  ///
  /// - Parameter report: Told of each step.
  /// - Returns: How it ended.
  func wait(report: (Progress) -> Void) -> Ending {
    var lines = BoundedLines(limit: 1 << 20)
    var messages = MessageTail(log: log)
    var last: Ending?
    var news: Progress?
    var reported = ContinuousClock.now - Self.pause
    while true {
      let code = process.reap()
      waitForNews()
      messages.read(process.messages)
      for case .whole(let line) in lines.take(heard()) {
        switch Said(line) {
        case .progress(let progress): news = progress
        case .ending(let ending): last = ending
        case nil: break
        }
      }
      // Of an engine in a hurry only the newest is told, but that in any case.
      if let progress = news, code != nil || .now - reported >= Self.pause {
        report(progress)
        (news, reported) = (nil, .now)
      }
      if let code {
        return ending(code, said: last, messages: messages.text)
      }
      killIfSlow()
    }
  }

  /// What the engine has said since; bounded, so that one that never stops talking is not listened
  /// to for ever.
  private func heard() -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    for _ in 0..<64 {
      let count = Glibc.read(process.output, &piece, piece.count)
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    return bytes
  }

  private func ending(_ code: Int32, said last: Ending?, messages: String) -> Ending {
    let wasStopped = life.withLock { $0.stopped != nil }
    if code == 0, last == .finished { return .finished }
    if case .failed? = last { return last ?? .stopped }
    if wasStopped || code == Self.resumable { return .stopped }
    let tail = messages.split(separator: "\n").suffix(3).joined(separator: " / ")
    let said = tail.isEmpty ? "" : ": \(tail)"
    switch code {
    case 0: return .crashed("the engine ended without a model\(said)")
    case 128 + SIGKILL:
      return .crashed(
        "the engine was killed (signal 9), perhaps because memory ran out\(said)")
    case 129...: return .crashed("the engine was ended by signal \(code - 128)\(said)")
    default: return .crashed("the engine ended with code \(code)\(said)")
    }
  }

  private func killIfSlow() {
    let isOverdue = life.withLock { life in
      guard let stopped = life.stopped, !life.wasKilled, .now - stopped > Self.patience else {
        return false
      }
      life.wasKilled = true
      return true
    }
    if isOverdue { process.send(SIGKILL) }
  }

  /// Waits until there is something to read or a twentieth of a second is over.
  private func waitForNews() {
    var polls = [process.output, process.messages].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    _ = poll(&polls, nfds_t(polls.count), 50)
    // After the other ends are closed there is nothing to wait on but the clock.
    if polls.allSatisfy({ $0.revents & Int16(POLLIN) == 0 && $0.revents != 0 }) { usleep(5_000) }
  }
}

/// What a line of the engine says.
private enum Said {
  case progress(EngineTraining.Progress)
  case ending(EngineTraining.Ending)

  /// Reads a line; `nil` for what isn't part of the protocol.
  init?(_ line: [UInt8]) {
    guard let json = try? JSONValue(parsing: line) else { return nil }
    switch json["event"]?.string {
    case "progress":
      guard let step = json["step"]?.integer, let steps = json["steps"]?.integer else { return nil }
      self = .progress(
        EngineTraining.Progress(
          phase: json["phase"]?.string ?? "fit", step: max(0, step), steps: max(1, steps),
          loss: json["loss"]?.double, validation: json["validation"]?.double,
          secondsLeft: json["secondsLeft"]?.double.map { max(0, $0) }))
    case "finished": self = .ending(.finished)
    case "failed":
      self = .ending(
        .failed(json["message"]?.string ?? "the engine says no more than that it failed"))
    default: return nil
    }
  }
}

/// The last of what a program says on standard error; the first of it is kept in a file.
struct MessageTail {
  private static let fileLimit = 1 << 20
  private static let tailLimit = 8_192
  private let log: String
  private var written = 0
  private var tail: [UInt8] = []

  init(log: String) { self.log = log }

  /// The last of it.
  var text: String { String(decoding: tail, as: UTF8.self) }

  /// Reads what is there.
  mutating func read(_ descriptor: Int32) {
    var piece = [UInt8](repeating: 0, count: 4_096)
    for _ in 0..<64 {
      let count = Glibc.read(descriptor, &piece, piece.count)
      guard count > 0 else { return }
      keep(piece[..<count])
      tail += piece[..<count]
      if tail.count > Self.tailLimit { tail.removeFirst(tail.count - Self.tailLimit) }
    }
  }

  /// A log that can't be written is let go.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    let part = bytes.prefix(Self.fileLimit - written)
    guard !part.isEmpty else { return }
    let how = written == 0 ? O_TRUNC : O_APPEND
    written += part.count
    let file = open(log, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | how, 0o644)
    guard file >= 0 else { return }
    _ = part.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
  }
}
