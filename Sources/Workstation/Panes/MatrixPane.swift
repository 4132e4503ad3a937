import Cells
import Evaluation

extension State {
  /// Draws the confusion matrix: a row a truth's label, a column a prediction's, and last those of
  /// the background.
  func drawMatrix(_ now: EvaluationScreen, on grid: inout CellGrid, in rect: CellRect) {
    let hasFocus = now.focus == .matrix
    drawTitle(
      "Confusion: truth ↓ model →", hasFocus: hasFocus, on: &grid, left: rect.left,
      right: rect.right, row: rect.top)
    let count = now.figures.labels.count + 1
    let width = cellWidth(now.figures.confusion)
    let heads = max(6, min(12, rect.columns - width * count - 1))
    let columns = max(1, min(count, (rect.columns - heads) / width))
    let rows = rect.rows - 2
    let (row, column) = (now.cell.truth ?? count - 1, now.cell.prediction ?? count - 1)
    let left = max(0, min(column - columns / 2, count - columns))
    let top = max(0, min(row - rows / 2, count - rows))
    let head = rect.top + 1
    for place in 0..<columns {
      drawHead(
        left + place, of: now, on: &grid, column: rect.left + heads + place * width + 1, row: head,
        width: width - 1, isHere: left + place == column)
    }
    for place in 0..<min(rows, count - top) {
      let truth = top + place
      drawHead(
        truth, of: now, on: &grid, column: rect.left + 1, row: head + 1 + place, width: heads - 1,
        isHere: truth == row)
      for offset in 0..<columns {
        let prediction = left + offset
        let cell = ConfusionMatrix.Cell(
          truth: truth == count - 1 ? nil : truth,
          prediction: prediction == count - 1 ? nil : prediction)
        drawCell(
          cell, of: now, isHere: truth == row && prediction == column, on: &grid,
          in: CellRect(
            left: rect.left + heads + offset * width, top: head + 1 + place, columns: width,
            rows: 1))
      }
    }
  }

  private func cellWidth(_ matrix: ConfusionMatrix) -> Int {
    max(5, String(matrix.filledCells.first?.count ?? 0).count + 2)
  }

  /// The name of a row or a column.
  private func drawHead(
    _ place: Int, of now: EvaluationScreen, on grid: inout CellGrid, column: Int, row: Int,
    width: Int, isHere: Bool
  ) {
    let name = now.figures.labels[safe: place]?.name
    let color =
      name.map { Style(foreground: theme.labelColor(self.place(of: $0))) } ?? theme.style(.faint)
    grid.write(
      name ?? "none", column: column, row: row, style: isHere ? color.adding(.bold) : color,
      width: width)
  }

  private func drawCell(
    _ cell: ConfusionMatrix.Cell, of now: EvaluationScreen, isHere: Bool,
    on grid: inout CellGrid, in rect: CellRect
  ) {
    let isDiagonal = cell.truth == cell.prediction
    let value = now.figures.confusion[truth: cell.truth, prediction: cell.prediction]
    let text = value == 0 ? "·" : String(value)
    let role: Theme.Role = value == 0 ? .faint : isDiagonal ? .good : .strong
    drawRight(text, on: &grid, end: rect.right - 1, row: rect.top, style: theme.style(role))
    guard isHere else { return }
    grid.restyle(rect) { $0.adding(now.focus == .matrix ? .reverse : .underline) }
  }
}
