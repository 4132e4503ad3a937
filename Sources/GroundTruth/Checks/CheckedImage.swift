/// What is known of an image file from its header.
public struct CheckedImage: Hashable, Sendable {
  /// The width as stored, in pixels.
  public let width: Int
  /// The height as stored, in pixels.
  public let height: Int
  /// The size of the file.
  public let byteCount: Int
  /// The EXIF orientation, 1 for upright.
  public let orientation: Int

  /// Creates what is known of an image.
  public init(width: Int, height: Int, byteCount: Int, orientation: Int = 1) {
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.orientation = orientation
  }

  /// What looking for an image came to.
  public enum Lookup: Hashable, Sendable {
    /// The image is none of those that are here; the reason is a sentence.
    case elsewhere(String)
    /// The file isn't a PNG or JPEG that can be read; the reason is a sentence.
    case unreadable(String)
    /// The file's header was read.
    case found(CheckedImage)
  }
}
