import Cells
import Glibc

/// A line on standard error that is written over again and again, on a terminal alone.
struct ProgressLine {
  let isTerminal = isatty(STDERR_FILENO) == 1
  private static let columns = 20
  private let style = ReportStyle(bars: Locale.isUnicode ? .blocks : .ascii)
  private var isShown = false

  /// Shows a bar between two texts.
  mutating func show(_ part: Int, of whole: Int, before: String = "", after: String) {
    guard isTerminal else { return }
    let bar = style.bar(min(part, whole), of: whole, columns: Self.columns)
    let space = String(repeating: " ", count: max(0, Self.columns - bar.unicodeScalars.count))
    put("\(Self.start)\(before)[\(bar)\(space)] \(PrintableText.escaping(after))")
    isShown = true
  }

  /// Takes it away, for a line of text or at the end.
  mutating func clear() {
    if isShown { put(Self.start) }
    isShown = false
  }

  private static let start = "\r\u{1B}[K"

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
