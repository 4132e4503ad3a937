public import Cells

/// One cell of a box's outline.
public struct OutlineCell: Hashable, Sendable {
  /// A side of a box.
  public enum Side: Hashable, Sendable {
    /// The left side and its corners.
    case left
    /// The top side without its corners.
    case top
    /// The right side and its corners.
    case right
    /// The bottom side without its corners.
    case bottom
  }

  /// The cell of the pane.
  public let point: CellPoint
  /// The character that has its line nearest to the box's edge.
  public let glyph: Unicode.Scalar
  /// The side that the line belongs to.
  public let side: Side
  /// Whether two sides meet here.
  public let isCorner: Bool

  /// Creates a cell of an outline.
  public init(point: CellPoint, glyph: Unicode.Scalar, side: Side, isCorner: Bool) {
    self.point = point
    self.glyph = glyph
    self.side = side
    self.isCorner = isCorner
  }
}
