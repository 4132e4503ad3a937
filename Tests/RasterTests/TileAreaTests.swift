import Raster
import TestSupport
import Testing

@Suite("Tile areas")
struct TileAreaTests {
  private let image = PixelSize(width: 1000, height: 700)

  @Test("cover the region asked for, in whole tiles cut at the image's edge")
  func covering() throws {
    let area = try #require(
      TileArea(
        covering: Region(left: 130, top: 250, width: 10, height: 10), of: image, reduction: 1))
    #expect(area.region == Region(left: 128, top: 128, width: 128, height: 256))
    #expect(area.pixelSize == PixelSize(width: 128, height: 256))
    let corner = try #require(
      TileArea(
        covering: Region(left: 990, top: 690, width: 99, height: 99), of: image, reduction: 2))
    #expect(corner.region == Region(left: 768, top: 512, width: 232, height: 188))
    #expect(corner.pixelSize == PixelSize(width: 116, height: 94))
    let odd = try #require(
      TileArea(covering: Region(image), of: PixelSize(width: 1001, height: 3), reduction: 4))
    #expect(odd.pixelSize == PixelSize(width: 251, height: 1))
    let outside = Region(left: 1000, top: 0, width: 5, height: 5)
    #expect(TileArea(covering: outside, of: image, reduction: 1) == nil)
  }

  @Test("tiles make up the area, without a gap and without an overlap")
  func tiles() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let size = PixelSize(
        width: Int.random(in: 1...2000, using: &generator),
        height: Int.random(in: 1...2000, using: &generator))
      let region = Region(
        left: Int.random(in: 0..<size.width, using: &generator),
        top: Int.random(in: 0..<size.height, using: &generator),
        width: Int.random(in: 1...900, using: &generator),
        height: Int.random(in: 1...900, using: &generator))
      let reduction = 1 << Int.random(in: 0...4, using: &generator)
      let area = try #require(TileArea(covering: region, of: size, reduction: reduction))
      #expect(area.region.contains(region.intersection(Region(size))))
      #expect(area.tiles.reduce(0) { $0 + $1.region.size.area } == area.region.size.area)
      #expect(area.tiles.reduce(0) { $0 + $1.pixelSize.area } == area.pixelSize.area)
      #expect(TileArea.enclosing(area.tiles) == area)
      #expect(area.tiles.allSatisfy(area.contains))
      let grown = area.expanded(toPixels: 300_000)
      #expect(grown.contains(area) && grown.expanded(by: 99).region == Region(size))
      #expect(grown == area || grown.pixelSize.area <= 300_000)
    }
  }
}

@Suite("Pixels in any order")
struct PixelReducerTests {
  @Test("give what rows in order give, where the sizes divide")
  func agreesWithRows() {
    var generator = SeededGenerator(seed: 5)
    let size = PixelSize(width: 24, height: 12)
    let bytes = (0..<4 * size.area).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let bitmap = Bitmap(size: size, channels: bytes, hasAlpha: true)
    let small = PixelSize(width: 8, height: 3)
    var reducer = PixelReducer(region: Region(size), resultSize: small)
    for (first, step) in [(1, 2), (0, 2)] {
      for row in stride(from: size.height - 1, through: 0, by: -1) {
        reducer.append(
          bytes.span.extracting(row * 96..<(row + 1) * 96), at: row,
          columns: stride(from: first, to: size.width, by: step))
      }
    }
    let expected = bitmap.resampled(to: small)
    for (one, other) in zip(reducer.finish().channels, expected.channels) {
      #expect(abs(Int(one) - Int(other)) <= 1)
    }
  }

  @Test("a pixel for which nothing came takes its neighbour's colour")
  func gaps() {
    let size = PixelSize(width: 4, height: 2)
    var reducer = PixelReducer(region: Region(size), resultSize: size)
    let row: [UInt8] = [9, 8, 7, 255, 0, 0, 0, 0, 6, 5, 4, 255, 0, 0, 0, 0]
    reducer.append(row.span, at: 0, columns: stride(from: 0, to: 4, by: 2))
    #expect(
      reducer.finish().channels
        == [9, 8, 7, 255, 9, 8, 7, 255, 6, 5, 4, 255, 6, 5, 4, 255]
        + [9, 8, 7, 255, 9, 8, 7, 255, 9, 8, 7, 255, 9, 8, 7, 255])
    let none = PixelReducer(region: Region(size), resultSize: size).finish()
    #expect(none.hasAlpha && none.channels.allSatisfy { $0 == 0 })
  }
}
