/// Rows of text in aligned columns, the first row a title.
struct TextTable: CustomStringConvertible {
  private let rows: [[String]]

  init(_ rows: [[String]]) { self.rows = rows }

  var description: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines = rows.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - text.count)
        line += (column == 0 ? text + padding : padding + text) + "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    lines.insert(String(repeating: "─", count: widths.reduce(0) { $0 + $1 + 2 }), at: 1)
    return lines.joined(separator: "\n")
  }
}
