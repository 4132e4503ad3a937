/// The glyphs that a picture may be made of.
///
/// Of two glyphs that cover each other's complement the fit uses the one listed first: `▄` before
/// `▀`, which some terminals draw a pixel off.
public struct GlyphSet: Sendable {
  /// A short name, for messages and measurements.
  public let name: String
  /// The glyphs; the space comes first.
  public let glyphs: [Glyph]
  /// The raster to sample a picture on.
  let grid: SubcellGrid
  /// What the fit needs to know of each pair of complementary glyphs that aren't flat.
  let patterns: [Pattern]

  /// Creates a set; a space is put first if it isn't there.
  ///
  /// - Complexity: O(glyphs²).
  public init(name: String, glyphs: [Glyph]) {
    let space = Glyph(" ", .flat(0), .everywhere)
    self.name = name
    self.glyphs = [space] + glyphs.filter { $0.scalar != " " }
    grid = SubcellGrid.coarsest(for: glyphs.map(\.coverage))
    patterns = Pattern.table(of: glyphs, on: grid)
  }

  /// The glyphs of the same coverage everywhere, but not none or all of it: ramps and shades.
  var shades: [Glyph] {
    glyphs.filter { $0.coverage.isFlat && $0.coverage.share > 0 && $0.coverage.share < 1 }
  }

  /// A name and glyphs made of two sets.
  static func + (left: GlyphSet, right: GlyphSet) -> GlyphSet {
    GlyphSet(name: left.name + "+" + right.name, glyphs: left.glyphs + right.glyphs)
  }
}

extension GlyphSet {
  /// The space alone: pictures of background colours.
  public static let space = GlyphSet(name: "space", glyphs: [])

  /// A ramp of ASCII characters from dark to bright, for screens without colours.
  ///
  /// The levels are equally far apart, whatever ink a font gives each character.
  public static let ramp = GlyphSet(
    name: "ramp",
    glyphs: zip(".:-=+*#%@".unicodeScalars, 1...).map { scalar, level in
      Glyph(scalar, .flat(Float(level) / 9), .everywhere)
    })

  /// Halves, one above the other.
  public static let half = GlyphSet(
    name: "half",
    glyphs: [
      block("▄", .quadrants(lowerLeft: true, lowerRight: true)),
      block("▀", .quadrants(upperLeft: true, upperRight: true)),
      block("█", .flat(1)),
    ])

  /// All 16 ways to fill the quarters of a cell.
  public static let quad = GlyphSet(
    name: "quad",
    glyphs: half.glyphs + [
      block("▌", .quadrants(upperLeft: true, lowerLeft: true)),
      block("▐", .quadrants(upperRight: true, lowerRight: true)),
      block("▖", .quadrants(lowerLeft: true)),
      block("▗", .quadrants(lowerRight: true)),
      block("▘", .quadrants(upperLeft: true)),
      block("▝", .quadrants(upperRight: true)),
      block("▚", .quadrants(upperLeft: true, lowerRight: true)),
      block("▞", .quadrants(upperRight: true, lowerLeft: true)),
      block("▙", .quadrants(upperLeft: true, lowerLeft: true, lowerRight: true)),
      block("▛", .quadrants(upperLeft: true, upperRight: true, lowerLeft: true)),
      block("▜", .quadrants(upperLeft: true, upperRight: true, lowerRight: true)),
      block("▟", .quadrants(upperRight: true, lowerLeft: true, lowerRight: true)),
    ])

  /// Three shades between the background and the foreground.
  public static let shade = GlyphSet(
    name: "shade",
    glyphs: [
      block("░", .flat(0.25)), block("▒", .flat(0.5)), block("▓", .flat(0.75)),
    ])

  /// Quarters and shades: what a screen of few colours shows best.
  public static let quadAndShade = quad + shade

  private static func block(_ scalar: Unicode.Scalar, _ coverage: Coverage) -> Glyph {
    Glyph(scalar, coverage, .blockElements)
  }
}

extension GlyphSet: Hashable {
  /// Whether two sets have the same name and glyphs.
  public static func == (left: GlyphSet, right: GlyphSet) -> Bool {
    left.name == right.name && left.glyphs == right.glyphs
  }

  /// Feeds the name to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
