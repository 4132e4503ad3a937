internal import Cells

/// Finds the palette entry nearest to a colour, for one depth.
struct PaletteMatcher: Sendable {
  /// The colours of all 256 entries; the last lane is 0.
  static let colors: [SIMD4<Float>] = Palette.xterm.map {
    SIMD4(Float($0.red), Float($0.green), Float($0.blue), 0)
  }

  /// The same colours, without the cost of reaching for a global.
  let colors = PaletteMatcher.colors
  private let depth: ColorDepth
  /// The nearest entry to each of 32×32×32 colours; empty where it is found without.
  private let table: [UInt8]

  init(_ depth: ColorDepth) {
    self.depth = depth
    switch depth {
    case .palette16: table = Self.table16
    case .palette8: table = Self.table8
    case .truecolor, .palette256, .mono: table = []
    }
  }

  /// The entry nearest to a colour; within 4 levels a channel of it where there is a table.
  @inline(__always)
  func nearest(_ color: SIMD4<Float>) -> UInt8 {
    if table.isEmpty { return Self.nearestOf256(color) }
    let (red, green, blue) = color.channels
    return table[Int(red >> 3) << 10 | Int(green >> 3) << 5 | Int(blue >> 3)]
  }

  /// The nearest of entries 16…255: either the cube's, channel by channel, or the ramp's.
  private static func nearestOf256(_ color: SIMD4<Float>) -> UInt8 {
    let whole = color.wholeChannels
    // Levels 0, 95, 135, 175, 215, 255: but for the first, 40 apart.
    var level = ((whole - 54.5) / 40).roundedByMagic
    level.replace(with: 1, where: whole .< 115)
    level.replace(with: 0, where: whole .< 48)
    let cube = (level * 40 + 55).replacing(with: 0, where: level .== 0)
    let step = max(0, min(23, (Int(whole.x + whole.y + whole.z) - 10) / 30))
    let grey = SIMD4<Float>(repeating: Float(8 + 10 * step))
    var toCube = cube - whole
    var toGrey = grey - whole
    toCube.w = 0
    toGrey.w = 0
    if toCube.squaredLength <= toGrey.squaredLength {
      return UInt8(16 + 36 * level.x + 6 * level.y + level.z)
    }
    return UInt8(232 + step)
  }

  // No two of the first 16 entries are as near to each other as a table's colours are wide, so
  // that each entry finds itself.
  private static let table16 = makeTable(.palette16)
  private static let table8 = makeTable(.palette8)

  private static func makeTable(_ depth: ColorDepth) -> [UInt8] {
    let middles = (0..<32).map { UInt8($0 << 3 + 4) }
    var table: [UInt8] = []
    table.reserveCapacity(32 * 32 * 32)
    for red in middles {
      for green in middles {
        for blue in middles { table.append(Palette.nearest(red, green, blue, in: depth)) }
      }
    }
    return table
  }
}
