public import Raster

/// What is known of an image before any pixel is decoded.
public struct ImageHeader: Hashable, Sendable {
  /// The format, by the file's content.
  public let format: ImageFormat
  /// The size as stored, before the orientation is honoured.
  public let storedSize: PixelSize
  /// The EXIF orientation; upright where none, or an illegal one, is given.
  public let orientation: Orientation
  /// Whether all of the file must be read before the first full row: a progressive JPEG, or one
  /// with several scans; an interlaced PNG.
  public let isProgressive: Bool
  /// Whether some pixels may be less than opaque.
  public let hasAlpha: Bool
  /// Bytes that must be held for the whole image while it is decoded, 0 where rows stream.
  let wholeImageBytes: Int

  /// The size as seen upright.
  public var uprightSize: PixelSize { orientation.applied(to: storedSize) }
  /// Whether the image is a PNG stored in Adam7 passes.
  public var isInterlaced: Bool { format == .png && isProgressive }

  /// Refuses a file that was written over since its header was read.
  func check(width: UInt32, height: UInt32) throws(DecodeFailure) {
    guard storedSize == PixelSize(width: Int(width), height: Int(height)) else {
      throw DecodeFailure(.corrupt("it changed while it was being read"))
    }
  }
}
