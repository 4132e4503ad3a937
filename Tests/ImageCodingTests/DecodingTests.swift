import ImageCoding
import Raster
import Testing

@Suite("Decoding agrees with a reference decoder")
struct DecodingTests {
  /// A line of reference.txt: what another decoder made of a file.
  struct Reference: CustomTestStringConvertible {
    let name: String
    let size: PixelSize
    let pixels: [[UInt8]]

    var testDescription: String { name }

    /// Where the pixels are: the middles of a 6×6 grid, then the four corners.
    var places: [(column: Int, row: Int)] {
      let middles = (0..<36).map { index in
        (
          column: (2 * (index % 6) + 1) * size.width / 12,
          row: (2 * (index / 6) + 1) * size.height / 12
        )
      }
      let corners = [0, size.height - 1].flatMap { row in
        [0, size.width - 1].map { (column: $0, row: row) }
      }
      return middles + corners
    }

    static let all: [Reference] = Fixture.text("reference.txt").split(separator: "\n").map { line in
      let fields = line.split(separator: " ")
      return Reference(
        name: String(fields[0]),
        size: PixelSize(width: Int(fields[1]) ?? 0, height: Int(fields[2]) ?? 0),
        pixels: fields[3...].map { hex in
          let value = UInt32(hex, radix: 16) ?? 0
          return (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
        })
    }
  }

  @Test("the reference is there")
  func referenceIsThere() {
    #expect(Reference.all.count == 168)
    #expect(Reference.all.allSatisfy { $0.pixels.count == 40 && $0.size.area > 0 })
  }

  @Test("every kind of pixel", arguments: Reference.all)
  func pixels(reference: Reference) throws {
    let file = try ImageFile.open(path: Fixture.path(reference.name))
    #expect(file.header.uprightSize == reference.size)
    let decoded = try file.decode()
    let bitmap = decoded.picture.bitmap
    #expect(bitmap.size == reference.size)
    #expect(decoded.picture.region == Region(reference.size))
    for (place, expected) in zip(reference.places, reference.pixels) {
      let (column, row) = place
      let pixel = bitmap.pixel(column, row)
      // The colour of a transparent pixel is nobody's business.
      let channels = expected[3] == 0 ? 3..<4 : 0..<4
      for channel in channels {
        #expect(abs(Int(pixel[channel]) - Int(expected[channel])) <= 2, "at \(column), \(row)")
      }
    }
    if !file.header.hasAlpha { #expect(!bitmap.hasAlpha) }
  }

  @Test("headers say what will come")
  func headers() throws {
    func header(_ name: String) throws -> ImageHeader {
      try ImageFile.open(path: Fixture.path(name)).header
    }
    #expect(try header("jpg-progressive.jpg").isProgressive)
    #expect(try !header("testorig.jpg").isProgressive)
    #expect(try header("basi2c08.png").isInterlaced)
    #expect(try header("tbrn2c08.png").hasAlpha)
    #expect(try !header("basn2c16.png").hasAlpha)
    #expect(try header("png_named.jpg").format == .png)
    #expect(try header("jpeg_named.png").format == .jpeg)
  }

  @Test(
    "the result has as many pixels as were asked for, or as there are",
    arguments: ["testorig.jpg", "jpg-progressive.jpg", "basi6a16.png", "basn3p08.png"],
    [(1, 1), (40, 20), (10_000, 5)])
  func targetSize(name: String, target: (Int, Int)) throws {
    let file = try ImageFile.open(path: Fixture.path(name))
    let whole = try file.decode().picture.bitmap
    let size = PixelSize(width: target.0, height: target.1)
    let small = try file.decode(DecodeRequest(targetSize: size)).picture.bitmap
    #expect(small.size.width == min(size.width, whole.size.width))
    #expect(small.size.height == min(size.height, whole.size.height))
    // PNG is averaged exactly; JPEG's smaller transforms differ by a little more.
    let expected = whole.resampled(to: small.size)
    #expect(small.difference(from: expected) <= (file.header.format == .png ? 0 : 24))
  }
}
