import Cells

/// A frame as two blocks of text: what stands in the cells, and in which styles.
///
/// In the second block a letter stands for a style, in the order of their first use from the top
/// left, `.` for the terminal's own; the key is below. A picture's cells would each have their own,
/// so styles that only blank cells have are `·`.
struct FrameText: CustomStringConvertible {
  let frame: CellGrid

  private static let names = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

  var description: String {
    var order: [Style] = []
    var rows: [String] = []
    for row in 0..<frame.size.rows {
      var text = ""
      for cell in frame.row(row) {
        if cell.style == .plain {
          text += "."
        } else if cell.glyph == " ", cell.style.attributes.isEmpty {
          text += "·"
        } else if let index = order.firstIndex(of: cell.style) {
          text += index < Self.names.count ? String(Self.names[index]) : "?"
        } else {
          text += order.count < Self.names.count ? String(Self.names[order.count]) : "?"
          order.append(cell.style)
        }
      }
      while text.last == "." { text.removeLast() }
      rows.append(text)
    }
    let key = zip(Self.names, order).map { "\($0) \(Self.words($1))" }
    return frame.description + "\n\n" + rows.joined(separator: "\n") + "\n\n"
      + key.joined(separator: "\n")
  }

  private static func words(_ style: Style) -> String {
    var words = [color(style.foreground) + " on " + color(style.background)]
    if style.attributes.contains(.bold) { words.append("bold") }
    if style.attributes.contains(.dim) { words.append("dim") }
    if style.attributes.contains(.underline) { words.append("underline") }
    if style.attributes.contains(.reverse) { words.append("reverse") }
    return words.joined(separator: " ")
  }

  private static func color(_ color: Color) -> String {
    switch color {
    case .standard: return "default"
    case .indexed(let index): return String(index)
    case .rgb(let red, let green, let blue):
      let digits = [red, green, blue].map { value in
        (value < 16 ? "0" : "") + String(value, radix: 16)
      }
      return "#" + digits.joined()
    }
  }
}
