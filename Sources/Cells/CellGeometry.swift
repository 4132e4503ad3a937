/// A cell's place on the screen or in a pane: column 0, row 0 is the top-left cell.
public struct CellPoint: Hashable, Sendable {
  /// Cells from the left edge.
  public var column: Int
  /// Cells from the top edge.
  public var row: Int

  /// Creates a point at a column and a row, in cells.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A size in cells.
public struct CellSize: Hashable, Sendable {
  /// Width in cells.
  public var columns: Int
  /// Height in cells.
  public var rows: Int

  /// Creates a size, in cells.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The number of cells.
  public var area: Int { columns * rows }
}

/// A rectangle of cells, half-open: it covers columns `left ..< left + columns`.
public struct CellRect: Hashable, Sendable {
  /// The leftmost column.
  public var left: Int
  /// The topmost row.
  public var top: Int
  /// Width in cells.
  public var columns: Int
  /// Height in cells.
  public var rows: Int

  /// Creates a rectangle, in cells; a negative extent becomes 0.
  public init(left: Int, top: Int, columns: Int, rows: Int) {
    self.left = left
    self.top = top
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// The first column to the right of the rectangle.
  public var right: Int { left + columns }
  /// The first row below the rectangle.
  public var bottom: Int { top + rows }
  /// The size of the rectangle.
  public var size: CellSize { CellSize(columns: columns, rows: rows) }
  /// The top-left cell.
  public var origin: CellPoint { CellPoint(column: left, row: top) }
  /// Whether the rectangle holds no cell.
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether a cell lies inside.
  public func contains(_ point: CellPoint) -> Bool {
    point.column >= left && point.column < right && point.row >= top && point.row < bottom
  }

  /// The cells that both rectangles hold.
  public func intersection(_ other: CellRect) -> CellRect {
    let left = max(left, other.left)
    let top = max(top, other.top)
    return CellRect(
      left: left, top: top,
      columns: min(right, other.right) - left, rows: min(bottom, other.bottom) - top)
  }

  /// The rectangle without a margin on each side, in cells.
  public func inset(columns: Int, rows: Int) -> CellRect {
    CellRect(
      left: left + columns, top: top + rows,
      columns: self.columns - 2 * columns, rows: self.rows - 2 * rows)
  }
}
