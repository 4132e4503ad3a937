import Cells

/// Where everything is on the evaluation screen.
///
/// Figures and the threshold stand above; below them the table and the matrix side by side, one of
/// them in a narrow terminal; the rest is for the charts, as many as are readable.
struct EvaluationLayout: Hashable, Sendable {
  /// The narrowest chart.
  static let chartColumns = 19
  /// The narrowest screen with table and matrix.
  static let bothColumns = 72

  let figures: CellRect
  let slider: CellRect
  /// With its title and its head.
  let table: CellRect
  /// With its title and its head.
  let matrix: CellRect
  /// Each with its title.
  let charts: [CellRect]

  init(size: CellSize, labelCount: Int, showsMatrix: Bool) {
    let bottom = size.rows - 1
    figures = CellRect(left: 0, top: 1, columns: size.columns, rows: 2)
    slider = CellRect(left: 0, top: 3, columns: size.columns, rows: 1)
    let body = max(2, min(labelCount + 1, (bottom - 7) / 2))
    let top = 4
    let both = size.columns >= Self.bothColumns
    let left = both ? min(size.columns * 23 / 40, 68) : size.columns
    let none = CellRect(left: 0, top: top, columns: 0, rows: 0)
    let whole = CellRect(left: 0, top: top, columns: size.columns, rows: body + 2)
    table =
      both
      ? CellRect(left: 0, top: top, columns: left, rows: body + 2) : (showsMatrix ? none : whole)
    matrix =
      both
      ? CellRect(left: left + 1, top: top, columns: size.columns - left - 1, rows: body + 2)
      : (showsMatrix ? whole : none)
    let under = top + body + 2
    let rows = bottom - under
    let count = rows < 4 ? 0 : max(1, min(4, size.columns / Self.chartColumns))
    charts = (0..<count).map { place in
      let (start, end) = (place * size.columns / count, (place + 1) * size.columns / count)
      return CellRect(left: start, top: under, columns: end - start - 1, rows: rows)
    }
  }
}
