import Cells
import Evaluation

/// Draws curves and histograms in block characters; without Unicode they become `#` and `-`.
struct ChartDrawing {
  private static let eighths: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  let theme: Theme

  /// Precision at each recall.
  func drawPrecisionRecall(_ figures: EvaluationFigures, on grid: inout CellGrid, in rect: CellRect)
  {
    drawFrame("Precision/recall", from: "0", to: "1", on: &grid, in: rect)
    let plot = plot(in: rect)
    drawArea(sampled(figures.precisions.map(Optional.some), plot.columns), on: &grid, in: plot)
    if let recall = figures.counts.recall { drawMark(recall, on: &grid, in: plot) }
  }

  /// F1 at each threshold.
  func drawF1(
    _ figures: EvaluationFigures, threshold: Double, on grid: inout CellGrid, in rect: CellRect
  ) {
    drawFrame("F1 by threshold", from: "0", to: "1", on: &grid, in: rect)
    let plot = plot(in: rect)
    drawArea(sampled(figures.f1s, plot.columns), on: &grid, in: plot)
    drawMark(threshold, on: &grid, in: plot)
  }

  /// How often predictions of about the same confidence are right, with a tick at how sure they
  /// are.
  func drawReliability(_ figures: EvaluationFigures, on grid: inout CellGrid, in rect: CellRect) {
    drawFrame("Reliability", from: "0", to: "1", on: &grid, in: rect)
    let plot = plot(in: rect)
    let bins = figures.reliability
    guard !bins.isEmpty else { return }
    let chosen = (0..<plot.columns).map { bins[$0 * bins.count / plot.columns] }
    drawArea(chosen.map(\.precision), on: &grid, in: plot)
    for (column, bin) in chosen.enumerated() {
      guard let confidence = bin.confidence else { continue }
      let row = plot.bottom - 1 - min(plot.rows - 1, Int(confidence * Double(plot.rows)))
      let place = plot.left + column
      let ground = grid[place, row].glyph == " " ? Style.plain : Style(attributes: .reverse)
      grid[place, row] = Cell("─", style: ground.adding(.bold))
    }
  }

  /// Found and missed truths by the size of the box.
  func drawSizes(_ figures: EvaluationFigures, on grid: inout CellGrid, in rect: CellRect) {
    drawTitle("Found by size", on: &grid, in: rect)
    let most = figures.sizes.map(\.counts.support).max() ?? 0
    let filled = figures.sizes.drop { $0.counts.support == 0 }
    let shown = filled.prefix { _ in true }.suffix(rect.rows - 1)
    let width = rect.columns - 12
    guard most > 0, width >= 3 else { return }
    for (row, bar) in shown.enumerated() {
      let top = rect.top + 1 + row
      let title = bar.bin.end.map { "<\(Int($0))" } ?? "more"
      grid.write(title, column: rect.left + 1, row: top, style: theme.style(.faint), width: 5)
      let support = bar.counts.support
      let length = support == 0 ? 0 : max(1, support * width / most)
      let found = support == 0 ? 0 : (length * bar.counts.truePositives + support / 2) / support
      for column in 0..<length {
        grid[rect.left + 6 + column, top] = Cell(
          column < found ? "█" : "░", style: theme.style(column < found ? .bar : .faint))
      }
      let share = support == 0 ? "" : State.thousandths(bar.counts.recall)
      grid.write(share, column: rect.right - 5, row: top, width: 5)
    }
  }

  // MARK: Parts

  private func plot(in rect: CellRect) -> CellRect {
    CellRect(
      left: rect.left + 2, top: rect.top + 1, columns: rect.columns - 2, rows: rect.rows - 2)
  }

  private func drawTitle(_ title: String, on grid: inout CellGrid, in rect: CellRect) {
    for column in rect.left..<rect.right {
      grid[column, rect.top] = Cell("─", style: theme.style(.frame))
    }
    grid.write(
      " \(title) ", column: rect.left, row: rect.top, style: theme.style(.strong),
      width: rect.columns)
  }

  private func drawFrame(
    _ title: String, from low: String, to high: String, on grid: inout CellGrid, in rect: CellRect
  ) {
    drawTitle(title, on: &grid, in: rect)
    let faint = theme.style(.faint)
    grid.write("1", column: rect.left, row: rect.top + 1, style: faint)
    if rect.rows > 3 { grid.write("0", column: rect.left, row: rect.bottom - 2, style: faint) }
    for row in rect.top + 1..<rect.bottom - 1 {
      grid[rect.left + 1, row] = Cell("│", style: theme.style(.frame))
    }
    grid.write(low, column: rect.left + 2, row: rect.bottom - 1, style: faint)
    grid.write(high, column: rect.right - 1, row: rect.bottom - 1, style: faint)
  }

  /// Values of 0, 0.01 … 1 for so many columns: the middle of what each stands for.
  private func sampled(_ values: [Double?], _ columns: Int) -> [Double?] {
    guard !values.isEmpty, columns > 0 else { return [] }
    return (0..<columns).map { column in
      values[min(values.count - 1, (2 * column + 1) * values.count / (2 * columns))]
    }
  }

  private func drawArea(_ values: [Double?], on grid: inout CellGrid, in plot: CellRect) {
    for (column, value) in values.enumerated() {
      guard let value else { continue }
      let height = Int((max(0, min(1, value)) * Double(8 * plot.rows)).rounded())
      for row in 0..<plot.rows {
        let part = max(0, min(8, height - 8 * row))
        guard part > 0 else { break }
        grid[plot.left + column, plot.bottom - 1 - row] = Cell(
          Self.eighths[part], style: theme.style(.bar))
      }
    }
  }

  /// A line from top to bottom at a share of the width.
  private func drawMark(_ share: Double, on grid: inout CellGrid, in plot: CellRect) {
    guard plot.columns > 0 else { return }
    let column = plot.left + max(0, min(plot.columns - 1, Int(share * Double(plot.columns))))
    for row in plot.top..<plot.bottom {
      let isFull = grid[column, row].glyph == "█"
      grid[column, row] = Cell(
        "│", style: isFull ? theme.style(.bar).adding([.reverse, .bold]) : theme.style(.strong))
    }
  }
}
