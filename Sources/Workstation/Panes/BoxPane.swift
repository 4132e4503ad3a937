import Cells
import Raster

extension State {
  /// The boxes of the image, with the selected one marked.
  func drawBoxList(on grid: inout CellGrid, in rect: CellRect) {
    guard let boxes = subject?.boxes, rect.rows > 0 else { return }
    if let review, let shown = review.shown {
      return drawReviewList(review, shown, on: &grid, in: rect)
    }
    let first = firstBox(rows: rect.rows)
    for row in 0..<rect.rows {
      guard let box = boxes[safe: first + row] else { break }
      let index = first + row
      let isSelected = canvas.selection == index
      let top = rect.top + row
      let place = place(of: box.label)
      let geometry = (shownRect(of: index) ?? box.rect).summary
      let start = max(rect.left + 9, rect.right - geometry.columnWidth - 1)
      grid.write(isSelected ? "▸" : " ", column: rect.left, row: top)
      grid.write(
        Self.digit(place), column: rect.left + 1, row: top,
        style: Style(foreground: theme.labelColor(place), attributes: .bold))
      grid.write(
        box.label, column: rect.left + 3, row: top,
        style: isSelected ? theme.style(.strong) : .plain,
        width: start - rect.left - 4)
      grid.write(
        geometry, column: start, row: top, style: theme.style(isSelected ? .text : .faint),
        width: rect.right - start)
      if isSelected {
        grid.restyle(CellRect(left: rect.left, top: top, columns: rect.columns, rows: 1)) {
          $0.adding(.reverse)
        }
      }
    }
    if boxes.isEmpty {
      grid.write(
        subject?.hasBoxSet == true ? "nothing there" : "none yet", column: rect.left + 1,
        row: rect.top, style: theme.style(.faint), width: rect.columns - 1)
    }
  }
}

extension PixelRect {
  /// `left,top width×height`, fractions to one place.
  var summary: String {
    "\(left.brief),\(top.brief) \(width.brief)×\(height.brief)"
  }
}

extension Double {
  /// The number without a fraction where it has none, else with one place.
  var brief: String {
    let tenths = (self * 10).rounded()
    guard abs(tenths) < 1e15 else { return "?" }
    let whole = Int(tenths)
    if whole % 10 == 0 { return String(whole / 10) }
    return "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
  }
}
