import Cells
import Evaluation

extension State {
  /// Draws the evaluation screen between the header and the status row.
  func drawEvaluation(_ now: EvaluationScreen, _ review: Review, on grid: inout CellGrid) {
    let layout = EvaluationLayout(
      size: size, labelCount: now.figures.labels.count, showsMatrix: now.focus == .matrix)
    drawFigures(now, review, on: &grid, in: layout.figures)
    drawSlider(now, review, on: &grid, in: layout.slider)
    if !layout.table.isEmpty { drawTable(now, on: &grid, in: layout.table) }
    if !layout.matrix.isEmpty { drawMatrix(now, on: &grid, in: layout.matrix) }
    let drawing = ChartDrawing(theme: theme)
    let figures = now.figures
    let draw: [(CellRect, inout CellGrid) -> Void] = [
      { drawing.drawPrecisionRecall(figures, on: &$1, in: $0) },
      { drawing.drawF1(figures, threshold: review.threshold, on: &$1, in: $0) },
      { drawing.drawReliability(figures, on: &$1, in: $0) },
      { drawing.drawSizes(figures, on: &$1, in: $0) },
    ]
    let shown = now.isOfImages ? Array(draw.prefix(3)) : draw
    for (rect, draw) in zip(layout.charts, shown) { draw(rect, &grid) }
  }

  // MARK: Above

  private func drawFigures(
    _ now: EvaluationScreen, _ review: Review, on grid: inout CellGrid, in rect: CellRect
  ) {
    let overall = now.figures.overall
    let run = review.lastRun
    var end = rect.left + 1
    func write(_ text: String, _ role: Theme.Role, row: Int) {
      end = grid.write(
        text, column: end, row: rect.top + row, style: theme.style(role), width: rect.right - end)
    }
    func figure(_ title: String, _ name: String, _ value: Double?, row: Int) {
      write(title + " ", .text, row: row)
      write(Self.thousandths(value), .strong, row: row)
      if let change = Self.change(of: value, name, since: run, at: review.threshold) {
        write(" " + change.text, change.isWorse ? .strong : .good, row: row)
      }
      write("  ", .text, row: row)
    }
    figure("F1", "F1Score", overall.f1, row: 0)
    figure("precision", "Precision", overall.precision, row: 0)
    figure("recall", "Recall", overall.recall, row: 0)
    write("micro F1 " + Self.thousandths(overall.counts.f1), .faint, row: 0)
    end = rect.left + 1
    if !now.isOfImages {
      figure("AP50", "AP50", overall.ap50, row: 1)
      figure("AP50:95", "AP50:95", overall.ap, row: 1)
    }
    if let run { write("since \(run.date.prefix(16).replacing("T", with: " "))  ", .faint, row: 1) }
    let noun = now.isOfImages ? "labels" : "boxes"
    write(
      "\(now.figures.imageCount) images, \(overall.counts.support) \(noun), "
        + "\(now.figures.predictedCount) predicted", .faint, row: 1)
  }

