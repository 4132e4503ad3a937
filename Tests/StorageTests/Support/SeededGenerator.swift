/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Bytes that may be anything but a line feed.
  mutating func line(upTo length: Int = 12) -> [UInt8] {
    let alphabet: [UInt8] = [0, 0x0D, 0x20, 0x22, 0x5C, 0x61, 0x62, 0x7B, 0xC3, 0xA9, 0xEF, 0xFF]
    return (0..<Int.random(in: 0...length, using: &self)).map { _ in
      alphabet.randomElement(using: &self) ?? 0x61
    }
  }
}
