import ImageCoding
import Raster
import TestSupport
import Testing

@Suite("Orientation and regions")
struct UprightTests {
  /// Which quarter (red, green, blue, white) is seen in each corner, from the top left, row by row.
  static let corners: [(orientation: Int, seen: String)] = [
    (1, "RGBW"), (2, "GRWB"), (3, "WBGR"), (4, "BWRG"),
    (5, "RBGW"), (6, "BRWG"), (7, "WGBR"), (8, "GWRB"),
  ]

  private func name(_ pixel: [UInt8]) -> String {
    switch (pixel[0] > 127, pixel[1] > 127, pixel[2] > 127) {
    case (true, false, false): "R"
    case (false, true, false): "G"
    case (false, false, true): "B"
    case (true, true, true): "W"
    default: "?"
    }
  }

  private func seen(_ bitmap: Bitmap) -> String {
    let right = bitmap.size.width - 1
    let bottom = bitmap.size.height - 1
    return [(0, 0), (right, 0), (0, bottom), (right, bottom)]
      .map { name(bitmap.pixel($0.0, $0.1)) }.joined()
  }

  @Test("the four corners", arguments: corners)
  func seenInCorners(orientation: Int, expected: String) throws {
    let images = [
      Fixture.jpeg("quadrants.jpg", orientation: orientation),
      Fixture.jpeg("quadrants.jpg", orientation: orientation, littleEndian: true),
      Fixture.png("quadrants.png", orientation: orientation),
    ]
    for bytes in images {
      let file = try ImageFile.open(bytes: bytes, name: "quadrants")
      #expect(file.header.orientation.rawValue == orientation)
      let size = file.header.orientation.swapsSides ? (32, 48) : (48, 32)
      #expect(file.header.uprightSize == PixelSize(width: size.0, height: size.1))
      #expect(seen(try file.decode().picture.bitmap) == expected)
      let small = DecodeRequest(targetSize: PixelSize(width: 2, height: 2))
      #expect(seen(try file.decode(small).picture.bitmap) == expected)
    }
  }

  @Test("illegal orientations read as upright", arguments: [0, 9, 255, 65_535])
  func illegal(orientation: Int) throws {
    let bytes = Fixture.jpeg("quadrants.jpg", orientation: orientation)
    #expect(try ImageFile.open(bytes: bytes, name: "").header.orientation == .upright)
  }

  @Test("EXIF cut anywhere neither crashes nor turns the image wrongly")
  func cutExif() throws {
    let whole = Fixture.jpeg("quadrants.jpg", orientation: 6)
    for count in 0..<38 {
      var bytes = whole
      bytes[5] = UInt8(2 + count)
      bytes.removeSubrange(6 + count..<6 + 32)
      let header = try ImageFile.open(bytes: bytes, name: "").header
      #expect(header.orientation == (count >= 26 ? .clockwise : .upright), "\(count) bytes")
      if count == 31 { break }
    }
  }

  @Test("seven photographs of one person, stored seven ways, look the same")
  func photographs() throws {
    let small = DecodeRequest(targetSize: PixelSize(width: 16, height: 16))
    let bitmaps = try (2...8).map { number in
      let path = Fixture.path("hopper_orientation_\(number).jpg")
      return try ImageFile.open(path: path).decode(small).picture.bitmap
    }
    for bitmap in bitmaps { #expect(bitmap.difference(from: bitmaps[0]) <= 6) }
    // Turned once more, it would be seen.
    #expect(bitmaps[0].upright(from: .mirrored).difference(from: bitmaps[0]) > 60)
  }

  @Test("a region is the crop of the whole", arguments: Orientation.allCases)
  func regions(orientation: Orientation) throws {
    let images = [
      Fixture.jpeg("testorig.jpg", orientation: orientation.rawValue),
      Fixture.jpeg("jpg-progressive.jpg", orientation: orientation.rawValue),
      Fixture.png("basn6a08.png", orientation: orientation.rawValue),
      Fixture.png("basi6a16.png", orientation: orientation.rawValue),
    ]
    var generator = SeededGenerator(seed: UInt64(orientation.rawValue))
    for bytes in images {
      let file = try ImageFile.open(bytes: bytes, name: "region")
      let whole = try file.decode().picture.bitmap
      for _ in 0..<12 {
        let left = Int.random(in: 0..<whole.size.width, using: &generator)
        let top = Int.random(in: 0..<whole.size.height, using: &generator)
        let region = Region(
          left: left, top: top,
          width: Int.random(in: 1...whole.size.width - left, using: &generator),
          height: Int.random(in: 1...whole.size.height - top, using: &generator))
        let picture = try file.decode(DecodeRequest(region: region)).picture
        #expect(picture.region == region)
        #expect(picture.bitmap.difference(from: whole.cropped(to: region)) == 0, "\(region)")
      }
    }
  }

  @Test("a reduced region begins where it should, within a pixel of the decoder too")
  func reducedRegion() throws {
    // At half size the region begins at column 6.5, and the edge between the quarters, at column
    // 24, falls into the middle of the result's column 5.
    let file = try ImageFile.open(path: Fixture.path("quadrants.jpg"))
    let region = Region(left: 13, top: 3, width: 22, height: 26)
    let size = PixelSize(width: 11, height: 13)
    let whole = try file.decode().picture.bitmap
    let expected = whole.cropped(to: region).resampled(to: size)
    let request = DecodeRequest(region: region, targetSize: size)
    #expect(try file.decode(request).picture.bitmap.difference(from: expected) <= 12)
  }

  @Test("a region beyond the image is clipped; outside it there is nothing")
  func clipping() throws {
    let file = try ImageFile.open(path: Fixture.path("quadrants.jpg"))
    let across = Region(left: -10, top: 20, width: 30, height: 100)
    let picture = try file.decode(DecodeRequest(region: across)).picture
    #expect(picture.region == Region(left: 0, top: 20, width: 20, height: 12))
    #expect(picture.imageSize == PixelSize(width: 48, height: 32))
    let outside = Region(left: 48, top: 0, width: 5, height: 5)
    #expect(try file.decode(DecodeRequest(region: outside)).picture.bitmap.size.area == 0)
  }
}
