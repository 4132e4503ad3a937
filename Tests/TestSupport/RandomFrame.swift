public import Cells

/// Frames whose every cell is drawn by lot, the same for the same seed.
public enum RandomFrame {
  /// What the cells hold.
  public enum Kind: String, CaseIterable, Sendable {
    /// Block glyphs in two exact colours each: a picture at its worst.
    case picture
    /// Glyphs of all widths, marks, attributes, and the terminal's own colours in between.
    case text
    /// Whatever fits into a cell, halves of wide characters and control characters included.
    case hostile
  }

  /// A frame.
  ///
  /// - Parameters:
  ///   - kind: What the cells hold.
  ///   - size: The size in cells.
  ///   - seed: The seed.
  /// - Returns: The frame.
  public static func make(_ kind: Kind, size: CellSize, seed: UInt64) -> CellGrid {
    var generator = SeededGenerator(seed: seed)
    var grid = CellGrid(size: size)
    for row in 0..<size.rows {
      var column = 0
      while column < size.columns {
        var cell = cell(kind, using: &generator)
        // libvterm loses a mark over the last column.
        if kind == .text, column >= size.columns - 2 { cell.mark = nil }
        grid[column, row] = cell
        column += 1
        if kind == .text, cell.glyph.columnWidth == 2 {
          if column < size.columns {
            grid[column, row] = Cell("\0", style: cell.style)
            column += 1
          } else {
            grid[column - 1, row].glyph = "|"
          }
        }
      }
    }
    return grid
  }

  private static func cell(_ kind: Kind, using generator: inout SeededGenerator) -> Cell {
    switch kind {
    case .picture:
      let style = Style(foreground: rgb(&generator), background: rgb(&generator))
      return Cell(blocks[Int(generator.next() % UInt64(blocks.count))], style: style)
    case .text:
      let glyph = glyphs[Int(generator.next() % UInt64(glyphs.count))]
      let mark: Unicode.Scalar? = generator.next().isMultiple(of: 5) ? "\u{301}" : nil
      return Cell(glyph, mark: mark, style: style(using: &generator))
    case .hostile:
      let glyph = hostile[Int(generator.next() % UInt64(hostile.count))]
      let mark = hostile[Int(generator.next() % UInt64(hostile.count))]
      return Cell(glyph, mark: mark, style: style(using: &generator))
    }
  }

  private static func style(using generator: inout SeededGenerator) -> Style {
    let attributes: [Style.Attributes] = [
      [], [], [.bold], [.underline], [.reverse], [.bold, .reverse],
    ]
    return Style(
      foreground: color(&generator), background: color(&generator),
      attributes: attributes[Int(generator.next() % UInt64(attributes.count))])
  }

  private static func color(_ generator: inout SeededGenerator) -> Color {
    switch generator.next() % 4 {
    case 0: .standard
    case 1: .indexed(UInt8(truncatingIfNeeded: generator.next()))
    default: rgb(&generator)
    }
  }

  private static func rgb(_ generator: inout SeededGenerator) -> Color {
    let bits = generator.next()
    return .rgb(
      UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
      UInt8(truncatingIfNeeded: bits >> 16))
  }

  private static let blocks: [Unicode.Scalar] = Array(" ▀▄▌▐█▘▝▖▗▚▞▙▟▛▜▁▂▃▅▆▇▏▎▍▋▊▉".unicodeScalars)
  private static let glyphs: [Unicode.Scalar] = Array("  aZ9~│─┌┐█▌漢字é中あñ한Ω▸".unicodeScalars)
  private static let hostile: [Unicode.Scalar] = [
    "\0", "\0", "a", "漢", "😀", "👍", "🏽", "🇩", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{1B}", "\u{9B}",
    "\n",
    "\u{7F}", "\u{202E}", "\u{1CD00}", "\u{E000}", "\u{FFFD}", "\u{10FFFF}", "\u{AD}", "\u{1160}",
    "\u{3000}", "\u{303F}", "\u{200B}", "\u{2028}", "\u{0E31}", "\u{FDFD}",
  ]
}
