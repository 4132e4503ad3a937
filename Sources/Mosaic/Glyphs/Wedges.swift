/// The 44 wedges U+1FB3C…1FB67: all that lies to one side of a line across the cell.
enum Wedges {
  /// The wedges in the order of their code points.
  static let glyphs: [Glyph] = zip(UInt32(0x1FB3C)..., lines).compactMap { code, line in
    Unicode.Scalar(code).map { scalar in
      Glyph(
        scalar, .wedge, .side(of: line.corner.point, from: line.start.point, to: line.end.point),
        .legacyComputing)
    }
  }

  /// A point on the border of a cell, as the characters' names have it: the middles divide a side
  /// in thirds.
  private enum Point {
    case upperLeft, upperCenter, upperRight, upperMiddleLeft, upperMiddleRight
    case lowerLeft, lowerCenter, lowerRight, lowerMiddleLeft, lowerMiddleRight

    var point: SIMD2<Float> {
      switch self {
      case .upperLeft: SIMD2(0, 0)
      case .upperCenter: SIMD2(0.5, 0)
      case .upperRight: SIMD2(1, 0)
      case .upperMiddleLeft: SIMD2(0, 1 / 3)
      case .upperMiddleRight: SIMD2(1, 1 / 3)
      case .lowerMiddleLeft: SIMD2(0, 2 / 3)
      case .lowerMiddleRight: SIMD2(1, 2 / 3)
      case .lowerLeft: SIMD2(0, 1)
      case .lowerCenter: SIMD2(0.5, 1)
      case .lowerRight: SIMD2(1, 1)
      }
    }
  }

  /// From the names in the Unicode Character Database: the corner on the covered side, and the
  /// ends of the line.
  private static let lines: [(corner: Point, start: Point, end: Point)] = [
    (.lowerLeft, .lowerMiddleLeft, .lowerCenter),
    (.lowerLeft, .lowerMiddleLeft, .lowerRight),
    (.lowerLeft, .upperMiddleLeft, .lowerCenter),
    (.lowerLeft, .upperMiddleLeft, .lowerRight),
    (.lowerLeft, .upperLeft, .lowerCenter),
    (.lowerRight, .upperMiddleLeft, .upperCenter),
    (.lowerRight, .upperMiddleLeft, .upperRight),
    (.lowerRight, .lowerMiddleLeft, .upperCenter),
    (.lowerRight, .lowerMiddleLeft, .upperRight),
    (.lowerRight, .lowerLeft, .upperCenter),
    (.lowerRight, .lowerMiddleLeft, .upperMiddleRight),
    (.lowerRight, .lowerCenter, .lowerMiddleRight),
    (.lowerRight, .lowerLeft, .lowerMiddleRight),
    (.lowerRight, .lowerCenter, .upperMiddleRight),
    (.lowerRight, .lowerLeft, .upperMiddleRight),
    (.lowerRight, .lowerCenter, .upperRight),
    (.lowerLeft, .upperCenter, .upperMiddleRight),
    (.lowerLeft, .upperLeft, .upperMiddleRight),
    (.lowerLeft, .upperCenter, .lowerMiddleRight),
    (.lowerLeft, .upperLeft, .lowerMiddleRight),
    (.lowerLeft, .upperCenter, .lowerRight),
    (.lowerLeft, .upperMiddleLeft, .lowerMiddleRight),
    (.upperRight, .lowerMiddleLeft, .lowerCenter),
    (.upperRight, .lowerMiddleLeft, .lowerRight),
    (.upperRight, .upperMiddleLeft, .lowerCenter),
    (.upperRight, .upperMiddleLeft, .lowerRight),
    (.upperRight, .upperLeft, .lowerCenter),
    (.upperLeft, .upperMiddleLeft, .upperCenter),
    (.upperLeft, .upperMiddleLeft, .upperRight),
    (.upperLeft, .lowerMiddleLeft, .upperCenter),
    (.upperLeft, .lowerMiddleLeft, .upperRight),
    (.upperLeft, .lowerLeft, .upperCenter),
    (.upperLeft, .lowerMiddleLeft, .upperMiddleRight),
    (.upperLeft, .lowerCenter, .lowerMiddleRight),
    (.upperLeft, .lowerLeft, .lowerMiddleRight),
    (.upperLeft, .lowerCenter, .upperMiddleRight),
    (.upperLeft, .lowerLeft, .upperMiddleRight),
    (.upperLeft, .lowerCenter, .upperRight),
    (.upperRight, .upperCenter, .upperMiddleRight),
    (.upperRight, .upperLeft, .upperMiddleRight),
    (.upperRight, .upperCenter, .lowerMiddleRight),
    (.upperRight, .upperLeft, .lowerMiddleRight),
    (.upperRight, .upperCenter, .lowerRight),
    (.upperRight, .upperMiddleLeft, .lowerMiddleRight),
  ]
}
