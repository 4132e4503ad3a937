import ImageCoding
import Raster
import Synchronization
import TestSupport
import Testing

@Suite("Tiles are decoded once and kept within a bound")
struct TileTests {
  private func area(
    _ region: Region, of file: ImageFile, reduction: Int
  ) throws -> TileArea {
    try #require(
      TileArea(covering: region, of: file.header.uprightSize, reduction: reduction))
  }

  @Test(
    "what is put together is what is decoded in one",
    arguments: [
      "truncated_half.png", "progressive3.jpg", "iptc.jpg", "Sagemaker_6.png", "Landscape_6.jpg",
      "Portrait_8.jpg", "basi6a16.png",
    ], [1, 2, 4])
  func composition(name: String, reduction: Int) throws {
    let file = try ImageFile.open(path: Fixture.path(name))
    let size = file.header.uprightSize
    let cache = TileCache(byteLimit: 40_000_000)
    let all = try area(Region(size), of: file, reduction: reduction)
    let whole = try file.decode(DecodeRequest(targetSize: all.pixelSize)).picture.bitmap
    var generator = SeededGenerator(seed: UInt64(reduction))
    for _ in 0..<6 {
      let region = Region(
        left: Int.random(in: 0..<size.width, using: &generator),
        top: Int.random(in: 0..<size.height, using: &generator), width: 200, height: 100)
      let part = try area(region, of: file, reduction: reduction)
      let picture = try file.decode(part, keepingIn: cache).picture
      #expect(picture.region == part.region && picture.bitmap.size == part.pixelSize)
      let expected = whole.cropped(
        to: Region(
          left: part.region.left / reduction, top: part.region.top / reduction,
          width: part.pixelSize.width, height: part.pixelSize.height))
      // At full size nothing may differ. Reduced, a JPEG's colours and what is stretched to end
      // with the image do, most at sharp edges.
      let difference = picture.bitmap.meanDifference(from: expected)
      #expect(difference <= (reduction == 1 ? 0 : 6), "\(region)")
    }
  }

  @Test("what is kept is not decoded again")
  func reuse() throws {
    let file = try ImageFile.open(path: Fixture.path("iptc.jpg"))
    let cache = TileCache(byteLimit: 40_000_000)
    let part = try area(Region(left: 130, top: 130, width: 90, height: 90), of: file, reduction: 1)
    _ = try file.decode(part, keepingIn: cache)
    let kept = file.surroundings(of: part, in: cache)
    #expect(cache.byteCount == 4 * kept.pixelSize.area)
    for tile in kept.tiles {
      _ = try file.decode(tile, keepingIn: cache) { true }
    }
    #expect(throws: ImageError(path: Fixture.path("iptc.jpg"), reason: .cancelled)) {
      try file.decode(kept.expanded(by: 1), keepingIn: cache) { true }
    }
  }

  @Test("a PNG is read once for as much as the cache takes")
  func surroundings() throws {
    let file = try ImageFile.open(path: Fixture.path("truncated_image.png"))
    let part = try area(Region(left: 300, top: 300, width: 9, height: 9), of: file, reduction: 1)
    let roomy = TileCache(byteLimit: 8 * 640 * 480)
    #expect(file.surroundings(of: part, in: roomy).region == Region(file.header.uprightSize))
    let tight = TileCache(byteLimit: 8 * 9 * TileArea.side * TileArea.side)
    #expect(file.surroundings(of: part, in: tight).tiles.count == 9)
  }

  @Test("the bound holds, and what was used last stays")
  func bound() throws {
    let file = try ImageFile.open(path: Fixture.path("iptc.jpg"))
    let tile = 4 * TileArea.side * TileArea.side
    let cache = TileCache(byteLimit: 16 * tile)
    let whole = try area(Region(file.header.uprightSize), of: file, reduction: 1)
    for part in whole.tiles {
      _ = try file.decode(part, keepingIn: cache)
      #expect(cache.byteCount <= cache.byteLimit)
      _ = try file.decode(part, keepingIn: cache) { true }
    }
    let none = TileCache(byteLimit: 0)
    #expect(try file.decode(whole, keepingIn: none).picture.bitmap.size == whole.pixelSize)
    #expect(none.byteCount == 0)
  }

  @Test("another file of the same name has its own tiles")
  func identity() throws {
    let cache = TileCache(byteLimit: 10_000_000)
    let names = ["quadrants.png", "basn6a16.png"]
    let bitmaps = try names.map { name in
      let file = try ImageFile.open(bytes: Fixture.bytes(name), name: "photo")
      let part = try area(Region(file.header.uprightSize), of: file, reduction: 1)
      return try file.decode(part, keepingIn: cache).picture.bitmap
    }
    for (name, bitmap) in zip(names, bitmaps) {
      #expect(try ImageFile.open(path: Fixture.path(name)).decode().picture.bitmap == bitmap)
    }
  }
}

@Suite("What comes in passes is shown coarsely first")
struct PreviewTests {
  @Test(
    "the preview is the image at its coarsest",
    arguments: [
      ("progressive3.jpg", 8, 10), ("jpg-progressive.jpg", 8, 24), ("basi2c08.png", 4, 40),
    ])
  func preview(name: String, coarseness: Int, tolerance: Int) throws {
    let file = try ImageFile.open(path: Fixture.path(name))
    let preview = try #require(try file.decodePreview())
    let size = file.header.uprightSize
    #expect(preview.imageSize == size && preview.region == Region(size))
    #expect(
      preview.bitmap.size
        == PixelSize(
          width: (size.width + coarseness - 1) / coarseness,
          height: (size.height + coarseness - 1) / coarseness))
    let whole = try file.decode(DecodeRequest(targetSize: preview.bitmap.size)).picture.bitmap
    #expect(preview.bitmap.meanDifference(from: whole) <= tolerance)
    let small = try file.decodePreview(
      DecodeRequest(targetSize: PixelSize(width: 3, height: 2)))
    #expect(small?.bitmap.size == PixelSize(width: 3, height: 2))
  }

  @Test("it is read from the first scans alone")
  func firstScans() throws {
    let bytes = Fixture.bytes("progressive3.jpg")
    let scans = bytes.indices.dropLast().filter { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA }
    let whole = try ImageFile.open(bytes: bytes, name: "").decodePreview()
    // The means of its three components come in a scan each.
    let cut = try ImageFile.open(bytes: Array(bytes[..<(scans[3] + 30)]), name: "").decodePreview()
    #expect(cut == whole && whole != nil)
    let tooFew = Array(bytes[..<((scans[1] + scans[2]) / 2)])
    #expect(try ImageFile.open(bytes: tooFew, name: "").decodePreview() == nil)
  }

  @Test("images that come row by row have none", arguments: ["testorig.jpg", "basn2c08.png"])
  func none(name: String) throws {
    #expect(try ImageFile.open(path: Fixture.path(name)).decodePreview() == nil)
  }

  @Test("a large interlaced image is reduced as it comes, within bounded memory")
  func interlacedBound() throws {
    // White and black quarters, one bit a pixel.
    let file = try ImageFile.open(path: Fixture.path("interlaced_2400x2400_1bit.png"))
    #expect(file.header.isInterlaced)
    let decoded = try file.decode(DecodeRequest(targetSize: PixelSize(width: 60, height: 60)))
    #expect(decoded.warning == nil)
    let bitmap = decoded.picture.bitmap
    for (column, row, level) in [(10, 10, 255), (45, 10, 0), (10, 45, 0), (45, 45, 255)] {
      #expect(bitmap.pixel(column, row) == [UInt8(level), UInt8(level), UInt8(level), 255])
    }
  }
}
