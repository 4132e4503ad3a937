import FoundationEssentials
import Glibc
import ImageCoding
import Raster
import Synchronization
import TestSupport
import Testing

@Suite("Files that are not what they should be")
struct FailureTests {
  private func failure(path: String) -> ImageError? {
    do {
      _ = try ImageFile.open(path: path).decode()
      return nil
    } catch {
      return error
    }
  }

  private func failure(_ bytes: [UInt8]) -> ImageError? {
    do {
      _ = try ImageFile.open(bytes: bytes, name: "photo.jpg").decode()
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "a file that cannot be decoded says why, and what to do",
    arguments: [
      ("max_size.jpg", "claims 65535×65535 pixels in 186 bytes"),
      ("ihdr_30000x30000_rgb_truncated.png", "claims 30000×30000 pixels in 274 bytes"),
      ("ihdr_2147483647x1.png", "claims 2147483647×1 pixels in 69 bytes"),
      ("null_height.jpg", "is damaged (Empty JPEG image (DNL not supported)); copy it again"),
      ("monkey12.jpg", "is a JPEG with more than 8 bits a channel, which cannot be decoded"),
      ("webp_named.jpg", "is a WebP image; convert it to JPEG or PNG."),
      ("hopper.avif", "is an AVIF image; convert it to JPEG or PNG."),
      ("ORIGIN.md", "is text, not an image; a JPEG or PNG file is needed."),
      ("", "is a folder; name the images in it."),
      ("none.jpg", "is not there; check the path."),
    ])
  func messages(name: String, expected: String) throws {
    let error = try #require(failure(path: Fixture.path(name)))
    let shown = name.isEmpty ? "Fixtures" : name
    #expect(error.message.hasPrefix("\(shown) \(expected)"), "\(error.message)")
    #expect(error.path == Fixture.path(name))
  }

  @Test(
    "another format is named by its first bytes",
    arguments: [
      ("GIF89a", "a GIF image"), ("BM\u{1}\u{2}", "a BMP image"), ("II*\0", "a TIFF"),
      ("MM\0*", "a TIFF"), ("\0\0\0\u{18}ftypheic", "a HEIC image"), ("%PDF-1.7", "a PDF document"),
      ("8BPS\0\u{1}", "a Photoshop document"), ("<svg xmlns", "an SVG drawing"),
      ("\0\0\0\u{C}JXL \r\n", "a JPEG XL image"), ("\0\0\0\u{C}jP  \r\n", "a JPEG 2000 image"),
      ("<!DOCTYPE html>", "a web page"), ("\u{1}\u{2}\u{3}", "a file of an unknown kind"),
      ("RIFF    WEBPVP8 ", "a WebP image"), ("hello", "text"),
    ])
  func signatures(start: String, expected: String) throws {
    let error = try #require(failure(Array(start.utf8)))
    #expect(error.message.hasPrefix("photo.jpg is \(expected)"), "\(error.message)")
  }

  @Test("lossless JPEG is told apart from damage")
  func lossless() throws {
    var bytes = Fixture.bytes("jpg-size-33x33.jpg")
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0, 0x00]) })
    bytes[frame + 1] = 0xC3
    #expect(failure(bytes)?.reason == .unsupported("a lossless or hierarchical JPEG"))
  }

  @Test("empty files and bare signatures")
  func nothingThere() {
    #expect(failure([])?.reason == .empty)
    #expect(failure([0xFF, 0xD8, 0xFF, 0xE0])?.reason == .truncated)
    #expect(failure(Array(Fixture.bytes("basn2c16.png")[..<8]))?.reason == .truncated)
    #expect(failure(Array(Fixture.bytes("basn2c16.png")[..<60]))?.reason == .truncated)
  }

  @Test("a pipe, a socket and a device neither hang nor crash")
  func specialFiles() throws {
    var template = Array(
      (FileManager.default.temporaryDirectory.path + "/image-coding-XXXXXX").utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { rmdir(folder) }
    let pipe = folder + "/pipe.jpg"
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    #expect(failure(path: pipe)?.reason == .specialFile)
    #expect(failure(path: "/dev/zero")?.reason == .specialFile)
    #expect(failure(path: folder)?.reason == .directory)
    #expect(failure(path: Fixture.path("quadrants.jpg") + "\0.txt")?.reason == .missing)
    let loop = folder + "/loop.png"
    #expect(symlink(loop, loop) == 0)
    defer { unlink(loop) }
    #expect(failure(path: loop)?.reason == .missing)
  }

  @Test("a file that is written over while it is open neither crashes nor misleads")
  func overwritten() throws {
    var template = Array(
      (FileManager.default.temporaryDirectory.path + "/image-coding-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
      close(descriptor)
      unlink(path)
    }
    func write(_ bytes: [UInt8]) {
      #expect(ftruncate(descriptor, 0) == 0)
      #expect(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count)
    }
    for names in [("testorig.jpg", "quadrants.jpg"), ("quadrants.png", "basn6a16.png")] {
      write(Fixture.bytes(names.0))
      let file = try ImageFile.open(path: path)
      write(Fixture.bytes(names.1))
      #expect(
        throws: ImageError(path: path, reason: .corrupt("it changed while it was being read"))
      ) { try file.decode() }
      write([])
      #expect(throws: ImageError(path: path, reason: .truncated)) { try file.decode() }
    }
    // The same size hides that all else is different.
    for names in [("basn6a08.png", "basn2c08.png"), ("basi2c08.png", "basn2c08.png")] {
      for (first, second) in [names, (names.1, names.0)] {
        write(Fixture.bytes(first))
        let file = try ImageFile.open(path: path)
        write(Fixture.bytes(second))
        #expect(try file.decode().picture.bitmap.size == PixelSize(width: 32, height: 32))
      }
    }
  }

  @Test("a file cut short shows the rows that it holds")
  func cutShort() throws {
    for name in ["testorig.jpg", "testimgint.jpg", "basn6a16.png"] {
      let bytes = Fixture.bytes(name)
      let whole = try ImageFile.open(bytes: bytes, name: name).decode().picture.bitmap
      // The header takes a part of these small files: keep some of the pixels.
      let kept = Array(bytes[..<(bytes.count * 3 / 4)])
      let decoded = try ImageFile.open(bytes: kept, name: name).decode()
      let warning = try #require(decoded.warning)
      #expect(warning.hasPrefix("ends early: the lower "))
      let bitmap = decoded.picture.bitmap
      #expect(bitmap.size == whole.size)
      #expect(bitmap.hasAlpha)
      #expect(bitmap.pixel(0, 0) == whole.pixel(0, 0))
      #expect(bitmap.pixel(5, bitmap.size.height - 1)[3] == 0)
    }
  }

  @Test("a JPEG that lacks only its end marker is whole")
  func noEndMarker() throws {
    let bytes = Fixture.bytes("testorig.jpg")
    let whole = try ImageFile.open(bytes: bytes, name: "").decode().picture.bitmap
    let decoded = try ImageFile.open(bytes: bytes.dropLast(2), name: "").decode()
    #expect(decoded.picture.bitmap == whole)
    #expect(decoded.warning == "ends early: its last rows may be missing")
  }

  @Test("what comes in passes gets coarser instead")
  func coarse() throws {
    let jpeg = try ImageFile.open(path: Fixture.path("truncated_jpeg.jpg")).decode()
    #expect(jpeg.warning == "ends early: its finer detail is missing")
    #expect(!jpeg.picture.bitmap.hasAlpha)
    // All pixels of the first passes are there, and lend their colour to those around them.
    let bytes = Fixture.bytes("basi6a16.png")
    let whole = try ImageFile.open(bytes: bytes, name: "").decode().picture.bitmap
    let png = try ImageFile.open(bytes: Array(bytes[..<2000]), name: "").decode()
    #expect(png.warning == "ends early: its finer detail is missing")
    for place in [8, 16, 24, 28] {
      #expect(png.picture.bitmap.pixel(place, place) == whole.pixel(place, place))
    }
    #expect(png.picture.bitmap.pixel(31, 31) == [0, 0, 255, 16])
  }

  @Test("damage is told without losing the picture")
  func damage() throws {
    let broken = try ImageFile.open(path: Fixture.path("broken_data_stream.png")).decode()
    #expect(broken.warning?.hasPrefix("is damaged: the lower 31 % is missing") == true)
    var bytes = Fixture.bytes("basn3p08.png")
    bytes[bytes.count - 13] ^= 1
    let checksum = try ImageFile.open(bytes: bytes, name: "").decode()
    #expect(checksum.warning == "is damaged (IDAT: CRC error)")
    #expect(!checksum.picture.bitmap.hasAlpha)
  }

  @Test("large memory needs consent")
  func consent() throws {
    // A progressive JPEG whose header is changed to claim 12,000 × 8,000 pixels.
    var bytes = Fixture.bytes("jpg-progressive.jpg")
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC2]) })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0x1F, 0x40, 0x2E, 0xE0])
    bytes += [UInt8](repeating: 0, count: 96_000_000 / 4096)
    let file = try ImageFile.open(bytes: bytes, name: "big.jpg")
    let small = DecodeRequest(targetSize: PixelSize(width: 10, height: 10))
    let size = PixelSize(width: 12_000, height: 8000)
    do {
      _ = try file.decode(small)
      Issue.record("decoded without asking")
    } catch {
      guard case .needsConsent(size, let bytes) = error.reason else {
        Issue.record("\(error)")
        return
      }
      #expect(bytes >= 2 * size.area)
      #expect(error.message.contains("12000×8000 pixels in a form that takes"))
    }
  }

  @Test("cancelling ends the work", arguments: ["testorig.jpg", "basn2c16.png", "basi2c08.png"])
  func cancelling(name: String) throws {
    let file = try ImageFile.open(path: Fixture.path(name))
    for limit in [0, 1, 20] {
      let asked = Counter()
      do {
        _ = try file.decode { asked.next() >= limit }
        Issue.record("went on after being cancelled")
      } catch {
        #expect(error.reason == .cancelled)
      }
      #expect(asked.next() == limit + 1)
    }
  }

  /// Counts from 0, from any thread.
  private final class Counter: Sendable {
    private let value = Atomic(0)

    func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
  }

  @Test("mutated files never crash", arguments: 1...12 as ClosedRange<UInt64>)
  func mutations(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let names = [
      "testorig.jpg", "jpg-progressive.jpg", "jpg-cmyk-1.jpg", "restarts.jpg", "testimgari.jpg",
      "basi6a16.png", "basn3p04.png", "tbwn0g16.png", "exif2c08.png",
    ]
    for name in names {
      var bytes = Fixture.bytes(name)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) {
        bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
      }
      do {
        let request = DecodeRequest(targetSize: PixelSize(width: 20, height: 20))
        let decoded = try ImageFile.open(bytes: bytes, name: name).decode(request)
        #expect(decoded.picture.bitmap.size.area <= 400, "seed \(seed)")
      } catch {
        #expect(error.message.hasSuffix("."), "seed \(seed)")
      }
    }
  }
}
