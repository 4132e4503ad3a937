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
    let share = GlyphTable.share(of: glyph) ?? 0
    guard case .rgb(let red, let green, let blue) = inner,
      case .rgb(let red2, let green2, let blue2) = outer
    else { return share > 0.5 ? inner : outer }
    func mix(_ one: UInt8, _ other: UInt8) -> UInt8 {
      UInt8(Float(other) + (Float(one) - Float(other)) * share + 0.5)
    }
    return .rgb(mix(red, red2), mix(green, green2), mix(blue, blue2))
  }
}
