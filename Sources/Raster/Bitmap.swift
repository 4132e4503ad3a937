/// Pixels in memory: sRGB with straight alpha, 8 bits a channel, rows from the top.
public struct Bitmap: Hashable, Sendable {
  /// The size in pixels.
  public let size: PixelSize
  /// The channels red, green, blue, alpha of each pixel, row by row: `4 * width * height` bytes.
  public var channels: [UInt8]
  /// Whether some pixel may be less than opaque.
  public var hasAlpha: Bool

  /// Creates a bitmap from its channels.
  ///
  /// - Parameters:
  ///   - size: The size in pixels.
  ///   - channels: Red, green, blue, alpha of each pixel, row by row.
  ///   - hasAlpha: Whether some pixel may be less than opaque.
  /// - Precondition: There are `4 * width * height` channels.
  public init(size: PixelSize, channels: [UInt8], hasAlpha: Bool = false) {
    precondition(channels.count == 4 * size.area, "channels don't fit the size")
    self.size = size
    self.channels = channels
    self.hasAlpha = hasAlpha
  }
}

/// The pixels of a part of an image, at whatever scale they were decoded.
///
/// `bitmap` may hold fewer pixels than `region` covers; it is the region reduced.
public struct Picture: Hashable, Sendable {
  /// The pixels.
  public let bitmap: Bitmap
  /// The part of the upright image, in its full-size pixels, that the bitmap shows.
  public let region: Region
  /// The size of the whole upright image.
  public let imageSize: PixelSize

  /// Creates a picture.
  public init(bitmap: Bitmap, region: Region, imageSize: PixelSize) {
    self.bitmap = bitmap
    self.region = region
    self.imageSize = imageSize
  }
}
