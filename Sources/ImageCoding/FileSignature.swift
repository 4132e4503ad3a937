/// What a file's first bytes say it is, whatever its name.
enum FileSignature: Equatable {
  case image(ImageFormat)
  /// Another format, with its article.
  case other(String)
  /// No image at all, with its article if it has one.
  case notAnImage(String)

  /// How many bytes are looked at.
  static let length = 512

  init(_ bytes: [UInt8]) {
    func begins(_ signature: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: signature.utf8)
    }
    if bytes.starts(with: [0xFF, 0xD8]) {
      self = .image(.jpeg)
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .image(.png)
    } else if begins("ftyp", at: 4) {
      self = .other(Self.mediaName(brand: bytes.dropFirst(8).prefix(4)))
    } else if begins("RIFF") {
      self = begins("WEBP", at: 8) ? .other("a WebP image") : .notAnImage("sound or video")
    } else if let known = Self.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
      self = .other(known.name)
    } else {
      self = Self.text(bytes)
    }
  }

  /// First bytes of formats that people mistake for JPEG and PNG.
  private static let signatures: [(bytes: [UInt8], name: String)] = [
    (Array("GIF8".utf8), "a GIF image"),
    (Array("BM".utf8), "a BMP image"),
    (Array("II*\0".utf8), "a TIFF or raw camera image"),
    (Array("MM\0*".utf8), "a TIFF or raw camera image"),
    (Array("II+\0".utf8), "a TIFF image"),
    (Array("MM\0+".utf8), "a TIFF image"),
    ([0x49, 0x49, 0xBC], "a JPEG XR image"),
    ([0xFF, 0x0A], "a JPEG XL image"),
    ([0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL image"),
    ([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 image"),
    ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 image"),
    ([0x00, 0x00, 0x01, 0x00], "an icon file"),
    ([0x8A, 0x4D, 0x4E, 0x47], "an MNG animation"),
    (Array("%PDF".utf8), "a PDF document"),
    (Array("%!PS".utf8), "a PostScript document"),
    (Array("8BPS".utf8), "a Photoshop document"),
    (Array("gimp xcf".utf8), "a GIMP document"),
    (Array("DICM".utf8), "a DICOM image"),
    (Array("qoif".utf8), "a QOI image"),
    ([0x76, 0x2F, 0x31, 0x01], "an OpenEXR image"),
    (Array("P5\n".utf8), "a PGM image"),
    (Array("P6\n".utf8), "a PPM image"),
    ([0x1F, 0x8B], "a gzip archive"),
    (Array("PK\u{3}\u{4}".utf8), "a ZIP archive"),
  ]

  /// The kind of an ISO base media file, by its major brand.
  private static func mediaName(brand: ArraySlice<UInt8>) -> String {
    switch String(decoding: brand, as: UTF8.self) {
    case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1": "a HEIC image"
    case "avif", "avis": "an AVIF image"
    case "crx ": "a raw camera image"
    default: "a video"
    }
  }

  private static func text(_ bytes: [UInt8]) -> FileSignature {
    let start = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased()
    if start.contains("<svg") { return .other("an SVG drawing") }
    if start.contains("<!doctype html") || start.contains("<html") {
      return .notAnImage("a web page")
    }
    let isText = bytes.allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) }
    return .notAnImage(isText ? "text" : "a file of an unknown kind")
  }
}
