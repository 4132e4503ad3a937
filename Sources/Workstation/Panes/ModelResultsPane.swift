import Cells
import GroundTruth

extension State {
  /// Draws what the model found, what it was asked or what it answered.
  func drawResults(on grid: inout CellGrid, in rect: CellRect) {
    drawResultTitles(on: &grid, in: rect)
    let body = CellRect(
      left: rect.left, top: rect.top + 1, columns: rect.columns, rows: rect.rows - 1)
    switch models.shownPart {
    case .results, .versions: drawResultTable(on: &grid, in: body)
    case .request: drawLines(models.request, of: .request, on: &grid, in: body)
    case .response: drawLines(models.response, of: .response, on: &grid, in: body)
    }
  }

  /// The names of the three parts that share the place, the shown one marked.
  private func drawResultTitles(on grid: inout CellGrid, in rect: CellRect) {
    let frame = theme.style(.frame)
    for column in rect.left..<min(rect.right, grid.size.columns) {
      grid[column, rect.top] = Cell("─", style: frame)
    }
    var column = rect.left + 1
    for part in [Models.Part.results, .request, .response] {
      let isShown = part == models.shownPart
      let role: Theme.Role = models.part == part ? .selected : isShown ? .strong : .faint
      let text = isShown ? " \(part.title) " : " \(part.title.lowercased()) "
      guard column + text.count <= rect.right else { break }
      column = grid.write(text, column: column, row: rect.top, style: theme.style(role))
    }
  }

  private func drawResultTable(on grid: inout CellGrid, in rect: CellRect) {
    if let sentence = resultSentence {
      for (row, line) in TextWrap.lines(sentence, width: max(10, rect.columns - 2)).enumerated()
      where row < rect.rows {
        grid.write(line, column: rect.left + 1, row: rect.top + row, width: rect.columns - 1)
      }
      return
    }
    let faint = theme.style(.faint)
    grid.write("Name", column: rect.left + 3, row: rect.top, style: faint)
    let threshold = models.minimum.map { "Confidence ≥\($0)" } ?? "Confidence"
    drawRight(threshold, on: &grid, end: rect.right - 1, row: rect.top, style: faint)
    let results = shownResults
    let rows = rect.rows - 1
    let first = Self.firstRow(cursor: models.selection ?? 0, of: results.count, rows: rows)
    for row in 0..<max(0, rows) {
      guard let result = results[safe: first + row] else { break }
      drawResult(
        result, isSelected: first + row == models.selection, on: &grid,
        in: CellRect(left: rect.left, top: rect.top + 1 + row, columns: rect.columns, rows: 1))
    }
  }

  private func drawResult(
    _ result: Models.Result, isSelected: Bool, on grid: inout CellGrid, in rect: CellRect
  ) {
    let place = place(of: result.label)
    let share = Self.percent(result.confidence)
    grid.write(
      Self.digit(place), column: rect.left + 1, row: rect.top,
      style: Style(foreground: theme.labelColor(place), attributes: .bold))
    let end = rect.right - 1 - share.columnWidth
    let name = grid.write(
      result.label, column: rect.left + 3, row: rect.top, width: end - rect.left - 4)
    if result.rect == nil, name + 14 < end {
      grid.write("whole image", column: name + 1, row: rect.top, style: theme.style(.faint))
    }
    grid.write(share, column: end, row: rect.top)
    guard isSelected else { return }
    grid.restyle(rect) { $0.adding(models.part == .results ? .reverse : .bold) }
    grid.write("▸", column: rect.left, row: rect.top, style: grid[rect.left, rect.top].style)
  }

  /// What is said in place of results.
  private var resultSentence: String? {
    if let trouble = models.trouble, case .detect = trouble.request {
      return "\(trouble.reason) r tries again."
    }
    guard let used = models.used else {
      guard !models.versions.isEmpty else { return "What a model finds in the image stands here." }
      return models.running.isEmpty
        ? "No model runs. Start one: Shift+Tab or Tab goes to the models, Enter starts the one "
          + "under the cursor."
        : "Go to a running model and press Enter: it looks at this image."
    }
    guard models.answer != nil else { return "asking \(used)…" }
    guard shownResults.isEmpty else { return nil }
    let hidden = models.surestHidden.map { label in
      " Less sure: \(label.name) \(Self.percent(label.confidence ?? 1)); [ shows such."
    }
    return "No custom labels detected \(models.thresholdText)." + (hidden ?? "")
  }

  private func drawLines(
    _ lines: [String], of part: Models.Part, on grid: inout CellGrid, in rect: CellRect
  ) {
    guard !lines.isEmpty else {
      grid.write(
        "no answer yet", column: rect.left + 1, row: rect.top, style: theme.style(.faint),
        width: rect.columns - 1)
      return
    }
    let first = max(0, min(models.scroll, lines.count - rect.rows))
    for row in 0..<rect.rows {
      guard let line = lines[safe: first + row] else { break }
      grid.write(line, column: rect.left + 1, row: rect.top + row, width: rect.columns - 1)
    }
  }

  // MARK: Questions

  /// Draws what is asked about a model, and what is typed.
  func drawDialog(_ dialog: ModelDialog, on grid: inout CellGrid) {
    let columns = min(62, size.columns - 2)
    var lines = dialog.text.flatMap { TextWrap.lines($0, width: columns - 4) + [""] }.dropLast()
    if dialog.takesText { lines += ["", ""] }
    if let problem = dialog.problem { lines.append(problem) }
    let rows = min(lines.count + 2, size.rows)
    let rect = CellRect(
      left: (size.columns - columns) / 2, top: max(0, (size.rows - rows) / 3), columns: columns,
      rows: rows)
    drawWindow(rect, title: dialog.title, on: &grid)
    for (row, line) in lines.enumerated() where row < rows - 2 {
      let isProblem = dialog.problem != nil && row == lines.count - 1
      grid.write(
        line, column: rect.left + 2, row: rect.top + 1 + row,
        style: isProblem ? theme.style(.problem) : .plain, width: columns - 4)
    }
    guard dialog.takesText else { return }
    let row = rect.top + rows - (dialog.problem == nil ? 2 : 3)
    let end = grid.write(
      "Minimum inference units (> 0): ", column: rect.left + 2, row: row,
      style: theme.style(.strong), width: columns - 8)
    drawLine(dialog.line, on: &grid, column: end, row: row, width: rect.right - 2 - end)
  }
}
