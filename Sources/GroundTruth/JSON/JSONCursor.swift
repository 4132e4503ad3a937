/// Steps through objects and arrays while it checks them, for readers that look at each byte once.
///
/// Checks exactly what `JSONScanner` checks, but takes only member names that are plain ASCII
/// without escapes: with others it throws too, and the caller has to read the text another way.
enum JSONCursor {
  /// Steps over an opening sign, to what follows it.
  ///
  /// - Returns: Whether something stands before the closing sign, which is stepped over if not.
  @inline(__always)
  static func enter(
    _ bytes: Span<UInt8>, _ at: inout Int, until close: UInt8
  ) throws(JSONError) -> Bool {
    at += 1
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    guard bytes[at] == close else { return true }
    at += 1
    return false
  }

  /// Steps from the end of a member or element to the next, or over the closing sign.
  ///
  /// - Returns: Whether there is a next one.
  @inline(__always)
  static func advance(
    _ bytes: Span<UInt8>, _ at: inout Int, until close: UInt8
  ) throws(JSONError) -> Bool {
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    let byte = bytes[at]
    guard byte == UInt8(ascii: ",") || byte == close else {
      throw JSONError(offset: at, reason: .unexpectedByte(byte))
    }
    at += 1
    if byte == close { return false }
    JSONScanner.skipSpace(bytes, &at)
    return true
  }

  /// Reads a member's name and steps to the first byte of its value.
  ///
  /// - Returns: Where the name stands, without its quotes.
  @inline(__always)
  static func name(_ bytes: Span<UInt8>, _ at: inout Int) throws(JSONError) -> Range<Int> {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      throw JSONError(offset: at, reason: .valueExpected)
    }
    let start = at + 1
    at = start
    JSONScanner.skipPlain(bytes, &at)
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      throw JSONError(offset: at, reason: .valueExpected)
    }
    let name = start..<at
    at += 1
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else {
      throw JSONError(offset: at, reason: .valueExpected)
    }
    at += 1
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count else { throw JSONError(offset: at, reason: .unexpectedEnd) }
    return name
  }

  /// Reads a whole number of up to 15 digits, the most common of values.
  ///
  /// - Returns: The number; nil, without a step taken, if something else stands there.
  @inline(__always)
  static func shortInteger(_ bytes: Span<UInt8>, _ at: inout Int) -> Int? {
    var end = at
    var value = 0
    while end < bytes.count, bytes[end] &- 0x30 < 10, end - at < 16 {
      value = value * 10 + Int(bytes[end] &- 0x30)
      end += 1
    }
    guard (1..<16).contains(end - at), end < bytes.count,
      bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "}"),
      bytes[at] != 0x30 || end == at + 1
    else { return nil }
    at = end
    return value
  }

  /// Whether a range holds exactly these bytes.
  @inline(__always)
  static func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count where bytes[range.lowerBound + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether two ranges of the same length hold the same bytes.
  @inline(__always)
  static func areSame(_ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Int) -> Bool {
    for offset in 0..<first.count where bytes[first.lowerBound + offset] != bytes[second + offset] {
      return false
    }
    return true
  }
}
