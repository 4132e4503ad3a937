/// The glyphs that a picture may be made of.
public struct GlyphSet: Sendable {
  /// A short name, for messages and measurements.
  public let name: String
  /// The glyphs; the space comes first.
  public let glyphs: [Glyph]
  /// The raster on which no glyph is finer, and one that does where pictures are coarse.
  let grids: (fine: SubcellGrid, coarse: SubcellGrid)
  private let masks: (fine: MaskTable, coarse: MaskTable)

  /// Creates a set; a space is put first if it isn't there.
  ///
  /// - Complexity: O(glyphs).
  public init(name: String, glyphs: [Glyph]) {
    let space = Glyph(" ", .whole, .flat(0), .everywhere)
    self.name = name
    self.glyphs = [space] + glyphs.filter { $0.scalar != " " }
    let fine = SubcellGrid.coarsest(for: glyphs.map(\.coverage))
    grids = (fine, fine.limited(to: .middling))
    let table = MaskTable(self.glyphs, on: fine)
    masks = (table, grids.coarse == fine ? table : MaskTable(self.glyphs, on: grids.coarse))
  }

  /// The glyphs of some families, by how widely they are available.
  init(
    name: String, _ families: Set<Glyph.Family>,
    upTo availability: Glyph.Availability = .legacyComputing
  ) {
    let glyphs = Glyph.Family.allCases.filter(families.contains).flatMap(GlyphTable.glyphs)
    self.init(name: name, glyphs: glyphs.filter { $0.availability <= availability })
  }

  /// What the fit needs to know of the glyphs, on one of the set's rasters.
  func masks(on grid: SubcellGrid) -> MaskTable {
    grid == grids.fine ? masks.fine : masks.coarse
  }

  /// The glyphs of the same coverage everywhere, but not none or all of it.
  var shades: [Glyph] {
    glyphs.filter { $0.coverage.isFlat && $0.coverage.share > 0 && $0.coverage.share < 1 }
  }
}

extension GlyphSet {
  /// The space alone: pictures of background colours.
  public static let space = GlyphSet(name: "space", glyphs: [])
  /// The characters of ASCII, by the ink that fonts give them.
  public static let ascii = GlyphSet(name: "ascii", [.ascii], upTo: .everywhere)
  /// Halves, one above the other.
  public static let half = GlyphSet(name: "half", [.whole, .half])
  /// All 16 ways to fill the quarters of a cell, and eighths from below and from the left.
  public static let quad = GlyphSet(name: "quad", quarters, upTo: .blockElements)
  /// Quarters and shades: what a screen of few colours shows best.
  public static let quadAndShade = GlyphSet(
    name: "quad+shade", quarters.union([.shade]), upTo: .blockElements)
  /// Quarters, eighths, all 64 ways to fill the sixths of a cell, and wedges.
  public static let sextant = GlyphSet(name: "sextant", sixths)
  /// All of these and shades.
  public static let all = GlyphSet(name: "all", sixths.union([.shade]))
  /// Any of eight dots.
  public static let braille = GlyphSet(name: "braille", [.braille])

  private static let quarters: Set<Glyph.Family> = [.whole, .half, .quadrant, .eighth]
  private static let sixths: Set<Glyph.Family> = quarters.union([.sextant, .wedge])
}

extension GlyphSet: Hashable {
  /// Whether two sets have the same name and glyphs.
  public static func == (left: GlyphSet, right: GlyphSet) -> Bool {
    left.name == right.name && left.glyphs == right.glyphs
  }

  /// Feeds the name to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
