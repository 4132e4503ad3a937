import Cells
import Glibc

/// How a report is drawn: with bars on a terminal, plain in a pipe.
struct ReportStyle {
  /// How bars are drawn; `nil` for none.
  enum Bars {
    /// Block characters, to an eighth of a column.
    case blocks
    /// ASCII.
    case ascii
  }

  /// How bars are drawn; `nil` for none.
  var bars: Bars?
  /// How many columns there are.
  var width = 80

  /// What standard output and the locale allow.
  static var standardOutput: ReportStyle {
    guard isatty(STDOUT_FILENO) == 1 else { return ReportStyle(bars: nil) }
    var window = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
    return ReportStyle(
      bars: Locale.isUnicode ? .blocks : .ascii, width: isKnown ? min(Int(window.ws_col), 120) : 80)
  }

  /// A bar for a part of a whole.
  func bar(_ part: Int, of whole: Int, columns: Int) -> String {
    guard let bars, whole > 0, part > 0, columns > 0 else { return "" }
    let length = Double(part) / Double(whole) * Double(columns)
    switch bars {
    case .ascii: return String(repeating: "#", count: max(1, Int(length.rounded())))
    case .blocks:
      let eighths = max(1, Int((length * 8).rounded()))
      let end = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
      return String(repeating: "█", count: eighths / 8) + end
    }
  }

  /// Rows as columns: the first to the left, numbers to the right, a bar for one of them.
  ///
  /// - Parameter rows: The cells of each row, whose text is made harmless here, and the number that
  ///   its bar shows if it is to have one.
  /// - Returns: A line a row.
  func table(_ rows: [(cells: [String], barFor: Int?)]) -> [String] {
    let rows = rows.map { (cells: $0.cells.map(PrintableText.escaping), barFor: $0.barFor) }
    let count = rows.map(\.cells.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.cells.indices.contains(column) ? columns(of: $0.cells[column]) : 0 }.max() ?? 0
    }
    let room = min(40, width - widths.reduce(2) { $0 + $1 + 2 })
    let most = rows.compactMap(\.barFor).max() ?? 0
    return rows.map { row in
      var line = " "
      for (column, cell) in row.cells.enumerated() {
        let space = String(repeating: " ", count: widths[column] - columns(of: cell))
        line += " " + (column == 0 ? cell + space : " " + space + cell)
      }
      let bar = row.barFor.map { self.bar($0, of: most, columns: room) } ?? ""
      line += bar.isEmpty ? "" : "  " + bar
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// How many cells a terminal gives a text.
private func columns(of text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + $1.columnWidth }
}
