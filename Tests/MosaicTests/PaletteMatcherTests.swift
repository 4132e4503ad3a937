import Cells
import TestSupport
import Testing

@testable import Mosaic

@Suite struct PaletteMatcherTests {
  @Test(arguments: [ColorDepth.palette256, .palette16, .palette8])
  func `entries are as near as any, and each finds itself`(depth: ColorDepth) throws {
    let matcher = PaletteMatcher(depth)
    let indices = try #require(depth.paletteIndices)
    func distance(_ entry: UInt8, _ color: SIMD4<Float>) -> Float {
      let off = PaletteMatcher.colors[Int(entry)] - color
      return (off * off).sum()
    }
    for index in indices {
      #expect(
        distance(matcher.nearest(matcher.colors[Int(index)]), matcher.colors[Int(index)]) == 0)
    }
    var random = SeededGenerator(seed: 5)
    for _ in 0..<3_000 {
      // Outside the range too: colours that don't exist have a nearest entry.
      let color = SIMD4<Float>(
        .random(in: -90...345, using: &random), .random(in: -90...345, using: &random),
        .random(in: -90...345, using: &random), 0)
      let found = matcher.nearest(color)
      #expect(indices.contains(found))
      let whole = color.wholeChannels
      let best = indices.map { distance($0, whole) }.min() ?? 0
      // The tables of the smaller palettes are 8 levels coarse.
      let slack: Float = depth == .palette256 ? 0 : 7 * 14
      #expect(distance(found, whole).squareRoot() <= best.squareRoot() + slack / 7, "\(color)")
    }
  }
}
