internal import Cells

/// Finds the palette entry nearest to a colour, for one depth.
struct PaletteMatcher: Sendable {
  /// The colours of all 256 entries; the last lane is 0.
  static let colors: [SIMD4<Float>] = Palette.xterm.map {
    SIMD4(Float($0.red), Float($0.green), Float($0.blue), 0)
  }

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
  func nearest(_ color: SIMD4<Float>) -> UInt8 {
    let (red, green, blue) = color.channels
    if table.isEmpty { return Palette.nearest(red, green, blue, in: depth) }
    return table[Int(red >> 3) << 10 | Int(green >> 3) << 5 | Int(blue >> 3)]
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
