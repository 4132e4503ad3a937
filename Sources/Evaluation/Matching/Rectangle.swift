/// A rectangle in pixels of the image, origin top-left, half-open.
public struct Rectangle: Hashable, Sendable {
  /// The left edge in pixels.
  public var left: Double
  /// The top edge in pixels.
  public var top: Double
  /// The width in pixels.
  public var width: Double
  /// The height in pixels.
  public var height: Double

  /// Creates a rectangle.
  public init(left: Double, top: Double, width: Double, height: Double) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The area in square pixels: width by height, never with one pixel added.
  public var area: Double { width * height }

  /// How far two rectangles agree: their intersection over their union, 0…1.
  ///
  /// 0 where either has no area or a number that is none.
  public func iou(_ other: Rectangle) -> Double {
    let shared = intersection(other)
    return Self.ratio(shared, area + other.area - shared)
  }

  /// The part of this rectangle that lies in another, 0…1.
  ///
  /// What COCO takes instead of IoU where the truth is a crowd.
  public func part(in other: Rectangle) -> Double { Self.ratio(intersection(other), area) }

  // The order of operations is that of bbIou in pycocotools, so that the last bit agrees.
  private func intersection(_ other: Rectangle) -> Double {
    let across = min(width + left, other.width + other.left) - max(left, other.left)
    let down = min(height + top, other.height + other.top) - max(top, other.top)
    return across > 0 && down > 0 ? across * down : 0
  }

  private static func ratio(_ part: Double, _ whole: Double) -> Double {
    let ratio = part / whole
    return ratio.isFinite ? ratio : 0
  }
}
