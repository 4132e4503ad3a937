/// Puts a character together from bytes that come one at a time.
struct UTF8Assembler {
  /// What a byte led to.
  enum Result: Equatable {
    /// The character goes on.
    case needsMore
    /// The character is whole.
    case complete(Unicode.Scalar)
    /// No character has these bytes; `isConsumed` unless the last one may begin the next.
    case malformed(isConsumed: Bool)
  }

  private var value: UInt32 = 0
  private var missing = 0
  private var smallest: UInt32 = 0

  /// Takes the next byte.
  mutating func take(_ byte: UInt8) -> Result {
    guard missing > 0 else { return begin(byte) }
    guard byte & 0xC0 == 0x80 else { return .malformed(isConsumed: false) }
    value = value << 6 | UInt32(byte & 0x3F)
    missing -= 1
    if missing > 0 { return .needsMore }
    guard value >= smallest, let scalar = Unicode.Scalar(value) else {
      return .malformed(isConsumed: true)
    }
    return .complete(scalar)
  }

  private mutating func begin(_ byte: UInt8) -> Result {
    switch byte {
    case 0..<0x80: return .complete(Unicode.Scalar(byte))
    case 0xC2...0xDF: (value, missing, smallest) = (UInt32(byte & 0x1F), 1, 0x80)
    case 0xE0...0xEF: (value, missing, smallest) = (UInt32(byte & 0x0F), 2, 0x800)
    case 0xF0...0xF4: (value, missing, smallest) = (UInt32(byte & 0x07), 3, 0x10000)
    default: return .malformed(isConsumed: true)
    }
    return .needsMore
  }
}
