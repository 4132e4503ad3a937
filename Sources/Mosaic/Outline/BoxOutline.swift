internal import Cells
public import Raster

/// Draws the outlines of boxes with lines that lie as near to the boxes' edges as glyphs allow.
public struct BoxOutline: Hashable, Sendable {
  /// The characters to draw with.
  public var glyphs: OutlineGlyphs
  /// How the lines are broken up; corners are always drawn.
  public var line: LineStyle

  /// Creates a way of drawing outlines.
  public init(glyphs: OutlineGlyphs = .blocks, line: LineStyle = .solid) {
    self.glyphs = glyphs
    self.line = line
  }

  /// The cells of a box's outline that lie in the pane.
  ///
  /// A line lies inside its box: an edge between two cells belongs to the cell within. A box that is
  /// less than a cell across becomes one line, one that fits in a cell a single mark. What lies
  /// outside the pane is left out; a box that isn't made of finite numbers has no outline.
  ///
  /// - Parameters:
  ///   - rect: The box, in pixels of the upright image.
  ///   - viewport: What the pane shows of the image.
  /// - Returns: Each cell once: the top and the bottom side, then the left and the right one.
  /// - Complexity: O(cells of the outline in the pane).
  public func cells(for rect: PixelRect, in viewport: Viewport) -> [OutlineCell] {
    var cells: [OutlineCell] = []
    append(rect, in: viewport, to: &cells)
    return cells
  }

  /// Appends the cells of a box's outline, as `cells(for:in:)` gives them.
  ///
  /// - Complexity: O(cells of the outline in the pane).
  public func append(
    _ rect: PixelRect, in viewport: Viewport, to cells: inout [OutlineCell]
  ) {
    let start = viewport.position(of: PixelPoint(x: rect.left, y: rect.top))
    let end = viewport.position(of: PixelPoint(x: rect.right, y: rect.bottom))
    guard let across = Span(start.column, end.column), let down = Span(start.row, end.row)
    else { return }
    let pane = CellRect(
      left: 0, top: 0, columns: viewport.pane.columns, rows: viewport.pane.rows)
    var canvas = Canvas(pane: pane, glyphs: glyphs, line: line, cells: cells)
    cells = []
    switch (across.isOneCell, down.isOneCell) {
    case (true, true): canvas.mark(across, down)
    case (true, false): canvas.drawColumn(across, down)
    case (false, true): canvas.drawRow(across, down)
    case (false, false): canvas.drawBox(across, down)
    }
    cells = canvas.cells
  }
}

/// A box's extent along one axis: the cells of its two edges, and their places in those cells.
private struct Span {
  let first: Int
  let last: Int
  /// Where the edge is in the first cell, 0…1.
  let firstPlace: Double
  /// Where the edge is in the last cell, 0…1.
  let lastPlace: Double

  /// The span between two positions in cells; `nil` if they aren't finite.
  init?(_ one: Double, _ other: Double) {
    guard one.isFinite, other.isFinite else { return nil }
    let low = Self.settled(min(one, other))
    let high = Self.settled(max(one, other))
    first = Int(low.rounded(.down))
    last = max(first, Int(high.rounded(.up)) - 1)
    firstPlace = low - Double(first)
    lastPlace = high - Double(last)
  }

  var isOneCell: Bool { first == last }
  /// The middle of the span in its only cell.
  var middlePlace: Double { (firstPlace + lastPlace) / 2 }

  /// A position that an `Int` can hold, with the noise of its computation taken off.
  private static func settled(_ position: Double) -> Double {
    let bounded = max(-1e9, min(1e9, position))
    let whole = bounded.rounded()
    return abs(bounded - whole) < 1e-6 ? whole : bounded
  }
}

/// Collects the cells of an outline that lie in a pane.
private struct Canvas {
  let pane: CellRect
  let glyphs: OutlineGlyphs
  let line: LineStyle
  var cells: [OutlineCell]

  mutating func mark(_ across: Span, _ down: Span) {
    put(across.first, down.first, glyphs.marker, .left, isCorner: true)
  }

  /// A box less than a cell across: one line, between its two sides.
  mutating func drawColumn(_ across: Span, _ down: Span) {
    let glyph = glyphs.vertical(at: across.middlePlace)
    put(across.first, down.first, glyph, .left, isCorner: true)
    drawVertical(across.first, down, glyph, .left)
    put(across.first, down.last, glyph, .left, isCorner: true)
  }

  /// A box less than a cell high: one line, between its two sides.
  mutating func drawRow(_ across: Span, _ down: Span) {
    let glyph = glyphs.horizontal(at: down.middlePlace)
    put(across.first, down.first, glyph, .left, isCorner: true)
    drawHorizontal(down.first, across, glyph, .top)
    put(across.last, down.first, glyph, .right, isCorner: true)
  }

  mutating func drawBox(_ across: Span, _ down: Span) {
    drawHorizontal(down.first, across, glyphs.horizontal(at: down.firstPlace), .top)
    drawHorizontal(down.last, across, glyphs.horizontal(at: down.lastPlace), .bottom)
    for isRight in [false, true] {
      let column = isRight ? across.last : across.first
      let place = isRight ? across.lastPlace : across.firstPlace
      let side: OutlineCell.Side = isRight ? .right : .left
      guard column >= pane.left, column < pane.right else { continue }
      drawVertical(column, down, glyphs.vertical(at: place), side)
      for isBottom in [false, true] {
        let glyph = glyphs.corner(
          isRight: isRight, isBottom: isBottom, across: place,
          down: isBottom ? down.lastPlace : down.firstPlace)
        put(column, isBottom ? down.last : down.first, glyph, side, isCorner: true)
      }
    }
  }

  /// A line between two corners, which it leaves out.
  private mutating func drawHorizontal(
    _ row: Int, _ across: Span, _ glyph: Unicode.Scalar, _ side: OutlineCell.Side
  ) {
    guard row >= pane.top, row < pane.bottom else { return }
    let from = max(across.first + 1, pane.left)
    let to = min(across.last, pane.right)
    guard from < to else { return }
    for column in from..<to where line.isDrawnAcross(column - across.first) {
      put(column, row, glyph, side, isCorner: false)
    }
  }

  /// A line between two corners, which it leaves out.
  private mutating func drawVertical(
    _ column: Int, _ down: Span, _ glyph: Unicode.Scalar, _ side: OutlineCell.Side
  ) {
    guard column >= pane.left, column < pane.right else { return }
    let from = max(down.first + 1, pane.top)
    let to = min(down.last, pane.bottom)
    guard from < to else { return }
    for row in from..<to where line.isDrawnDown(row - down.first) {
      put(column, row, glyph, side, isCorner: false)
    }
  }

  private mutating func put(
    _ column: Int, _ row: Int, _ glyph: Unicode.Scalar, _ side: OutlineCell.Side, isCorner: Bool
  ) {
    let point = CellPoint(column: column, row: row)
    guard pane.contains(point) else { return }
    cells.append(OutlineCell(point: point, glyph: glyph, side: side, isCorner: isCorner))
  }
}
