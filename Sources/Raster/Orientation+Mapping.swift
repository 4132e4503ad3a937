/// Between stored and upright: what the orientation makes of sizes, points and rectangles.
///
/// Every function takes the size of the *stored* image, whichever way it maps.
extension Orientation {
  /// The orientation that undoes this one.
  public var inverse: Orientation {
    switch self {
    case .clockwise: .counterclockwise
    case .counterclockwise: .clockwise
    default: self
    }
  }

  /// The size with its sides exchanged where the orientation asks for it, either way.
  public func applied(to size: PixelSize) -> PixelSize {
    swapsSides ? PixelSize(width: size.height, height: size.width) : size
  }

  /// Where a stored position is seen upright.
  public func upright(_ point: PixelPoint, ofStored size: PixelSize) -> PixelPoint {
    let fromRight = Double(size.width) - point.x
    let fromBottom = Double(size.height) - point.y
    return switch self {
    case .upright: point
    case .mirrored: PixelPoint(x: fromRight, y: point.y)
    case .turned: PixelPoint(x: fromRight, y: fromBottom)
    case .flipped: PixelPoint(x: point.x, y: fromBottom)
    case .transposed: PixelPoint(x: point.y, y: point.x)
    case .clockwise: PixelPoint(x: fromBottom, y: point.x)
    case .transversed: PixelPoint(x: fromBottom, y: fromRight)
    case .counterclockwise: PixelPoint(x: point.y, y: fromRight)
    }
  }

  /// Where an upright position is stored.
  public func stored(_ point: PixelPoint, ofStored size: PixelSize) -> PixelPoint {
    inverse.upright(point, ofStored: applied(to: size))
  }

  /// Where a stored rectangle is seen upright.
  public func upright(_ rect: PixelRect, ofStored size: PixelSize) -> PixelRect {
    let first = upright(PixelPoint(x: rect.left, y: rect.top), ofStored: size)
    let last = upright(PixelPoint(x: rect.right, y: rect.bottom), ofStored: size)
    // The extents are taken over, not computed from the corners: fractions keep their last digit.
    return PixelRect(
      left: min(first.x, last.x), top: min(first.y, last.y),
      width: swapsSides ? rect.height : rect.width,
      height: swapsSides ? rect.width : rect.height)
  }

  /// Where an upright rectangle is stored.
  public func stored(_ rect: PixelRect, ofStored size: PixelSize) -> PixelRect {
    inverse.upright(rect, ofStored: applied(to: size))
  }

  /// Where a region of stored pixels is seen upright.
  public func upright(_ region: Region, ofStored size: PixelSize) -> Region {
    let fromRight = size.width - region.right
    let fromBottom = size.height - region.bottom
    let (left, top) =
      switch self {
      case .upright: (region.left, region.top)
      case .mirrored: (fromRight, region.top)
      case .turned: (fromRight, fromBottom)
      case .flipped: (region.left, fromBottom)
      case .transposed: (region.top, region.left)
      case .clockwise: (fromBottom, region.left)
      case .transversed: (fromBottom, fromRight)
      case .counterclockwise: (region.top, fromRight)
      }
    let size = applied(to: region.size)
    return Region(left: left, top: top, width: size.width, height: size.height)
  }

  /// Where a region of upright pixels is stored.
  public func stored(_ region: Region, ofStored size: PixelSize) -> Region {
    inverse.upright(region, ofStored: applied(to: size))
  }
}
