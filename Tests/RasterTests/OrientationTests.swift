import Raster
import Testing

@Suite("Stored and upright")
struct OrientationTests {
  let size = PixelSize(width: 3, height: 2)

  /// Pixels 0 1 2 / 3 4 5, each with its number in the red channel.
  var numbered: Bitmap {
    Bitmap(size: size, channels: (0..<6).flatMap { [UInt8($0), 0, 0, 255] })
  }

  @Test(
    "turns and mirrors as EXIF says",
    arguments: [
      (1, [0, 1, 2, 3, 4, 5]), (2, [2, 1, 0, 5, 4, 3]), (3, [5, 4, 3, 2, 1, 0]),
      (4, [3, 4, 5, 0, 1, 2]), (5, [0, 3, 1, 4, 2, 5]), (6, [3, 0, 4, 1, 5, 2]),
      (7, [5, 2, 4, 1, 3, 0]), (8, [2, 5, 1, 4, 0, 3]),
    ])
  func bitmap(number: Int, expected: [Int]) throws {
    let orientation = try #require(Orientation(rawValue: number))
    let upright = numbered.upright(from: orientation)
    #expect(upright.size == orientation.applied(to: size))
    #expect(stride(from: 0, to: 24, by: 4).map { Int(upright.channels[$0]) } == expected)
    #expect(upright.upright(from: orientation.inverse) == numbered)
  }

  @Test("regions, rectangles and points go where their pixels go", arguments: Orientation.allCases)
  func mapping(orientation: Orientation) {
    let upright = numbered.upright(from: orientation)
    for row in 0..<2 {
      for column in 0..<3 {
        let stored = Region(left: column, top: row, width: 1, height: 1)
        let region = orientation.upright(stored, ofStored: size)
        let index = 4 * (region.top * upright.size.width + region.left)
        #expect(upright.channels[index] == UInt8(3 * row + column))
        #expect(orientation.stored(region, ofStored: size) == stored)

        let rect = PixelRect(left: Double(column), top: Double(row), width: 1, height: 1)
        let turned = orientation.upright(rect, ofStored: size)
        #expect(turned.left == Double(region.left) && turned.top == Double(region.top))
        #expect(orientation.stored(turned, ofStored: size) == rect)
        #expect(orientation.upright(rect.center, ofStored: size) == turned.center)
        #expect(orientation.stored(turned.center, ofStored: size) == rect.center)
      }
    }
  }

  @Test("a rectangle's sides change places with the image's", arguments: Orientation.allCases)
  func sides(orientation: Orientation) {
    let rect = PixelRect(left: 0.25, top: 0.5, width: 1.7, height: 0.3)
    let turned = orientation.upright(rect, ofStored: size)
    #expect(turned.width == (orientation.swapsSides ? 0.3 : 1.7))
    #expect(turned.height == (orientation.swapsSides ? 1.7 : 0.3))
  }
}
