public import Cells

/// The characters that outlines are drawn with.
public enum OutlineGlyphs: Hashable, Sendable {
  /// `|`, `-` and `+`.
  case ascii
  /// A line in the middle of a cell or at its border: box drawing and the outer eighths.
  case blocks
  /// A line at any of eight places in a cell: Unicode 13's legacy computing eighths as well.
  case eighths

  /// The place of a line within a cell, by the glyphs that there are.
  enum Place: Hashable {
    case first
    case middle
    case last
    case between
  }

  /// The vertical line nearest to a place in the cell: 0 is the left border, 1 the right one.
  func vertical(at place: Double) -> Unicode.Scalar {
    switch self {
    case .ascii: "|"
    case .blocks: Self.blockVerticals[Self.third(place)]
    case .eighths: Self.eighthVerticals[Self.eighth(place)]
    }
  }

  /// The horizontal line nearest to a place in the cell: 0 is the upper border, 1 the lower one.
  func horizontal(at place: Double) -> Unicode.Scalar {
    switch self {
    case .ascii: "-"
    case .blocks: Self.blockHorizontals[Self.third(place)]
    case .eighths: Self.eighthHorizontals[Self.eighth(place)]
    }
  }

  /// The glyph for a box that fits in one cell.
  var marker: Unicode.Scalar { self == .ascii ? "o" : "▫" }

  /// The glyph of a corner.
  ///
  /// Where no glyph has both lines at their places it is the line that is longer within the cell.
  ///
  /// - Parameters:
  ///   - isRight: Whether it is a right corner.
  ///   - isBottom: Whether it is a bottom corner.
  ///   - across: The place of the vertical line in the cell, 0…1.
  ///   - down: The place of the horizontal line in the cell, 0…1.
  /// - Returns: The glyph.
  func corner(isRight: Bool, isBottom: Bool, across: Double, down: Double) -> Unicode.Scalar {
    if self == .ascii { return "+" }
    let index = (isBottom ? 2 : 0) + (isRight ? 1 : 0)
    if place(across) == .middle, place(down) == .middle { return Self.middleCorners[index] }
    if self == .eighths, place(across) == (isRight ? .last : .first),
      place(down) == (isBottom ? .last : .first)
    {
      return Self.borderCorners[index]
    }
    let lengthDown = Viewport.cellAspect * (isBottom ? down : 1 - down)
    let lengthAcross = isRight ? across : 1 - across
    return lengthDown >= lengthAcross ? vertical(at: across) : horizontal(at: down)
  }

  private func place(_ value: Double) -> Place {
    switch self {
    case .ascii: .middle
    case .blocks: [.first, .middle, .last][Self.third(value)]
    case .eighths:
      switch Self.eighth(value) {
      case 0: .first
      case 3, 4: .middle
      case 7: .last
      default: .between
      }
    }
  }

  /// Which of the lines at 1/16, 1/2 and 15/16 is nearest.
  private static func third(_ place: Double) -> Int { place < 9 / 32 ? 0 : place > 23 / 32 ? 2 : 1 }

  private static func eighth(_ place: Double) -> Int { max(0, min(7, Int(place * 8))) }

  private static let blockVerticals: [Unicode.Scalar] = ["▏", "│", "▕"]
  private static let blockHorizontals: [Unicode.Scalar] = ["▔", "─", "▁"]
  private static let eighthVerticals: [Unicode.Scalar] = [
    "▏", "\u{1FB70}", "\u{1FB71}", "\u{1FB72}", "\u{1FB73}", "\u{1FB74}", "\u{1FB75}", "▕",
  ]
  private static let eighthHorizontals: [Unicode.Scalar] = [
    "▔", "\u{1FB76}", "\u{1FB77}", "\u{1FB78}", "\u{1FB79}", "\u{1FB7A}", "\u{1FB7B}", "▁",
  ]
  // Upper left, upper right, lower left, lower right.
  private static let middleCorners: [Unicode.Scalar] = ["┌", "┐", "└", "┘"]
  private static let borderCorners: [Unicode.Scalar] = [
    "\u{1FB7D}", "\u{1FB7E}", "\u{1FB7C}", "\u{1FB7F}",
  ]
}

extension GlyphChoice {
  /// The characters to draw outlines with on a screen.
  public func outlineGlyphs(for screen: ScreenCapabilities) -> OutlineGlyphs {
    guard screen.isUnicode else { return .ascii }
    switch self {
    case .ascii: return .ascii
    case .auto: return screen.hasLegacyComputing ? .eighths : .blocks
    case .half, .quad, .braille: return .blocks
    case .sextant, .all: return .eighths
    }
  }
}
