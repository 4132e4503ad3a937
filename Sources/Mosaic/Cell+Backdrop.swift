public import Cells

extension Cell {
  /// The one colour that stands for what the cell shows, to be laid behind a line drawn over it.
  ///
  /// Exact colours are mixed by the share of the cell that the glyph covers; of palette entries and
  /// the terminal's own colours, which can't be mixed, it is the one that covers more. A character
  /// that isn't a block counts as background.
  public var backdrop: Color {
    let isReversed = style.attributes.contains(.reverse)
    let inner = isReversed ? style.background : style.foreground
    let outer = isReversed ? style.foreground : style.background
    let share = Self.blockShare(of: glyph)
    guard case .rgb(let red, let green, let blue) = inner,
      case .rgb(let red2, let green2, let blue2) = outer
    else { return share > 0.5 ? inner : outer }
    func mix(_ one: UInt8, _ other: UInt8) -> UInt8 {
      UInt8(Float(other) + (Float(one) - Float(other)) * share + 0.5)
    }
    return .rgb(mix(red, red2), mix(green, green2), mix(blue, blue2))
  }

  private static func blockShare(of glyph: Unicode.Scalar) -> Float {
    guard glyph.value >= 0x2580, glyph.value <= 0x259F else { return 0 }
    return blockShares[Int(glyph.value) - 0x2580]
  }

  /// The share of the cell that each of the Block Elements U+2580…259F covers.
  private static let blockShares: [Float] = {
    let eighths: [Float] = [
      4, 1, 2, 3, 4, 5, 6, 7, 8,  // upper half, lower eighths, full
      7, 6, 5, 4, 3, 2, 1, 4,  // left eighths, right half
      2, 4, 6,  // shades
      1, 1,  // upper and right eighth
      2, 2, 2, 6, 4, 6, 6, 2, 4, 6,  // quadrants
    ]
    return eighths.map { $0 / 8 }
  }()
}