  /// A share with three digits; `–` where there is none.
  static func thousandths(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    let whole = Int((max(0, min(1, value)) * 1000).rounded())
    let digits = String(whole % 1000)
    return "\(whole / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// How a figure changed since the last run: those that depend on the threshold are compared only
  /// where it is the same.
  private static func change(
    of value: Double?, _ name: String, since run: EvaluationRun?, at threshold: Double
  ) -> (text: String, isWorse: Bool)? {
    guard let value, let old = run?.figures[name] else { return nil }
    let isSame = run?.figures["Threshold"].map { abs($0 - threshold) < 0.005 } ?? true
    guard isSame || name.hasPrefix("AP") else { return nil }
    let isWorse = value < old
    return ((isWorse ? "-" : "+") + thousandths(abs(value - old)), isWorse)
  }

  private func drawSlider(
    _ now: EvaluationScreen, _ review: Review, on grid: inout CellGrid, in rect: CellRect
  ) {
    let hasFocus = now.focus == .threshold
    let counts = now.figures.overall.counts
    let right =
      " TP \(counts.truePositives)  FP \(counts.falsePositives)  "
      + "FN \(counts.falseNegatives) "
    let start = grid.write(
      " threshold \(review.thresholdText) ", column: rect.left, row: rect.top,
      style: theme.style(hasFocus ? .selected : .strong))
    let end = rect.right - right.columnWidth
    grid.write(right, column: end, row: rect.top)
    let width = end - start - 3
    guard width >= 8 else { return }
    grid.write("▕", column: start + 1, row: rect.top, style: theme.style(.frame))
    grid.write("▏", column: start + 2 + width, row: rect.top, style: theme.style(.frame))
    let mark = min(width - 1, review.hundredths * width / 100)
    for column in 0..<width {
      let isAbove = column > mark
      grid[start + 2 + column, rect.top] = Cell(
        column == mark ? "█" : isAbove ? "━" : "─",
        style: theme.style(column == mark ? .strong : isAbove ? .bar : .faint))
    }
  }

  // MARK: The table

  private func drawTable(_ now: EvaluationScreen, on grid: inout CellGrid, in rect: CellRect) {
    drawTitle(
      "Labels", hasFocus: now.focus == .labels, on: &grid, left: rect.left, right: rect.right,
      row: rect.top)
    let columns = tableColumns(now, width: rect.columns)
    let name = rect.columns - 6 * columns.count - 2
    let arrow = now.column.isDescending != now.isReversed ? "▾" : "▴"
    func title(_ column: EvaluationScreen.Column) -> String {
      column.title + (column == now.column ? arrow : "")
    }
    let head = rect.top + 1
    grid.write(
      title(.label), column: rect.left + 3, row: head, style: theme.style(.faint), width: name)
    for (place, column) in columns.enumerated() {
      drawRight(
        title(column), on: &grid, end: rect.left + 2 + name + 6 * (place + 1), row: head,
        style: theme.style(column == now.column ? .strong : .faint))
    }
    let rows = now.rows
    let room = rect.rows - 2
    let cursor = now.row
    let first = max(0, min(cursor - room / 2, rows.count - room))
    for row in 0..<room {
      guard first + row < rows.count else { break }
      let label = rows[first + row]
      let top = head + 1 + row
      let text = label.map(\.name) ?? "all"
      if let label {
        let place = place(of: label.name)
        grid.write(
          Self.digit(place), column: rect.left + 1, row: top,
          style: Style(foreground: theme.labelColor(place), attributes: .bold))
      }
      grid.write(text, column: rect.left + 3, row: top, width: name - 1)
      for (place, column) in columns.enumerated() {
        let value = column.text(of: label, overall: now.figures.overall)
        drawRight(
          value, on: &grid, end: rect.left + 2 + name + 6 * (place + 1), row: top, style: .plain)
      }
      if first + row == cursor {
        let line = CellRect(left: rect.left, top: top, columns: rect.columns, rows: 1)
        grid.restyle(line) { $0.adding(now.focus == .labels ? .reverse : .bold) }
        grid.write("▸", column: rect.left, row: top, style: grid[rect.left, top].style)
      }
    }
  }

  /// The columns of numbers that there is room for, the least telling left out first.
  private func tableColumns(
    _ now: EvaluationScreen, width: Int
  ) -> [EvaluationScreen.Column] {
    var columns = EvaluationScreen.Column.allCases.filter {
      $0 != .label && !($0 == .ap50 && now.isOfImages)
    }
    for column in [EvaluationScreen.Column.truePositives, .ap50, .truth, .precision, .recall]
    where width - 6 * columns.count < 11 && column != now.column {
      columns.removeAll { $0 == column }
    }
    return columns
  }

  func drawTitle(
    _ title: String, hasFocus: Bool, on grid: inout CellGrid, left: Int, right: Int, row: Int
  ) {
    for column in left..<min(right, grid.size.columns) {
      grid[column, row] = Cell("─", style: theme.style(.frame))
    }
    grid.write(
      " \(title) ", column: left + 1, row: row, style: theme.style(hasFocus ? .selected : .strong),
      width: right - left - 2)
  }

  func drawRight(
    _ text: String, on grid: inout CellGrid, end: Int, row: Int, style: Style
  ) {
    grid.write(text, column: end - text.columnWidth, row: row, style: style)
  }
}

extension EvaluationScreen.Column {
  /// What stands in a row; that of all labels has sums and unweighted means.
  fileprivate func text(of label: LabelFigures?, overall: OverallFigures) -> String {
    let counts = label?.counts ?? overall.counts
    return switch self {
    case .label: label?.name ?? "all labels"
    case .truth: String(counts.support)
    case .truePositives: String(counts.truePositives)
    case .falsePositives: String(counts.falsePositives)
    case .falseNegatives: String(counts.falseNegatives)
    case .precision: State.thousandths(label.map { $0.counts.precision } ?? overall.precision)
    case .recall: State.thousandths(label.map { $0.counts.recall } ?? overall.recall)
    case .f1: State.thousandths(label.map { $0.counts.f1 } ?? overall.f1)
    case .ap50: State.thousandths(label.map { $0.curve.ap50 } ?? overall.ap50)
    }
  }
}
