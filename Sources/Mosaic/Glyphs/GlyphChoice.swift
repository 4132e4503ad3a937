public import Cells

/// Which glyphs a person asks pictures to be made of: the names of the command line.
///
/// Each of `half`, `quad` and `sextant` has the glyphs of the one before.
public enum GlyphChoice: String, CaseIterable, Sendable {
  /// The best that the screen is sure to show.
  case auto
  /// ASCII.
  case ascii
  /// Halves.
  case half
  /// Quarters and eighths.
  case quad
  /// Sixths and wedges.
  case sextant
  /// Shades too, which look like dots on some terminals.
  case all
  /// Dots.
  case braille

  /// The glyphs to use on a screen.
  ///
  /// A screen without Unicode gets ASCII whatever is asked for. `auto` takes what came with Unicode
  /// 13 only where the screen is known to have it, and shades where colours are few.
  public func glyphs(for screen: ScreenCapabilities) -> GlyphSet {
    guard screen.isUnicode, self != .ascii else {
      return self == .ascii || screen.depth == .mono ? .ascii : .space
    }
    switch self {
    case .ascii: return .ascii
    case .half: return .half
    case .quad: return .quad
    case .sextant: return .sextant
    case .all: return .all
    case .braille: return .braille
    case .auto:
      let isFew = screen.depth != .truecolor
      return screen.hasLegacyComputing ? (isFew ? .all : .sextant) : (isFew ? .quadAndShade : .quad)
    }
  }
}
