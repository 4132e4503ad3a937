/// The grammar of RFC 8259 over bytes: where a value ends, or why it isn't one.
///
/// Iterative, one look at each byte, no allocation. Nothing is decoded.
enum JSONScanner {
  /// The position after the value that starts at or after `start`, white space skipped.
  ///
  /// `outer` is how many containers the value stands in; they count towards the depth allowed.
  static func endOfValue(
    _ bytes: Span<UInt8>, from start: Int, within outer: Int = 0
  ) throws(JSONError) -> Int {
    var at = start
    var depth = outer
    // One bit for each open container, the innermost lowest: 1 for an object.
    var kinds: UInt64 = 0
    while true {
      skipSpace(bytes, &at)
      guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let isObject = bytes[at] == UInt8(ascii: "{")
        guard depth < JSONValue.depthLimit else { throw JSONError(offset: at, reason: .tooDeep) }
        depth += 1
        kinds = kinds << 1 | (isObject ? 1 : 0)
        at += 1
        skipSpace(bytes, &at)
        let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        if at < bytes.count, bytes[at] == close { break }
        if isObject { try skipKey(bytes, &at) }
        continue
      case UInt8(ascii: "\""): try skipString(bytes, &at)
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber(bytes, &at)
      case UInt8(ascii: "t"): try skipLiteral(bytes, &at, "true")
      case UInt8(ascii: "f"): try skipLiteral(bytes, &at, "false")
      case UInt8(ascii: "n"): try skipLiteral(bytes, &at, "null")
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"):
        throw JSONError(offset: at, reason: .valueExpected)
      case let byte: throw JSONError(offset: at, reason: .unexpectedByte(byte))
      }
      // A value ends here: close what closes, until another value is due.
      closing: while true {
        if depth == outer { return at }
        skipSpace(bytes, &at)
        guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
        let isObject = kinds & 1 == 1
        switch (bytes[at], isObject) {
        case (UInt8(ascii: ","), true):
          at += 1
          skipSpace(bytes, &at)
          try skipKey(bytes, &at)
          break closing
        case (UInt8(ascii: ","), false):
          at += 1
          break closing
        case (UInt8(ascii: "}"), true), (UInt8(ascii: "]"), false):
          at += 1
          depth -= 1
          kinds >>= 1
        case (let byte, _): throw JSONError(offset: at, reason: .unexpectedByte(byte))
        }
      }
    }
  }

  /// Skips the white space that JSON allows between tokens.
  @inline(__always)
  static func skipSpace(_ bytes: Span<UInt8>, _ at: inout Int) {
    while at < bytes.count, bytes[at] <= 0x20 {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  /// Skips a member's key and its colon.
  static func skipKey(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    guard bytes[at] == UInt8(ascii: "\"") else {
      throw JSONError(offset: at, reason: .valueExpected)
    }
    try skipString(bytes, &at)
    skipSpace(bytes, &at)
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    guard bytes[at] == UInt8(ascii: ":") else {
      throw JSONError(offset: at, reason: .unexpectedByte(bytes[at]))
    }
    at += 1
  }

  /// Skips a string that starts at `at` with its quote.
  static func skipString(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    var index = at + 1
    while true {
      skipPlain(bytes, &index)
      guard index < bytes.count else { throw JSONError(offset: index, reason: .unexpectedEnd) }
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        at = index + 1
        return
      } else if byte == UInt8(ascii: "\\") {
        try skipEscape(bytes, &index)
      } else if byte >= 0x80 {
        try skipMultibyte(bytes, &index)
      } else if byte < 0x20 {
        throw JSONError(offset: index, reason: .controlCharacter)
      } else {
        index += 1
      }
    }
  }

  /// Skips ASCII that means only itself in a string, eight bytes at a time as far as that goes.
  @inline(__always)
  static func skipPlain(_ bytes: Span<UInt8>, _ at: inout Int) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = bytes.bytes
    while at + 8 <= raw.byteCount {
      let word = UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      // A byte's high bit comes out set where it is below 0x20, a quote, a backslash or not ASCII.
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let special =
        (word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones) | word
      if special & highs != 0 {
        // Only bytes above the first one may be marked wrongly, by what was borrowed from them.
        at += (special & highs).trailingZeroBitCount / 8
        return
      }
      at += 8
    }
    while at < bytes.count, bytes[at] >= 0x20, bytes[at] < 0x80, bytes[at] != 0x22,
      bytes[at] != 0x5C
    {
      at += 1
    }
  }

  private static func skipEscape(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    guard at + 1 < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
    case UInt8(ascii: "u"):
      for digit in at + 2..<at + 6 {
        guard digit < bytes.count else { throw JSONError(offset: digit, reason: .unexpectedEnd) }
        guard JSONText.hexValue(bytes[digit]) != nil else {
          throw JSONError(offset: digit, reason: .badEscape)
        }
      }
      at += 6
    default: throw JSONError(offset: at + 1, reason: .badEscape)
    }
  }

  /// Skips one character of two to four bytes, well formed by RFC 3629.
  private static func skipMultibyte(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch bytes[at] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw JSONError(offset: at, reason: .invalidUTF8)
    }
    guard at + length <= bytes.count, second.contains(bytes[at + 1]) else {
      throw JSONError(offset: at, reason: .invalidUTF8)
    }
    for index in at + 2..<max(at + 2, at + length) where bytes[index] & 0xC0 != 0x80 {
      throw JSONError(offset: at, reason: .invalidUTF8)
    }
    at += length
  }

  private static func skipNumber(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "0") {
      at += 1
      // A digit after a leading zero is an error of the number, not of what follows it.
      if at < bytes.count, isDigit(bytes[at]) { throw JSONError(offset: at, reason: .badNumber) }
    } else {
      try skipDigits(bytes, &at)
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      try skipDigits(bytes, &at)
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        at += 1
      }
      try skipDigits(bytes, &at)
    }
  }

  private static func skipDigits(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) {
    let start = at
    while at < bytes.count, isDigit(bytes[at]) { at += 1 }
    guard at > start else { throw JSONError(offset: at, reason: .badNumber) }
  }

  private static func skipLiteral(
    _ bytes: Span<UInt8>, _ at: inout Int, _ literal: StaticString
  ) throws(JSONError) {
    let start = at
    for offset in 0..<literal.utf8CodeUnitCount {
      guard start + offset < bytes.count else {
        throw JSONError(offset: start + offset, reason: .unexpectedEnd)
      }
      guard bytes[start + offset] == literal.utf8Start[offset] else {
        throw JSONError(offset: start, reason: .unexpectedByte(bytes[start]))
      }
    }
    at = start + literal.utf8CodeUnitCount
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
