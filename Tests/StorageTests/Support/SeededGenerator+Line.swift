import TestSupport

extension SeededGenerator {
  /// Bytes that may be anything but a line feed.
  mutating func line(upTo length: Int = 12) -> [UInt8] {
    let alphabet: [UInt8] = [0, 0x0D, 0x20, 0x22, 0x5C, 0x61, 0x62, 0x7B, 0xC3, 0xA9, 0xEF, 0xFF]
    return (0..<Int.random(in: 0...length, using: &self)).map { _ in
      alphabet.randomElement(using: &self) ?? 0x61
    }
  }
}
