import Cells
import GroundTruth

extension State {
  /// Draws the contact sheet between the header and the status row.
  func drawSheet(on grid: inout CellGrid) {
    let layout = sheetLayout
    let page = sheetPage
    guard !page.isEmpty else {
      grid.write("There is nothing in this queue; Esc goes back.", column: 2, row: 2)
      return
    }
    for (offset, place) in page.enumerated() {
      let rect = layout.rect(of: offset)
      guard let item = sheetItem(at: place) else { continue }
      if let crop = sheet.pictures.crops[item], crop.cells.size == layout.picture {
        grid.draw(crop.cells, at: rect.origin)
      } else {
        drawPlaceholder(item, on: &grid, in: rect)
      }
      drawSheetCaption(item, at: place, on: &grid, in: rect)
    }
  }

  /// What stands where a crop is yet to come, or never will.
  private func drawPlaceholder(_ item: SheetItem, on grid: inout CellGrid, in rect: CellRect) {
    let style = theme.style(.faint)
    let (bottom, right) = (rect.bottom - 2, rect.right - 1)
    for (column, row, glyph) in [
      (rect.left, rect.top, "┌"), (right, rect.top, "┐"), (rect.left, bottom, "└"),
      (right, bottom, "┘"),
    ] { grid.write(glyph, column: column, row: row, style: style) }
    let lines = TextWrap.lines(
      sheet.pictures.failures[item.line] ?? "…", width: max(1, rect.columns - 2))
    let room = max(1, rect.rows - 1)
    let top = rect.top + max(0, (room - lines.count) / 2)
    for (row, line) in lines.prefix(room).enumerated() {
      grid.write(
        line, column: rect.left + max(0, (rect.columns - line.columnWidth) / 2), row: top + row,
        style: style, width: rect.columns)
    }
  }

  /// The row under a crop: whether it is marked or decided on, its label, how sure the model is.
  private func drawSheetCaption(
    _ item: SheetItem, at place: Int, on grid: inout CellGrid, in rect: CellRect
  ) {
    let row = rect.bottom - 1
    let isHere = place == queue.position
    let isMarked = sheet.marks.contains(place)
    let line = CellRect(left: rect.left, top: row, columns: rect.columns, rows: 1)
    grid.write(
      isHere ? "▸" : " ", column: rect.left, row: row, style: theme.style(.strong))
    let sign = isMarked ? "*" : doneSign(at: place)
    grid.write(sign, column: rect.left + 1, row: row, style: theme.style(.strong))
    let score = scoreText(of: item)
    let end = rect.right - score.columnWidth
    let name = sheetLabel(of: item)
    if item.target == nil {
      let source =
        (try? Entry(line: dataset.line(at: item.line)))?.sourceRef.lastPathComponent ?? ""
      grid.write(source, column: rect.left + 2, row: row, width: end - rect.left - 3)
    } else {
      let number = self.place(of: name)
      grid.write(
        Self.digit(number), column: rect.left + 2, row: row,
        style: Style(foreground: theme.labelColor(number), attributes: .bold))
      grid.write(name, column: rect.left + 4, row: row, width: end - rect.left - 5)
    }
    grid.write(score, column: end, row: row, style: theme.style(.faint))
    if isHere || isMarked {
      grid.restyle(line) { $0.adding(isHere ? .reverse : .bold) }
    }
  }

  /// ✓ or ✗ on what is decided on.
  private func doneSign(at place: Int) -> String {
    guard let review else {
      return survey.summaries[safe: queue.lines[place]]?.isOpen == false ? "✓" : " "
    }
    guard review.done[safe: place] == true else { return " " }
    guard let item = review.items[safe: place], review.unit == .boxes else { return "✓" }
    return review.standing(of: item) == .rejected ? "✗" : "✓"
  }

  private func scoreText(of item: SheetItem) -> String {
    guard let review else { return "" }
    func text(_ confidence: Double) -> String {
      String(Review.share(confidence).trimmingPrefix("0"))
    }
    switch item.target {
    case .box(let place):
      let start = review.predictions.boxRange(at: item.line).lowerBound
      return review.predictions.boxes[safe: start + Int(place)].map { text($0.confidence) } ?? ""
    case .label(let place):
      let start = review.predictions.labelRange(at: item.line).lowerBound
      return review.predictions.imageLabels[safe: start + Int(place)].map { text($0.confidence) }
        ?? ""
    case .missed: return "FN"
    case nil: return ""
    }
  }
}
