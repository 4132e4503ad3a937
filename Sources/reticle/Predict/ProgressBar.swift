import Cells
import Glibc

/// How far something is, on standard error: a bar on a terminal, nothing elsewhere.
struct ProgressBar {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let style = ReportStyle(bars: Locale.isUnicode ? .blocks : .ascii)
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  private var isShown = false

  /// Shows that so much of the whole is done.
  ///
  /// - Parameters:
  ///   - part: How much is done.
  ///   - whole: How much there is.
  ///   - began: How much was done when the bar began, which tells nothing of the time left.
  ///   - detail: What else there is to say.
  mutating func show(_ part: Int, of whole: Int, began: Int = 0, detail: String = "") {
    guard isTerminal else { return }
    let now = ContinuousClock.now
    // Ten times a second is enough for eyes, and little for a slow line.
    if let last, now - last < .milliseconds(100), part < whole { return }
    last = now
    let columns = 20
    let bar = style.bar(min(part, whole), of: whole, columns: columns)
    let space = String(repeating: " ", count: max(0, columns - bar.unicodeScalars.count))
    var text = "[\(bar)\(space)] \(part) of \(whole)"
    if part > began, part < whole {
      let seconds = (now - start) / .seconds(1) / Double(part - began) * Double(whole - part)
      text += ", \(Self.time(seconds)) left"
    }
    if !detail.isEmpty { text += ", " + detail }
    put("\r\u{1B}[K" + PrintableText.escaping(text))
    isShown = true
  }

  /// Takes the bar away, for a line of text or at the end.
  mutating func clear() {
    if isShown { put("\r\u{1B}[K") }
    isShown = false
    last = nil
  }

  private static func time(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e7).rounded(.up))
    if seconds < 90 { return "\(seconds) s" }
    return seconds < 5_400 ? "\((seconds + 30) / 60) min" : "\((seconds + 1_800) / 3_600) h"
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
