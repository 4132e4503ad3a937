import GroundTruth

/// Tells how far training has come, a few times a second at most.
struct TrainingProgress {
  private var lastTime = 0.0
  private let started = ProcessorTime.wall
  private let firstStep: Int
  /// The mean of the last losses.
  private(set) var loss: Double?
  /// The score on images held out.
  var validation: Double?

  init(firstStep: Int) { self.firstStep = firstStep }

  /// Takes a step's loss.
  mutating func add(loss new: Double) {
    loss = loss.map { $0 + 0.05 * (new - $0) } ?? new
  }

  /// Writes a line, if the last one is old enough.
  mutating func report(step: Int, of steps: Int, phase: String = "fit", isForced: Bool = false) {
    let now = ProcessorTime.wall
    guard isForced || now - lastTime >= 0.5 else { return }
    lastTime = now
    let done = step - firstStep
    let left = done > 0 ? (now - started) / Double(done) * Double(steps - step) : nil
    func rounded(_ value: Double?) -> [UInt8] {
      JSONNumber.encode(value.map { ($0 * 1_000).rounded() / 1_000 } ?? .nan)
    }
    StandardLines.write([
      ("event", JSONText.encode("progress")), ("phase", JSONText.encode(phase)),
      ("step", JSONNumber.encode(step)), ("steps", JSONNumber.encode(steps)),
      ("loss", rounded(loss)), ("validation", rounded(validation)),
      ("secondsLeft", left.map { JSONNumber.encode($0.rounded()) } ?? Array("null".utf8)),
    ])
  }
}
