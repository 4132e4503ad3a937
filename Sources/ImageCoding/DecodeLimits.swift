import Raster

/// What a header may claim before it is believed.
enum DecodeLimits {
  /// Decoding that takes more memory than this needs the user's consent: what the coefficients of
  /// a progressive JPEG of 40 megapixels take at the usual 4:2:0 subsampling.
  static let memoryWithoutConsent = 120_000_000
  /// The longest side: rows of it still take little memory, and JPEG itself ends at 65,535.
  static let greatestSide = 250_000
  /// The most pixels, about 33,000 × 33,000: some seconds of decoding.
  static let greatestArea = 1 << 30
  /// Images up to this area are decoded whatever the length of their file.
  static let harmlessArea = 1 << 20
  /// The most pixels that a byte of JPEG is believed to hold.
  ///
  /// Huffman coding spends at least a bit on a block of 64 pixels: 512 a byte. Eight times that
  /// leaves room for arithmetic coding, and for files that are cut short.
  static let jpegPixelsPerByte = 4096
  /// Deflate shrinks at most to a 1032nd.
  static let deflateRatio = 1032

  /// Whether a file of so many bytes can hold so many pixels.
  static func isPlausible(
    _ size: PixelSize, format: ImageFormat, bitsPerPixel: Int, bytes: Int
  )
    -> Bool
  {
    guard size.width <= greatestSide, size.height <= greatestSide, size.area <= greatestArea
    else { return false }
    if size.area <= harmlessArea { return true }
    return switch format {
    case .jpeg: size.area <= bytes * jpegPixelsPerByte
    case .png: size.area * bitsPerPixel / 8 <= bytes * deflateRatio
    }
  }
}
