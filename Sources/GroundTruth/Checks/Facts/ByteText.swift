/// Text of a line compared and hashed without being decoded, as far as it has no escapes.
enum ByteText {
  /// A 64-bit hash of the text of a JSON string (a range with its quotes), escapes decoded.
  ///
  /// Texts are taken for the same where their hashes are: by chance one pair in a million lines
  /// has one chance in ten millions.
  static func hash(_ bytes: Span<UInt8>, _ quoted: Range<Int>) -> UInt64 {
    let inner = inner(quoted)
    guard hasEscape(bytes, inner) else { return hash(raw: bytes, inner) }
    let decoded = Array(JSONText.decode(bytes, quoted).utf8)
    return hash(raw: decoded.span, 0..<decoded.count)
  }

  /// The hash of what stands before a suffix in the name of a member; 0 if it doesn't end so.
  static func hashOfStem(
    _ bytes: Span<UInt8>, _ quoted: Range<Int>, before suffix: StaticString
  ) -> UInt64 {
    let inner = inner(quoted)
    let count = suffix.utf8CodeUnitCount
    guard hasEscape(bytes, inner) else {
      guard inner.count > count else { return 0 }
      let start = inner.upperBound - count
      for offset in 0..<count where bytes[start + offset] != suffix.utf8Start[offset] {
        return 0
      }
      return hash(raw: bytes, inner.lowerBound..<start)
    }
    let decoded = Array(JSONText.decode(bytes, quoted).utf8)
    guard decoded.count > count,
      decoded.suffix(count).elementsEqual(suffix.description.utf8)
    else { return 0 }
    return hash(raw: decoded.span, 0..<decoded.count - count)
  }

  /// How many characters (Unicode scalars) the text of a JSON string has.
  static func length(_ bytes: Span<UInt8>, _ quoted: Range<Int>) -> Int {
    let inner = inner(quoted)
    if hasEscape(bytes, inner) { return JSONText.decode(bytes, quoted).unicodeScalars.count }
    return scalarCount(bytes, inner)
  }

  /// How many characters (Unicode scalars) UTF-8 holds.
  static func scalarCount(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    for index in range where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Whether the text of a JSON string is a name, escapes decoded.
  ///
  /// Spelt with escapes it is longer than as it is, so that most others are told by their length.
  @inline(__always)
  static func isName(_ bytes: Span<UInt8>, _ quoted: Range<Int>, _ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount + 2
    if quoted.count < count { return false }
    if quoted.count > count { return isEscapedName(bytes, quoted, name) }
    for offset in 0..<count - 2
    where bytes[quoted.lowerBound + 1 + offset] != name.utf8Start[offset] {
      return false
    }
    return true
  }

  private static func isEscapedName(
    _ bytes: Span<UInt8>, _ quoted: Range<Int>, _ name: StaticString
  ) -> Bool {
    hasEscape(bytes, inner(quoted)) && JSONWalk.isKey(bytes, quoted, name)
  }

  /// Whether a string has a backslash.
  static func hasEscape(_ bytes: Span<UInt8>, _ inner: Range<Int>) -> Bool {
    for index in inner where bytes[index] == UInt8(ascii: "\\") { return true }
    return false
  }

  /// A string's place without its quotes.
  static func inner(_ quoted: Range<Int>) -> Range<Int> {
    quoted.lowerBound + 1..<max(quoted.lowerBound + 1, quoted.upperBound - 1)
  }

  /// A hash of bytes: eight at a time, each word folded in by a 128-bit product.
  static func hash(raw bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
    var at = range.lowerBound
    let raw = bytes.bytes
    while at + 8 <= range.upperBound {
      state = fold(state, raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var rest: UInt64 = 0
    while at < range.upperBound {
      rest = rest << 8 | UInt64(bytes[at])
      at += 1
    }
    let result = fold(fold(state, rest), 0x5896_5CC7_5374_0CC3)
    return result == 0 ? 1 : result
  }

  private static func fold(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word ^ 0xA076_1D64_78BD_642F)
      .multipliedFullWidth(by: word ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}
