import Cells

/// Colours as the numbers that a terminal of some depth takes.
struct ColorMapper {
  /// The depth mapped to.
  let depth: ColorDepth
  // The nearest palette entry of colours met lately: the colour plus one, and the entry.
  private var cache: [(key: UInt32, entry: UInt8)]

  /// Creates a mapper to a depth.
  init(depth: ColorDepth) {
    self.depth = depth
    let isPalette = depth.paletteIndices != nil
    cache = Array(repeating: (0, 0), count: isPalette ? Self.cacheSize : 0)
  }

  private static let cacheSize = 16_384

  /// The number of a colour: `0xRRGGBB` or a palette index; -1 for the terminal's own.
  mutating func number(_ color: Color) -> Int32 {
    guard depth != .mono else { return -1 }
    switch color {
    case .standard: return -1
    case .rgb(let red, let green, let blue): return number(red, green, blue)
    case .indexed(let index):
      if depth == .palette256 || depth.paletteIndices?.contains(index) == true {
        return Int32(index)
      }
      let entry = Palette.xterm[Int(index)]
      return number(entry.red, entry.green, entry.blue)
    }
  }

  private mutating func number(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    let packed = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    if depth == .truecolor { return Int32(packed) }
    let slot = Int((packed &* 0x9E37_79B1) >> 18)
    if cache[slot].key == packed + 1 { return Int32(cache[slot].entry) }
    let entry = Palette.nearest(red, green, blue, in: depth)
    cache[slot] = (packed + 1, entry)
    return Int32(entry)
  }
}
