/// The image formats that can be decoded.
public enum ImageFormat: String, Hashable, Sendable {
  /// JPEG: baseline, extended or progressive, 8 bits a channel.
  case jpeg = "JPEG"
  /// PNG.
  case png = "PNG"
}
