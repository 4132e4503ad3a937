import Cells

/// Rows of text in columns: the first to the left, all others to the right.
struct EvaluateTable {
  let rows: [[String]]

  /// The rows, each a line without blanks at its end.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let safe = rows.map { $0.map { PrintableText.escaping($0) } }
    let widths = (0..<columns).map { column in
      safe.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
    }
    return safe.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - Self.width(text))
        line += column == 0 ? text + padding : "  " + padding + text
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + $1.columnWidth }
  }
}
