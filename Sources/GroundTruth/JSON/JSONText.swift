/// Text in and out of JSON strings.
public enum JSONText {
  /// A JSON string that holds the text, quotes included.
  ///
  /// Only what must be escaped is: quotes, backslashes and control characters.
  public static func encode(_ text: String) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "\"")]
    out.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0x08: out += Array(#"\b"#.utf8)
      case 0x09: out += Array(#"\t"#.utf8)
      case 0x0A: out += Array(#"\n"#.utf8)
      case 0x0C: out += Array(#"\f"#.utf8)
      case 0x0D: out += Array(#"\r"#.utf8)
      case ..<0x20:
        let zeros = byte < 0x10 ? "000" : "00"
        out += Array("\\u\(zeros)\(String(byte, radix: 16))".utf8)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
    return out
  }

  /// The text of a checked JSON string, a range with its quotes.
  static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let inner = range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
    var hasEscape = false
    for index in inner where bytes[index] == UInt8(ascii: "\\") { hasEscape = true }
    if !hasEscape, let text = try? UTF8Span(validating: bytes.extracting(inner)) {
      return String(copying: text)
    }
    return unescape(inner.map { bytes[$0] }[...])
  }

  private static func unescape(_ raw: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var at = raw.startIndex
    while at < raw.endIndex {
      guard raw[at] == UInt8(ascii: "\\"), at + 1 < raw.endIndex else {
        out.append(raw[at])
        at += 1
        continue
      }
      if raw[at + 1] == UInt8(ascii: "u") {
        out += Array(String(scalar(raw, &at)).utf8)
      } else {
        out.append(unescaped(raw[at + 1]))
        at += 2
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The character of one `\uXXXX`, or of two that form a surrogate pair.
  ///
  /// A surrogate without its other half becomes U+FFFD.
  private static func scalar(_ raw: ArraySlice<UInt8>, _ at: inout Int) -> Character {
    let first = codeUnit(raw, at)
    at += 6
    if (0xD800..<0xDC00).contains(first) {
      let second = codeUnit(raw, at)
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        at += 6
        return Character(scalar)
      }
    }
    return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
  }

  /// The code unit of the `\uXXXX` at a position; 0 if there is none.
  private static func codeUnit(_ raw: ArraySlice<UInt8>, _ at: Int) -> UInt32 {
    guard at + 6 <= raw.endIndex, raw[at] == UInt8(ascii: "\\"), raw[at + 1] == UInt8(ascii: "u")
    else { return 0 }
    return raw[at + 2..<at + 6].reduce(0) { $0 << 4 | (hexValue($1) ?? 0) }
  }

  private static func unescaped(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: byte
    }
  }

  /// The value of a hexadecimal digit.
  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
