public import Cells

/// What a terminal shows at one moment, as libvterm understood it.
public struct TerminalSnapshot: Sendable {
  /// The cells: colours as the terminal was told them, never the attribute `dim`.
  public let cells: CellGrid
  /// Whether the cursor shows.
  public let isCursorVisible: Bool
  /// Whether the alternate screen shows.
  public let isAlternateScreen: Bool
  /// Whether mouse reports are on.
  public let isMouseOn: Bool
  /// How often the bell rang.
  public let bells: Int

  /// The rows as text, without trailing spaces.
  public var rows: [String] {
    cells.description.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The rows as one text.
  public var text: String { cells.description }

  /// Whether a text stands in one row.
  public func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

  /// The cell at a place on the screen.
  public func cell(column: Int, row: Int) -> Cell { cells[column, row] }
}
