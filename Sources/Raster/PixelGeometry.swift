/// A size in whole pixels.
public struct PixelSize: Hashable, Sendable {
  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int

  /// Creates a size, in pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The number of pixels.
  public var area: Int { width * height }
}

/// A place in an image, in pixels from its top-left corner; 0.5, 0.5 is the first pixel's middle.
public struct PixelPoint: Hashable, Sendable {
  /// Pixels from the left edge.
  public var x: Double
  /// Pixels from the top edge.
  public var y: Double

  /// Creates a point, in pixels.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A rectangle in an image, in pixels, with fractions where its source has them.
public struct PixelRect: Hashable, Sendable {
  /// The left edge.
  public var left: Double
  /// The top edge.
  public var top: Double
  /// The width.
  public var width: Double
  /// The height.
  public var height: Double

  /// Creates a rectangle, in pixels.
  public init(left: Double, top: Double, width: Double, height: Double) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var right: Double { left + width }
  /// The bottom edge.
  public var bottom: Double { top + height }
  /// The area in square pixels.
  public var area: Double { width * height }
  /// The middle.
  public var center: PixelPoint { PixelPoint(x: left + width / 2, y: top + height / 2) }

  /// Whether a point lies inside or on the edge.
  public func contains(_ point: PixelPoint) -> Bool {
    point.x >= left && point.x <= right && point.y >= top && point.y <= bottom
  }
}

/// A rectangle of whole pixels, half-open: it covers columns `left ..< left + width`.
public struct Region: Hashable, Sendable {
  /// The leftmost column.
  public var left: Int
  /// The topmost row.
  public var top: Int
  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int

  /// Creates a region, in pixels; a negative extent becomes 0.
  public init(left: Int, top: Int, width: Int, height: Int) {
    self.left = left
    self.top = top
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// All of an image.
  public init(_ size: PixelSize) {
    self.init(left: 0, top: 0, width: size.width, height: size.height)
  }

  /// The first column to the right.
  public var right: Int { left + width }
  /// The first row below.
  public var bottom: Int { top + height }
  /// The size.
  public var size: PixelSize { PixelSize(width: width, height: height) }
  /// Whether the region holds no pixel.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// The pixels that both regions hold.
  public func intersection(_ other: Region) -> Region {
    let left = max(left, other.left)
    let top = max(top, other.top)
    return Region(
      left: left, top: top,
      width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
  }

  /// Whether every pixel of another region is in this one.
  public func contains(_ other: Region) -> Bool {
    other.left >= left && other.top >= top && other.right <= right && other.bottom <= bottom
  }
}
