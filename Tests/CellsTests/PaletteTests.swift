import Cells
import TestSupport
import Testing

@Suite struct PaletteTests {
  @Test func `the palette is xterm's`() {
    #expect(Palette.xterm.count == 256)
    #expect(Palette.xterm[16] == Palette.Entry(red: 0, green: 0, blue: 0))
    #expect(Palette.xterm[67] == Palette.Entry(red: 95, green: 135, blue: 175))
    #expect(Palette.xterm[231] == Palette.Entry(red: 255, green: 255, blue: 255))
    #expect(Palette.xterm[232] == Palette.Entry(red: 8, green: 8, blue: 8))
    #expect(Palette.xterm[255] == Palette.Entry(red: 238, green: 238, blue: 238))
  }

  @Test(arguments: [ColorDepth.palette256, .palette16, .palette8])
  func `the nearest entry is the first of those at the least distance`(depth: ColorDepth) throws {
    let indices = try #require(depth.paletteIndices)
    for seed in UInt64(0)..<2000 {
      var random = SeededGenerator(seed: seed)
      var color = (0..<3).map { _ in Int.random(in: 0...255, using: &random) }
      // Greys are where the cube and the ramp compete.
      if seed % 2 == 0 { color = color.map { max(0, min(255, color[0] + ($0 - 128) / 16)) } }
      let distances = indices.map { index in
        let entry = Palette.xterm[Int(index)]
        let off = [
          Int(entry.red) - color[0], Int(entry.green) - color[1], Int(entry.blue) - color[2],
        ]
        return (index, off.reduce(0) { $0 + $1 * $1 })
      }
      let least = distances.map(\.1).min()
      let expected = distances.first { $0.1 == least }?.0
      let found = Palette.nearest(UInt8(color[0]), UInt8(color[1]), UInt8(color[2]), in: depth)
      #expect(found == expected, "seed \(seed), colour \(color)")
    }
  }

  @Test(arguments: [ColorDepth.palette256, .palette16, .palette8])
  func `an entry's own colour finds it`(depth: ColorDepth) throws {
    for index in try #require(depth.paletteIndices) {
      let entry = Palette.xterm[Int(index)]
      let found = Palette.nearest(entry.red, entry.green, entry.blue, in: depth)
      #expect(Palette.xterm[Int(found)] == entry)
    }
  }
}
