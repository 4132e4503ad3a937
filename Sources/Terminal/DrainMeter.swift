/// Finds out how fast frames reach the terminal: a question is sent after a large one, and the
/// terminal answers when it has read so far.
///
/// Neither the time that a write takes nor what the system's buffers hold would tell: between here
/// and a terminal far away there are others.
struct DrainMeter {
  /// Asks for the primary device attributes (DA1, ECMA-48 §8.3.24), which every terminal answers.
  static let question = "\u{1B}[c"

  /// Bytes a second; `nil` before the first answer.
  private(set) var rate: Double?
  private var asked: (bytes: Int, time: Duration)?
  private var reports = 0
  /// Whether an answer failed to come: such a terminal isn't asked again.
  private var isDeaf = false

  /// Fewer bytes are there at once over any way.
  private static let fewestBytes = 2_000
  /// Fewer bytes tell more of the way's length than of its width.
  private static let fewestTimedBytes = 8_000
  /// After so long no answer is expected any more.
  private static let patience: Duration = .seconds(30)

  /// Whether an answer is on its way.
  var isWaiting: Bool { asked != nil }

  /// Whether what was sent before the question may still be on its way.
  func isBehind(at now: Duration) -> Bool {
    asked.map { now - $0.time <= Self.patience } ?? false
  }

  /// Takes a frame that has been sent; returns whether the question is to follow.
  mutating func begin(bytes: Int, at start: Duration) -> Bool {
    if let asked, start - asked.time > Self.patience {
      self.asked = nil
      isDeaf = true
    }
    guard asked == nil, !isDeaf, bytes >= Self.fewestBytes else { return false }
    asked = (bytes, start)
    return true
  }

  /// Takes how many answers have come in all.
  mutating func take(reports count: Int, at now: Duration) {
    guard count != reports else { return }
    reports = count
    guard let (bytes, start) = asked else { return }
    asked = nil
    guard bytes >= Self.fewestTimedBytes else { return }
    let seconds = max(1e-4, (now - start) / .seconds(1))
    let latest = Double(bytes) / seconds
    // One slow answer is no slow link, but two are; one fast answer is no fast link.
    rate = rate.map { min(($0 + latest) / 2, 2 * $0) } ?? latest
  }
}
