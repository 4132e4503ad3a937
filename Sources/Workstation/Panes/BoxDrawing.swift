public import Cells
public import Mosaic
public import Raster

/// Draws boxes over an image: the outline where the box is, the image's own colours behind it.
public struct BoxDrawing: Sendable {
  /// How much a box stands out.
  enum Emphasis {
    /// One of many: its label's colour and line.
    case none
    /// The selected one, or one being drawn: it alternates with black or white, and so stands
    /// out on any picture.
    case strong
  }

  let theme: Theme
  let viewport: Viewport
  let glyphs: OutlineGlyphs

  /// Creates a drawing over an image shown through a viewport.
  public init(viewport: Viewport, screen: ScreenCapabilities, glyphs: GlyphChoice) {
    theme = Theme(depth: screen.depth)
    self.viewport = viewport
    self.glyphs = glyphs.outlineGlyphs(for: screen)
  }

  /// Draws a box with its caption where there is room for it.
  ///
  /// - Parameters:
  ///   - rect: The box, in pixels of the upright image.
  ///   - label: Its label.
  ///   - place: The label's place, from 0: it decides colour, line and digit.
  ///   - grid: The image as cells, of the viewport's pane.
  public func draw(_ rect: PixelRect, label: String, place: Int, on grid: inout CellGrid) {
    outline(rect, place: place, emphasis: .none, on: &grid)
    caption(label, rect, place: place, isForced: false, on: &grid)
  }

  /// Draws the edges of a box in its label's colour and line.
  func outline(_ rect: PixelRect, place: Int, emphasis: Emphasis, on grid: inout CellGrid) {
    let lines = LineStyle.allCases
    outline(
      rect, color: theme.labelColor(place),
      line: emphasis == .strong ? .solid : lines[place % lines.count], emphasis: emphasis, on: &grid
    )
  }

  /// Draws the edges of a box.
  func outline(
    _ rect: PixelRect, color: Color, line: LineStyle, emphasis: Emphasis, on grid: inout CellGrid
  ) {
    let isStrong = emphasis == .strong
    let outline = BoxOutline(glyphs: glyphs, line: line)
    for (step, cell) in outline.cells(for: rect, in: viewport).enumerated() {
      let (column, row) = (cell.point.column, cell.point.row)
      let ground = theme.depth == .mono ? .standard : grid[column, row].backdrop
      let ink = isStrong && step % 2 == 1 ? theme.ink(over: ground).foreground : color
      grid[column, row] = Cell(
        cell.glyph,
        style: Style(foreground: ink, background: ground, attributes: isStrong ? .bold : []))
    }
  }

  /// Fills a box with its label's colour, so that what it holds still shows through.
  ///
  /// Where colours can't be mixed, every other cell is shaded.
  ///
  /// - Complexity: O(visible cells of the box).
  func fill(_ rect: PixelRect, place: Int, on grid: inout CellGrid) {
    let first = viewport.cell(of: PixelPoint(x: rect.left, y: rect.top))
    let last = viewport.lastCell(before: PixelPoint(x: rect.right, y: rect.bottom))
    let part = CellRect(
      left: first.column, top: first.row, columns: last.column - first.column + 1,
      rows: last.row - first.row + 1
    ).intersection(grid.bounds)
    let color = theme.labelColor(place)
    let shade: Unicode.Scalar = glyphs == .ascii ? ":" : "░"
    for row in part.top..<max(part.top, part.bottom) {
      for column in part.left..<max(part.left, part.right) {
        let cell = grid[column, row]
        if case .rgb = color, case .rgb = cell.backdrop {
          grid[column, row].style.foreground = cell.style.foreground.mixed(with: color)
          grid[column, row].style.background = cell.style.background.mixed(with: color)
        } else if (column + row).isMultiple(of: 2) {
          let ground = theme.depth == .mono ? .standard : cell.backdrop
          grid[column, row] = Cell(shade, style: Style(foreground: color, background: ground))
        }
      }
    }
  }

  /// Writes a box's label on its top edge: all of it where there is room, its digit where there
  /// is little.
  func caption(
    _ text: String, _ rect: PixelRect, place: Int, isForced: Bool, on grid: inout CellGrid
  ) {
    tag(
      [State.digit(place) + " " + text, State.digit(place)], rect, style: theme.labelTag(place),
      isForced: isForced, on: &grid)
  }

  /// Writes on an edge of a box the first of some texts that there is room for.
  ///
  /// - Parameters:
  ///   - texts: The texts, the longest first.
  ///   - rect: The box.
  ///   - style: The style of the text.
  ///   - isForced: Whether the longest is written whatever the room.
  ///   - isBelow: Whether it goes on the bottom edge, so that two boxes in one place don't hide
  ///     each other's.
  ///   - grid: Where to write.
  func tag(
    _ texts: [String], _ rect: PixelRect, style: Style, isForced: Bool, isBelow: Bool = false,
    on grid: inout CellGrid
  ) {
    let first = viewport.cell(of: PixelPoint(x: rect.left, y: rect.top))
    let last = viewport.lastCell(before: PixelPoint(x: rect.right, y: rect.bottom))
    let room = last.column - first.column - 1
    let row = isBelow ? last.row : first.row
    let escaped = texts.map { PrintableText.escaping($0) }
    let fitting = last.row > first.row ? escaped : Array(escaped.prefix(1))
    let chosen = isForced ? escaped.first : fitting.first { $0.columnWidth <= room }
    guard let shown = chosen, !shown.isEmpty, (0..<grid.size.rows).contains(row),
      first.column < grid.size.columns, last.column >= 0
    else { return }
    let column = max(0, min(first.column + 1, grid.size.columns - shown.columnWidth))
    grid.write(shown, column: column, row: row, style: style)
  }
}

extension Color {
  /// Halfway to another colour, if both are exact.
  fileprivate func mixed(with other: Color) -> Color {
    guard case .rgb(let red, let green, let blue) = self,
      case .rgb(let red2, let green2, let blue2) = other
    else { return self }
    func mean(_ one: UInt8, _ two: UInt8) -> UInt8 { UInt8((Int(one) + Int(two)) / 2) }
    return .rgb(mean(red, red2), mean(green, green2), mean(blue, blue2))
  }
}
