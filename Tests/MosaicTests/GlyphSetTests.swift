import Cells
import Testing

@testable import Mosaic

@Suite struct GlyphSetTests {
  private static let half = " █▄▀"
  private static let quad = half + "▌▐▖▗▘▝▚▞▙▛▜▟▁▂▃▅▆▇▏▎▍▋▊▉▔▕"
  private static let upper = "\u{1FB82}\u{1FB83}\u{1FB84}\u{1FB85}\u{1FB86}"
  private static let right = "\u{1FB87}\u{1FB88}\u{1FB89}\u{1FB8A}\u{1FB8B}"

  @Test(arguments: [
    (GlyphChoice.half, ColorDepth.truecolor, half), (.half, .mono, half),
    (.quad, .truecolor, quad), (.quad, .palette256, quad),
    (.auto, .truecolor, quad), (.auto, .palette256, quad + "░▒▓"), (.auto, .mono, quad + "░▒▓"),
  ])
  func `a choice gives the set for the screen`(
    choice: GlyphChoice, depth: ColorDepth, glyphs: String
  ) {
    let set = choice.glyphs(for: ScreenCapabilities(depth: depth, isUnicode: true))
    #expect(set.glyphs.map(\.scalar) == Array(glyphs.unicodeScalars))
  }

  @Test func `sixths and wedges join quarters, shades join all`() {
    let screen = ScreenCapabilities(depth: .truecolor, isUnicode: true)
    let sextant = GlyphChoice.sextant.glyphs(for: screen)
    #expect(Set(sextant.glyphs.map(\.scalar)).isSuperset(of: Self.quad.unicodeScalars))
    #expect(
      Set(sextant.glyphs.map(\.scalar)).isSuperset(of: (Self.upper + Self.right).unicodeScalars))
    #expect(sextant.glyphs.filter { $0.family == .sextant }.count == 60)
    #expect(sextant.glyphs.filter { $0.family == .wedge }.count == 44)
    #expect(sextant.shades.isEmpty)
    let all = GlyphChoice.all.glyphs(for: screen)
    #expect(all.glyphs.map(\.scalar) == sextant.glyphs.map(\.scalar) + Array("░▒▓".unicodeScalars))
  }

  @Test(arguments: ColorDepth.allCases)
  func `auto never takes what the screen isn't known to have`(depth: ColorDepth) {
    let plain = GlyphChoice.auto.glyphs(for: ScreenCapabilities(depth: depth, isUnicode: true))
    #expect(plain.glyphs.allSatisfy { $0.availability <= .blockElements })
    let rich = GlyphChoice.auto.glyphs(
      for: ScreenCapabilities(depth: depth, isUnicode: true, hasLegacyComputing: true))
    #expect(
      rich.glyphs.contains { $0.family == .sextant } && rich.glyphs.contains { $0.family == .wedge }
    )
    #expect(rich.shades.isEmpty == (depth == .truecolor))
    for set in [plain, rich] {
      #expect(!set.glyphs.contains { $0.family == .braille || $0.family == .ascii })
    }
  }

  @Test(arguments: GlyphChoice.allCases, ColorDepth.allCases)
  func `a screen without Unicode gets ASCII`(choice: GlyphChoice, depth: ColorDepth) {
    let set = choice.glyphs(for: ScreenCapabilities(depth: depth, isUnicode: false))
    #expect(set.glyphs.allSatisfy { $0.scalar.isASCII && $0.availability == .everywhere })
  }

  @Test func `the command line's names are all known`() {
    let names = ["auto", "ascii", "half", "quad", "sextant", "all", "braille"]
    #expect(names.compactMap(GlyphChoice.init(rawValue:)) == GlyphChoice.allCases)
    #expect(GlyphChoice(rawValue: "octant") == nil)
  }

  @Test func `the raster is as coarse as the glyphs allow`() {
    #expect(GlyphSet.space.grids.fine == SubcellGrid(columns: 1, rows: 1))
    #expect(GlyphSet.half.grids.fine == SubcellGrid(columns: 1, rows: 2))
    #expect(GlyphSet.quad.grids.fine == SubcellGrid(columns: 8, rows: 8))
    #expect(GlyphSet.quad.grids.coarse == SubcellGrid(columns: 4, rows: 8))
    #expect(GlyphSet.sextant.grids.fine == SubcellGrid.finest)
    #expect(GlyphSet.sextant.grids.coarse == SubcellGrid(columns: 4, rows: 16))
    #expect(GlyphSet.ascii.grids.fine == SubcellGrid(columns: 4, rows: 8))
  }

  @Test func `complements are one mask, named after the first`() {
    let half = GlyphSet.half.masks(on: GlyphSet.half.grids.fine)
    #expect(half.scalars == ["▄"] && half.complements == ["▀"])
    let quad = GlyphSet.quad.masks(on: GlyphSet.quad.grids.fine)
    #expect(quad.scalars == Array("▄▌▖▗▘▝▚▁▂▃▅▆▇▏▎▍▋▊▉".unicodeScalars))
    // ▔ and ▕ are the rest of ▇ and ▉; what is left of ▁ has no character among the blocks.
    #expect(quad.complements[quad.scalars.firstIndex(of: "▇") ?? 0] == "▔")
    #expect(quad.complements[quad.scalars.firstIndex(of: "▁") ?? 0] == nil)
    let sextant = GlyphSet.sextant.masks(on: .finest)
    #expect(sextant.count == 71)
    #expect(sextant.complements.allSatisfy { $0 != nil })
  }

  @Test func `no two glyphs of a set cover the same, and all cover what they can`() {
    for set in [GlyphSet.half, .quadAndShade, .all, .braille] {
      #expect(Set(set.glyphs.map(\.coverage)).count == set.glyphs.count, "\(set.name)")
      for glyph in set.glyphs {
        #expect(glyph.coverage.subcells.allSatisfy { (0...1).contains($0) }, "\(glyph.scalar)")
      }
    }
  }

  /// The share of the cell by the character's own name, for some of each family.
  @Test(
    arguments: [
      ("▄", 0.5), ("▙", 0.75), ("▂", 0.25), ("▋", 0.625), ("\u{1FB82}", 0.25),
      ("\u{1FB00}", 1.0 / 6),
      ("\u{1FB3B}", 5.0 / 6), ("\u{1FB3C}", 1.0 / 12), ("\u{1FB41}", 11.0 / 12), ("\u{1FB46}", 0.5),
      ("\u{1FB5C}", 0.5), ("\u{1FB67}", 0.5), ("▓", 0.75), ("⠿", 6.0 / 32), ("⣿", 0.25),
    ] as [(Unicode.Scalar, Float)])
  func `a glyph covers what its name says`(scalar: Unicode.Scalar, share: Float) throws {
    let glyphs = Glyph.Family.allCases.flatMap(GlyphTable.glyphs)
    let glyph = try #require(glyphs.first { $0.scalar == scalar })
    #expect(abs(glyph.coverage.share - share) < 0.002)
    #expect(abs((GlyphTable.share(of: scalar) ?? -1) - share) < 0.002)
  }

  @Test func `wedges lie on the side that their names say`() throws {
    func corner(_ scalar: Unicode.Scalar, _ column: Int, _ row: Int) throws -> Float {
      let glyph = try #require(GlyphTable.glyphs(of: .wedge).first { $0.scalar == scalar })
      return glyph.coverage.subcells[row * Coverage.columns + column]
    }
    // LOWER LEFT … UPPER LEFT TO LOWER CENTRE, UPPER RIGHT … UPPER MIDDLE LEFT TO LOWER MIDDLE RIGHT
    #expect(try corner("\u{1FB40}", 0, 15) == 1 && corner("\u{1FB40}", 7, 0) == 0)
    #expect(try corner("\u{1FB67}", 7, 0) == 1 && corner("\u{1FB67}", 0, 15) == 0)
    #expect(try corner("\u{1FB67}", 0, 0) == 1 && corner("\u{1FB67}", 7, 15) == 0)
  }

  @Test func `each wedge's complement is a wedge too, 22 characters on`() throws {
    let wedges = GlyphTable.glyphs(of: .wedge)
    for (one, other) in zip(wedges.prefix(22), wedges.dropFirst(22)) {
      #expect(one.coverage.inverted == other.coverage, "\(one.scalar) \(other.scalar)")
    }
  }
}
