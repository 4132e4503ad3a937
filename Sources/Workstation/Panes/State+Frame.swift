public import Cells

extension State {
  /// The screen as it is to be shown: a pure function of the state.
  ///
  /// - Complexity: O(cells + visible parts of boxes).
  public var frame: CellGrid {
    var grid = CellGrid(size: size)
    let layout = layout
    guard !layout.isTooSmall else {
      drawTooSmall(on: &grid)
      return grid
    }
    drawHeader(on: &grid, in: layout.header)
    if isOnSheet || isOnEvaluation || isOnModels {
      if isOnSheet { drawSheet(on: &grid) }
      if isOnModels { drawModels(on: &grid) }
      if case .evaluation(let now) = screen, let review {
        drawEvaluation(now, review, on: &grid)
      }
      drawStatus(
        on: &grid, in: CellRect(left: 0, top: size.rows - 1, columns: size.columns, rows: 1))
      drawOverlay(on: &grid, layout: layout)
      grid.blankHalves()
      return grid
    }
    if layout.hasPanels { drawFrameLines(on: &grid, layout: layout) }
    grid.draw(imagePane(size: layout.image.size), at: layout.image.origin)
    if layout.hasPanels {
      drawLabels(on: &grid, in: layout.labels)
      drawBoxList(on: &grid, in: layout.boxes)
    } else {
      drawLabelStrip(on: &grid, in: layout.strip)
    }
    drawStatus(on: &grid, in: layout.status)
    drawOverlay(on: &grid, layout: layout)
    grid.blankHalves()
    return grid
  }

  private func drawTooSmall(on grid: inout CellGrid) {
    let lines = [
      "Reticle needs 40×12;", "this is \(size.columns)×\(size.rows).", "Larger, or q, please",
    ]
    for (row, line) in lines.enumerated() where row < size.rows {
      grid.write(line, column: 0, row: row)
    }
  }

  private func drawFrameLines(on grid: inout CellGrid, layout: Layout) {
    let style = theme.style(.frame)
    let (left, divider, right) = (0, layout.image.right, size.columns - 1)
    let (top, bottom) = (1, size.rows - 1)
    let rule = size.rows - 3
    for column in 0..<size.columns {
      for row in [top, rule, bottom] { grid[column, row] = Cell("─", style: style) }
    }
    for row in top...bottom {
      for column in [left, right] { grid[column, row] = Cell("│", style: style) }
      if row < rule { grid[divider, row] = Cell("│", style: style) }
    }
    for column in layout.boxes.left..<right {
      grid[column, layout.boxes.top - 1] = Cell("─", style: style)
    }
    let joints: [(Int, Int, Unicode.Scalar)] = [
      (left, top, "┌"), (right, top, "┐"), (left, bottom, "└"), (right, bottom, "┘"),
      (left, rule, "├"), (right, rule, "┤"), (divider, top, "┬"), (divider, rule, "┴"),
      (divider, layout.boxes.top - 1, "├"), (right, layout.boxes.top - 1, "┤"),
    ]
    for (column, row, glyph) in joints { grid[column, row] = Cell(glyph, style: style) }
    let title = theme.style(.strong)
    let labelTitle = settings.task == .classification ? " Image labels " : " Labels "
    grid.write(labelTitle, column: layout.labels.left + 1, row: top, style: title)
    let count = review == nil ? subject?.boxes.count ?? 0 : reviewRows.count
    grid.write(
      count == 0 ? " Boxes " : " Boxes \(count) ", column: layout.boxes.left + 1,
      row: layout.boxes.top - 1, style: title)
  }
}

extension CellGrid {
  /// Blanks what was left of wide characters when lines were drawn over half of them.
  fileprivate mutating func blankHalves() {
    for row in 0..<size.rows {
      var hasHead = false
      for column in 0..<size.columns {
        let cell = self[column, row]
        if cell.isContinuation != hasHead {
          let half = hasHead ? column - 1 : column
          self[half, row] = Cell(" ", style: self[half, row].style)
        }
        hasHead = cell.glyph.columnWidth == 2
      }
      if hasHead { self[size.columns - 1, row].glyph = " " }
    }
  }
}
