/// A place in a pane, in cells from its top-left corner, with fractions of a cell.
public struct CellPosition: Hashable, Sendable {
  /// Cells from the left edge.
  public var column: Double
  /// Cells from the top edge.
  public var row: Double

  /// Creates a position, in cells.
  public init(column: Double, row: Double) {
    self.column = column
    self.row = row
  }
}
