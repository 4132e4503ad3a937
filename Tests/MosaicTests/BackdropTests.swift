import Cells
import Mosaic
import Testing

@Suite struct BackdropTests {
  @Test(arguments: GlyphSet.all.glyphs.map(\.scalar))
  func `exact colours are mixed by what the glyph covers`(scalar: Unicode.Scalar) throws {
    let glyph = try #require(GlyphSet.all.glyph(scalar))
    let cell = Cell(
      glyph.scalar, style: Style(foreground: .rgb(200, 0, 80), background: .rgb(0, 200, 80)))
    let red = UInt8(glyph.coverage.share * 200 + 0.5)
    #expect(cell.backdrop == .rgb(red, 200 - red, 80))
  }

  @Test func `entries can't be mixed: the larger part counts`() {
    func backdrop(_ glyph: Unicode.Scalar, _ attributes: Style.Attributes = []) -> Color {
      Cell(
        glyph,
        style: Style(foreground: .indexed(1), background: .indexed(2), attributes: attributes)
      ).backdrop
    }
    #expect(backdrop("▙") == .indexed(1))
    #expect(backdrop("▘") == .indexed(2))
    #expect(backdrop("▘", .reverse) == .indexed(1))
    #expect(backdrop("▓") == .indexed(1))
    #expect(backdrop("a") == .indexed(2))
    #expect(Cell.blank.backdrop == .standard)
  }
}
