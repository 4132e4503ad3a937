/// What may stand in XML 1.0, and how.
enum XMLText {
  /// Whether XML can hold a character, spelt out or not (XML 1.0, Char).
  static func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Text so that it reads back the same in content and in attributes; what XML can't hold becomes
  /// U+FFFD.
  ///
  /// Line feeds, tabs, and blanks at the ends are spelt out, or a reader would take them as layout.
  static func escaped(_ text: String) -> String {
    var result = ""
    let scalars = text.unicodeScalars
    for (index, scalar) in zip(scalars.indices, scalars) {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case " " where index == scalars.startIndex || scalars.index(after: index) == scalars.endIndex:
        result += "&#32;"
      default: result.unicodeScalars.append(allows(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
