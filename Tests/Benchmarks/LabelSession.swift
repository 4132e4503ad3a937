import Cells
import Glibc
import TestSupport

/// `reticle label` on a pseudo-terminal, with its frames and when they came.
final class LabelSession {
  /// A frame: what the program sent between two ends of a synchronised update.
  struct Frame {
    /// When its last byte came.
    let time: ContinuousClock.Instant
    let bytes: ArraySlice<UInt8>

    /// Whether it draws a picture: the colours of many cells.
    var showsPicture: Bool {
      let background = Array("48;2;".utf8)
      var count = 0
      var index = bytes.startIndex
      while index + background.count <= bytes.endIndex, count < 200 {
        if bytes[index..<index + background.count].elementsEqual(background) { count += 1 }
        index += 1
      }
      return count == 200
    }
  }

  /// What a key led to.
  struct Step {
    /// From the key to the last byte of the first frame, in milliseconds.
    let wall: Double
    let frame: Frame
  }

  private static let frameEnd = Array("\u{1B}[?2026l".utf8)
  private static let patience = Duration.seconds(60)

  let terminal: PseudoTerminal
  let start: ContinuousClock.Instant
  private let memory: MemoryWatch

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - program: The built `reticle`.
  ///   - arguments: What follows `reticle label`.
  ///   - home: Where its state goes.
  ///   - environment: Variables besides the usual ones.
  ///   - size: The terminal's size.
  /// - Throws: An error if it does not start.
  init(
    _ program: String, _ arguments: [String], home: String, environment: [String: String] = [:],
    size: CellSize
  ) throws {
    start = ContinuousClock.now
    terminal = try PseudoTerminal(
      program, ["label", "--color", "truecolor"] + arguments, environment: environment,
      home: home, size: size)
    memory = MemoryWatch(process: terminal.processID)
  }

  deinit { memory.stop() }

  /// The most anonymous memory it had so far, in bytes.
  var peakMemory: Int { memory.peak }

  /// The processor time it has taken so far, in milliseconds: all threads, the kernel's work for
  /// them included.
  var processorTime: Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(terminal.processID, &clock) == 0, clock_gettime(clock, &time) == 0
    else { return 0 }
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
  }

  /// Waits until it writes nothing and does nothing any more.
  ///
  /// - Throws: ``BenchmarkError`` with the screen if there is no end to it.
  func settle() throws {
    let end = ContinuousClock.now + Self.patience
    var seen = (-1, -1.0)
    var quiet = 0
    while quiet < 4 {
      usleep(50_000)
      let now = (terminal.byteCount, processorTime)
      quiet = now.0 == seen.0 && now.1 - seen.1 < 1 ? quiet + 1 : 0
      seen = now
      if ContinuousClock.now > end { throw stuck("at rest") }
    }
  }

  /// Types a key and waits for the frame that it leads to.
  ///
  /// - Throws: ``BenchmarkError`` with the screen if no frame comes.
  func press(_ key: String) throws -> Step {
    let before = terminal.byteCount
    let start = ContinuousClock.now
    terminal.send(key)
    let end = start + Self.patience
    var seen = before
    while true {
      let count = terminal.byteCount
      if count > seen {
        seen = count
        if let frame = frames(since: before).first {
          return Step(wall: (frame.time - start).milliseconds, frame: frame)
        }
      }
      if ContinuousClock.now > end { throw stuck("redrawn after \(key.debugDescription)") }
      usleep(200)
    }
  }

  /// The whole frames that came after so many bytes.
  func frames(since count: Int) -> [Frame] {
    let bytes = terminal.output(since: count)
    let arrivals = terminal.arrivals
    var frames: [Frame] = []
    var first = 0
    var next = 0
    for index in bytes.indices where bytes[index] == 0x6C {
      let end = index + 1
      guard bytes[first..<end].reversed().starts(with: Self.frameEnd.reversed()) else { continue }
      while next < arrivals.count, arrivals[next].byteCount < count + end { next += 1 }
      guard next < arrivals.count else { break }
      frames.append(Frame(time: arrivals[next].time, bytes: bytes[first..<end]))
      first = end
    }
    return frames
  }

  private func stuck(_ wanted: String) -> BenchmarkError {
    BenchmarkError(description: "reticle is not \(wanted); its screen:\n\(terminal.screen.text)")
  }
}
