/// A rectangle in an image and the name of what is in it.
public struct Box: Hashable, Sendable {
  /// Pixels from the image's left edge to the box's; fractions as the file has them.
  public var left: Double
  /// Pixels from the image's top edge to the box's.
  public var top: Double
  /// The width in pixels.
  public var width: Double
  /// The height in pixels.
  public var height: Double
  /// The label's name; the class id as text where the line's class map doesn't name it.
  public var label: String
  /// How sure the author is, 0…1; `nil` if the file doesn't say.
  ///
  /// When written, `nil` keeps what the file says, and becomes 1 for a new box.
  public var confidence: Double?
  /// The box's place in the attribute's `annotations` as found; `nil` for a new one.
  public var origin: Int?

  /// Creates a box, new unless an origin is given.
  public init(
    left: Double, top: Double, width: Double, height: Double, label: String,
    confidence: Double? = nil, origin: Int? = nil
  ) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
    self.label = label
    self.confidence = confidence
    self.origin = origin
  }

  /// The shorter side in pixels.
  public var shorterSide: Double { min(width, height) }
}
