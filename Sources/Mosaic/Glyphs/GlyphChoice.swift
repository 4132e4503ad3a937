public import Cells

/// Which glyphs a person asks pictures to be made of: the names of the command line.
public enum GlyphChoice: String, CaseIterable, Sendable {
  /// The best that the screen is sure to show.
  case auto
  /// ASCII: background colours, or a ramp of characters where there are none.
  case ascii
  /// Halves.
  case half
  /// Quarters.
  case quad
  /// Sixths.
  case sextant
  /// All that is known.
  case all

  /// The glyphs to use on a screen.
  ///
  /// Shades join where the colours are few. A set that doesn't exist yet gives the finest that does.
  public func glyphs(for screen: ScreenCapabilities) -> GlyphSet {
    guard screen.isUnicode, self != .ascii else {
      return screen.depth == .mono ? .ramp : .space
    }
    switch self {
    case .ascii: return .space
    case .half: return .half
    case .quad, .sextant: return .quad
    case .auto, .all: return screen.depth == .truecolor ? .quad : .quadAndShade
    }
  }
}
