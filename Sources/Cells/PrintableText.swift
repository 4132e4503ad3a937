/// Text from files made harmless for a terminal.
///
/// Names, labels and JSON may hold anything. Before such text reaches a cell or a pipe, control
/// characters, bidirectional overrides and other invisible format characters become visible.
public enum PrintableText {
  /// The text with every character that could act on the terminal or hide shown in its place.
  ///
  /// ESC becomes `␛`, tab `␉`, DEL `␡`; C1 controls and format characters become `<U+202E>`.
  public static func escaping(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return String(text) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHarmful(scalar) {
        result.append(contentsOf: picture(of: scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Bytes read as UTF-8, where each byte that is not becomes `<FF>`, then made harmless.
  public static func escaping(bytes: some Sequence<UInt8>) -> String {
    let source = Array(bytes)
    if let valid = String(validating: source, as: UTF8.self) { return escaping(valid) }
    var result = ""
    var index = 0
    while index < source.count {
      let length = sequenceLength(source[index])
      let end = min(index + length, source.count)
      if let text = String(validating: source[index..<end], as: UTF8.self) {
        result += escaping(text)
        index = end
      } else {
        result += "<" + hex(UInt32(source[index]), digits: 2) + ">"
        index += 1
      }
    }
    return result
  }

  private static func sequenceLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// Whether a character could act on the terminal or hide.
  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x20..<0x7F: false
    default:
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
      // ZWJ, ZWNJ and the choice of emoji or text belong to ordinary words; they take no cell and
      // do no harm. Other characters that are drawn as nothing, fillers among them, could hide.
      case .format: scalar.value != 0x200C && scalar.value != 0x200D
      default:
        scalar.properties.isDefaultIgnorableCodePoint
          && scalar.value != 0xFE0E && scalar.value != 0xFE0F
      }
    }
  }

  private static func picture(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value).map(Character.init) ?? "?")
    case 0x7F: "␡"
    default: "<U+" + hex(scalar.value, digits: 4) + ">"
    }
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
