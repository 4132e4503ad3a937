public import Raster

/// What came of decoding.
public struct Decoded: Hashable, Sendable {
  /// The pixels, upright; those that the file does not hold are transparent.
  public let picture: Picture
  /// What is wrong with the file though it could be shown, as the end of a sentence that begins
  /// with its name; nil when nothing is.
  public let warning: String?

  /// Creates a result.
  public init(picture: Picture, warning: String?) {
    self.picture = picture
    self.warning = warning
  }
}
