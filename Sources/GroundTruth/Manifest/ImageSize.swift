/// The size of an image as an attribute states it.
public struct ImageSize: Hashable, Sendable {
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// The number of channels, 3 for colour.
  public var depth: Int

  /// Creates a size.
  public init(width: Int, height: Int, depth: Int = 3) {
    self.width = width
    self.height = height
    self.depth = depth
  }
}
