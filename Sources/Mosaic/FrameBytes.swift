public import Cells

/// The bytes that a frame takes on its way to the terminal.
public struct FrameBytes: Sendable {
  private let options: MosaicOptions
  private let shown: CellGrid?

  /// Creates a count of what frames take.
  ///
  /// - Parameters:
  ///   - options: The screen, and how the frames get there.
  ///   - shown: What the screen shows, of the frames' size; cells that stay take nothing.
  public init(of options: MosaicOptions, over shown: CellGrid?) {
    self.options = options
    self.shown = shown
  }

  /// The bytes of a frame.
  ///
  /// - Complexity: O(cells).
  public func callAsFunction(_ grid: CellGrid) -> Double {
    (0..<grid.size.rows).reduce(0) { $0 + self(Array(grid.row($1)), row: $1) }
  }

  /// The bytes of a row, given its cells and its number.
  ///
  /// - Complexity: O(cells).
  public func callAsFunction(_ cells: [Cell], row: Int) -> Double {
    switch options.stream {
    case .direct:
      var line = CellGrid(size: CellSize(columns: cells.count, rows: 1))
      for (column, cell) in cells.enumerated() { line[column, 0] = cell }
      return Double(EscapeStream(for: options.screen).encode(line).count)
    case .curses: return Double(cursesBytes(cells, row: row))
    }
  }

  private func cursesBytes(_ cells: [Cell], row: Int) -> Int {
    var bytes = 0
    var style = Style.plain
    var isMoved = true
    for (column, cell) in cells.enumerated() {
      if let shown, shown[column, row] == cell {
        isMoved = true
        continue
      }
      // Where to go on: row and column.
      if isMoved { bytes += 4 }
      isMoved = false
      bytes += UTF8.width(cell.glyph)
      if cell.style != style {
        bytes += 6 + Self.bytes(cell.style.foreground) + Self.bytes(cell.style.background)
      }
      style = cell.style
    }
    return bytes
  }

  private static func bytes(_ color: Color) -> Int {
    switch color {
    case .standard: 2
    case .indexed(let entry): entry < 16 ? 2 : (entry < 100 ? 7 : 8)
    case .rgb(let red, let green, let blue):
      7 + [red, green, blue].reduce(0) { $0 + ($1 > 99 ? 3 : $1 > 9 ? 2 : 1) }
    }
  }
}
