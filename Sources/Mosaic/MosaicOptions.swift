public import Cells

/// How a picture is turned into cells.
public struct MosaicOptions: Hashable, Sendable {
  /// What lies behind the transparent parts of a picture.
  public enum Ground: Hashable, Sendable {
    /// One colour, as sRGB channels 0…255.
    case solid(UInt8, UInt8, UInt8)
    /// Two greys in squares of 2×1 cells.
    case checker
  }

  /// What the screen can show.
  public var screen: ScreenCapabilities
  /// Which glyphs to use.
  public var glyphs: GlyphChoice
  /// What lies behind transparent parts.
  public var ground: Ground
  /// Whether the terminal writes dark on light; counts where there are no colours.
  public var isLight: Bool
  /// How much bytes matter.
  public var budget: ByteBudget
  /// How the cells get to the terminal, which decides what they cost.
  public var stream: StreamKind

  /// Creates options; the defaults suit a modern terminal.
  public init(
    screen: ScreenCapabilities = ScreenCapabilities(depth: .truecolor, isUnicode: true),
    glyphs: GlyphChoice = .auto, ground: Ground = .checker, isLight: Bool = false,
    budget: ByteBudget = .unlimited, stream: StreamKind = .direct
  ) {
    self.screen = screen
    self.glyphs = glyphs
    self.ground = ground
    self.isLight = isLight
    self.budget = budget
    self.stream = stream
  }

  /// The glyphs that are used.
  public var glyphSet: GlyphSet { glyphs.glyphs(for: screen) }
}
