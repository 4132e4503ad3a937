/// Steps through objects and arrays that are known to be JSON, without allocation.
///
/// `JSONScanner` has checked the bytes; here nothing is checked again. Every read is within the
/// span's bounds all the same.
enum JSONWalk {
  /// Where a member's name (with quotes) and its value stand.
  typealias Member = (key: Range<Int>, value: Range<Int>)

  /// The next member of an object; `nil` after the last.
  ///
  /// `at` starts at the opening brace and is moved along.
  static func nextMember(_ bytes: Span<UInt8>, _ at: inout Int) -> Member? {
    guard step(bytes, &at) else { return nil }
    let start = at
    skipString(bytes, &at)
    let key = start..<at
    JSONScanner.skipSpace(bytes, &at)
    at += 1
    JSONScanner.skipSpace(bytes, &at)
    let value = at
    skipValue(bytes, &at)
    return (key, value..<at)
  }

  /// The next element of an array; `nil` after the last.
  ///
  /// `at` starts at the opening bracket and is moved along.
  static func nextElement(_ bytes: Span<UInt8>, _ at: inout Int) -> Range<Int>? {
    guard step(bytes, &at) else { return nil }
    let start = at
    skipValue(bytes, &at)
    return start..<at
  }

  /// Whether a name (a range with quotes) is a text, escapes decoded.
  static func isKey(_ bytes: Span<UInt8>, _ key: Range<Int>, _ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    var isSame = key.count == count + 2
    var hasEscape = false
    for offset in 0..<max(0, key.count - 2) {
      let byte = bytes[key.lowerBound + 1 + offset]
      if byte == UInt8(ascii: "\\") { hasEscape = true }
      if isSame, byte != name.utf8Start[offset] { isSame = false }
    }
    guard hasEscape else { return isSame }
    return JSONText.decode(bytes, key).utf8.elementsEqual(name.description.utf8)
  }

  /// Steps over the opening sign or a comma; false at the closing one.
  private static func step(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
    JSONScanner.skipSpace(bytes, &at)
    guard at < bytes.count, bytes[at] != UInt8(ascii: "}"), bytes[at] != UInt8(ascii: "]") else {
      return false
    }
    at += 1
    JSONScanner.skipSpace(bytes, &at)
    return at < bytes.count && bytes[at] != UInt8(ascii: "}") && bytes[at] != UInt8(ascii: "]")
  }

  private static func skipString(_ bytes: Span<UInt8>, _ at: inout Int) {
    var index = at + 1
    while true {
      JSONScanner.skipPlain(bytes, &index)
      guard index < bytes.count, bytes[index] != UInt8(ascii: "\"") else { break }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    at = min(index + 1, bytes.count)
  }

  private static func skipValue(_ bytes: Span<UInt8>, _ at: inout Int) {
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        skipString(bytes, &at)
        if depth == 0 { return }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // A number or literal ends where its container does.
        if depth == 0 { return }
        depth -= 1
        at += 1
        if depth == 0 { return }
      case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
        if depth == 0 { return }
        at += 1
      default: at += 1
      }
    }
  }
}
