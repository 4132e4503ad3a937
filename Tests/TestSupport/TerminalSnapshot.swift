import CVterm
public import Cells
import Synchronization

/// What a terminal shows at one moment, as libvterm understood it.
public struct TerminalSnapshot: Sendable {
  /// The rows as text, without trailing spaces.
  public let rows: [String]
  /// Whether the cursor shows.
  public let isCursorVisible: Bool
  /// Whether the alternate screen shows.
  public let isAlternateScreen: Bool
  /// Whether mouse reports are on.
  public let isMouseOn: Bool
  /// How often the bell rang.
  public let bells: Int

  /// Whether it was taken while the program was writing a frame.
  let isMidFrame: Bool

  private let grid: Grid

  init(
    raw: [cvterm_cell], size: CellSize, isCursorVisible: Bool, isAlternateScreen: Bool,
    isMouseOn: Bool, bells: Int, isMidFrame: Bool
  ) {
    grid = Grid(raw: raw, size: size)
    rows = grid.rows
    self.isCursorVisible = isCursorVisible
    self.isAlternateScreen = isAlternateScreen
    self.isMouseOn = isMouseOn
    self.bells = bells
    self.isMidFrame = isMidFrame
  }

  /// The cells: colours as the terminal was told them, never the attribute `dim`.
  ///
  /// - Complexity: O(cells) the first time.
  public var cells: CellGrid { grid.cells }

  /// The rows as one text.
  public var text: String { rows.joined(separator: "\n") }

  /// Whether a text stands in one row.
  public func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

  /// The cell at a place on the screen.
  public func cell(column: Int, row: Int) -> Cell { cells[column, row] }
}

/// The cells as libvterm has them: most waits only read the text, so that the rest is made when it
/// is asked for.
private final class Grid: Sendable {
  private let raw: [cvterm_cell]
  private let size: CellSize
  private let made = Mutex<CellGrid?>(nil)

  init(raw: [cvterm_cell], size: CellSize) {
    self.raw = raw
    self.size = size
  }

  var cells: CellGrid {
    made.withLock { made in
      if let made { return made }
      var cells = CellGrid(size: size)
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          cells[column, row] = Self.cell(raw[row * size.columns + column])
        }
      }
      made = cells
      return cells
    }
  }

  var rows: [String] {
    raw.withUnsafeBufferPointer { cells in
      (0..<size.rows).map { row in
        String(unsafeUninitializedCapacity: size.columns * 8) { text in
          guard let start = cells.baseAddress else { return 0 }
          return text.withMemoryRebound(to: CChar.self) {
            Int(
              cvterm_text(
                start + row * size.columns, Int32(size.columns), $0.baseAddress))
          }
        }
      }
    }
  }

  private static func cell(_ raw: cvterm_cell) -> Cell {
    var attributes: Style.Attributes = []
    if raw.bold { attributes.insert(.bold) }
    if raw.underline { attributes.insert(.underline) }
    if raw.reverse { attributes.insert(.reverse) }
    let style = Style(
      foreground: color(raw.foreground), background: color(raw.background),
      attributes: attributes)
    if raw.glyph == UInt32.max { return Cell("\0", style: style) }
    let glyph = raw.glyph == 0 ? " " : Unicode.Scalar(raw.glyph) ?? "\u{FFFD}"
    return Cell(glyph, mark: raw.mark == 0 ? nil : Unicode.Scalar(raw.mark), style: style)
  }

  private static func color(_ color: cvterm_color) -> Color {
    switch Int(color.kind) {
    case Int(CVTERM_INDEXED): .indexed(color.red)
    case Int(CVTERM_RGB): .rgb(color.red, color.green, color.blue)
    default: .standard
    }
  }
}
