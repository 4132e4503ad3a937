/// A rectangle of cells: a frame, or the part of one.
public struct CellGrid: Hashable, Sendable {
  /// The size of the grid.
  public let size: CellSize
  /// The cells, row by row.
  public private(set) var cells: [Cell]

  /// Creates a grid of one cell repeated.
  ///
  /// - Complexity: O(cells).
  public init(size: CellSize, filledWith cell: Cell = .blank) {
    self.size = CellSize(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: cell, count: self.size.area)
  }

  /// The whole grid as a rectangle.
  public var bounds: CellRect {
    CellRect(left: 0, top: 0, columns: size.columns, rows: size.rows)
  }

  /// The cell at a position inside the grid.
  public subscript(column: Int, row: Int) -> Cell {
    get { cells[row * size.columns + column] }
    set { cells[row * size.columns + column] = newValue }
  }

  /// The cells of a row.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// The rows in which two grids of one size differ; all rows if the sizes differ.
  ///
  /// - Complexity: O(cells).
  public func changedRows(since old: CellGrid) -> [Int] {
    guard old.size == size else { return Array(0..<size.rows) }
    return (0..<size.rows).filter { row($0) != old.row($0) }
  }

  /// Fills the part of a rectangle that lies inside the grid.
  ///
  /// A wide character of which half is overwritten loses the other half too.
  public mutating func fill(_ rect: CellRect, with cell: Cell) {
    let part = rect.intersection(bounds)
    guard !part.isEmpty else { return }
    for row in part.top..<part.bottom {
      blankHead(before: part.left, row: row)
      for column in part.left..<part.right { self[column, row] = cell }
      blankTail(at: part.right, row: row)
    }
  }

  /// Lays another grid over this one, cut at this grid's edges.
  ///
  /// A wide character of which half is cut off or overwritten loses the other half too.
  public mutating func draw(_ other: CellGrid, at origin: CellPoint) {
    let part = CellRect(
      left: origin.column, top: origin.row, columns: other.size.columns, rows: other.size.rows
    ).intersection(bounds)
    guard !part.isEmpty else { return }
    for row in part.top..<part.bottom {
      blankHead(before: part.left, row: row)
      for column in part.left..<part.right {
        self[column, row] = other[column - origin.column, row - origin.row]
      }
      if self[part.left, row].isContinuation { self[part.left, row].glyph = " " }
      let next = part.right - origin.column
      if next < other.size.columns, other[next, row - origin.row].isContinuation {
        blank(part.right - 1, row)
      }
      blankTail(at: part.right, row: row)
    }
  }

  /// Blanks the wide character that the cell before a column starts, if the column has its half.
  private mutating func blankHead(before column: Int, row: Int) {
    if column > 0, column < size.columns, self[column, row].isContinuation {
      blank(column - 1, row)
    }
  }

  /// Blanks the right half of a wide character whose left half has been overwritten.
  private mutating func blankTail(at column: Int, row: Int) {
    if column >= 0, column < size.columns, self[column, row].isContinuation { blank(column, row) }
  }

  private mutating func blank(_ column: Int, _ row: Int) {
    self[column, row] = Cell(" ", style: self[column, row].style)
  }

  /// Changes the style of the cells of a rectangle, keeping their glyphs.
  public mutating func restyle(_ rect: CellRect, _ change: (Style) -> Style) {
    let part = rect.intersection(bounds)
    for row in part.top..<part.bottom {
      for column in part.left..<part.right {
        self[column, row].style = change(self[column, row].style)
      }
    }
  }

  /// Writes one line of text, made harmless, and cuts it at `width` cells with `…`.
  ///
  /// A wide character takes two cells, and is a space where one of them is cut off; a second
  /// combining mark on a character is dropped, and so are variation selectors and joiners.
  ///
  /// - Parameters:
  ///   - text: The text; control characters are shown, never sent.
  ///   - column: The first cell's column; cells left of 0 are cut.
  ///   - row: The row; outside the grid nothing is written.
  ///   - style: The style of the cells.
  ///   - width: The most cells to use; by default up to the grid's right edge.
  /// - Returns: The column after the last cell written.
  @discardableResult
  public mutating func write(
    _ text: some StringProtocol, column: Int, row: Int, style: Style = .plain, width: Int? = nil
  ) -> Int {
    guard (0..<size.rows).contains(row) else { return column }
    let room = max(0, min(width ?? Int.max, size.columns - column))
    guard room > 0, !text.isEmpty else { return column }
    let printable = PrintableText.escaping(text)
    let clipped = printable.columnWidth > room
    let limit = clipped ? room - 1 : room
    var next = column
    blankHead(before: column, row: row)
    for scalar in printable.unicodeScalars {
      let wide = scalar.columnWidth
      if wide == 0 {
        if next > column, next - 1 >= 0 { addMark(scalar, before: next, row: row) }
        continue
      }
      if next - column + wide > limit { break }
      let isCut = wide == 2 && next < 0
      put(Cell(isCut ? " " : scalar, style: style), at: next, row: row)
      if wide == 2 { put(Cell(isCut ? " " : "\0", style: style), at: next + 1, row: row) }
      next += wide
    }
    if clipped {
      put(Cell("…", style: style), at: next, row: row)
      next += 1
    }
    blankTail(at: next, row: row)
    return next
  }

  private mutating func put(_ cell: Cell, at column: Int, row: Int) {
    if (0..<size.columns).contains(column) { self[column, row] = cell }
  }

  private mutating func addMark(_ mark: Unicode.Scalar, before column: Int, row: Int) {
    // A selector would change how wide some terminals draw the character.
    guard mark.properties.generalCategory != .format, !mark.properties.isVariationSelector
    else { return }
    var owner = column - 1
    if owner > 0, self[owner, row].isContinuation { owner -= 1 }
    if self[owner, row].mark == nil { self[owner, row].mark = mark }
  }
}

extension StringProtocol {
  /// The cells the text takes on one line, when shown as it is.
  ///
  /// - Complexity: O(length).
  public var columnWidth: Int {
    unicodeScalars.reduce(0) { $0 + $1.columnWidth }
  }
}

extension CellGrid: CustomStringConvertible {
  /// The glyphs, a line a row, without trailing spaces: for snapshots and failure messages.
  public var description: String {
    (0..<size.rows).map { row in
      var line = String.UnicodeScalarView()
      for cell in self.row(row) where !cell.isContinuation {
        line.append(cell.glyph)
        if let mark = cell.mark { line.append(mark) }
      }
      var text = String(line)
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }
}
