import Cells
import Testing

@testable import Mosaic

@Suite struct GlyphSetTests {
  @Test(arguments: [
    (GlyphChoice.ascii, ColorDepth.truecolor, " "),
    (.ascii, .mono, " .:-=+*#%@"),
    (.half, .truecolor, " ▄▀█"),
    (.half, .mono, " ▄▀█"),
    (.quad, .palette256, " ▄▀█▌▐▖▗▘▝▚▞▙▛▜▟"),
    (.sextant, .truecolor, " ▄▀█▌▐▖▗▘▝▚▞▙▛▜▟"),
    (.auto, .truecolor, " ▄▀█▌▐▖▗▘▝▚▞▙▛▜▟"),
    (.auto, .palette256, " ▄▀█▌▐▖▗▘▝▚▞▙▛▜▟░▒▓"),
    (.auto, .mono, " ▄▀█▌▐▖▗▘▝▚▞▙▛▜▟░▒▓"),
    (.all, .palette16, " ▄▀█▌▐▖▗▘▝▚▞▙▛▜▟░▒▓"),
  ])
  func `a choice gives the set for the screen`(
    choice: GlyphChoice, depth: ColorDepth, glyphs: String
  ) {
    let set = choice.glyphs(for: ScreenCapabilities(depth: depth, isUnicode: true))
    #expect(set.glyphs.map(\.scalar) == Array(glyphs.unicodeScalars))
    let ascii = choice.glyphs(for: ScreenCapabilities(depth: depth, isUnicode: false))
    #expect(ascii.glyphs.allSatisfy { $0.scalar.isASCII && $0.availability == .everywhere })
  }

  @Test func `the command line's names are all known`() {
    let names = ["auto", "ascii", "half", "quad", "sextant", "all"]
    #expect(names.compactMap(GlyphChoice.init(rawValue:)) == GlyphChoice.allCases)
    #expect(GlyphChoice(rawValue: "octant") == nil)
  }

  @Test func `the raster is as coarse as the glyphs allow`() {
    #expect(GlyphSet.space.grid == SubcellGrid(columns: 1, rows: 1))
    #expect(GlyphSet.ramp.grid == SubcellGrid(columns: 1, rows: 1))
    #expect(GlyphSet.half.grid == SubcellGrid(columns: 1, rows: 2))
    #expect(GlyphSet.quadAndShade.grid == SubcellGrid(columns: 2, rows: 2))
    var corner = SIMD32<Float>(repeating: 0)
    corner[0] = 1
    let fine = GlyphSet(name: "fine", glyphs: [Glyph("x", Coverage(subcells: corner), .everywhere)])
    #expect(fine.grid == SubcellGrid(columns: 4, rows: 8))
  }

  @Test func `complements are tried once, the first by preference`() {
    #expect(GlyphSet.half.patterns.map(\.scalar) == ["▄"])
    #expect(GlyphSet.quad.patterns.map(\.scalar) == ["▄", "▌", "▖", "▗", "▘", "▝", "▚"])
  }

  @Test func `no two glyphs of a set cover the same`() {
    for set in [GlyphSet.ramp, .half, .quadAndShade] {
      #expect(Set(set.glyphs.map(\.coverage)).count == set.glyphs.count)
    }
  }
}
