/// How far something is, on standard error: a bar on a terminal, nothing elsewhere.
struct ProgressBar {
  private var line = ProgressLine()
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?

  /// Shows that so much of the whole is done.
  ///
  /// - Parameters:
  ///   - part: How much is done.
  ///   - whole: How much there is.
  ///   - began: How much was done when the bar began, which tells nothing of the time left.
  ///   - detail: What else there is to say.
  mutating func show(_ part: Int, of whole: Int, began: Int = 0, detail: String = "") {
    guard line.isTerminal else { return }
    let now = ContinuousClock.now
    // Ten times a second is enough for eyes, and little for a slow line.
    if let last, now - last < .milliseconds(100), part < whole { return }
    last = now
    var text = "\(part) of \(whole)"
    if part > began, part < whole {
      let seconds = (now - start) / .seconds(1) / Double(part - began) * Double(whole - part)
      text += ", \(Self.time(seconds)) left"
    }
    if !detail.isEmpty { text += ", " + detail }
    line.show(part, of: whole, after: text)
  }

  /// Takes the bar away, for a line of text or at the end.
  mutating func clear() {
    line.clear()
    last = nil
  }

  private static func time(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e7).rounded(.up))
    if seconds < 90 { return "\(seconds) s" }
    return seconds < 5_400 ? "\((seconds + 30) / 60) min" : "\((seconds + 1_800) / 3_600) h"
  }
}
