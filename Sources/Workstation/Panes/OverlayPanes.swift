import Cells

extension State {
  /// Lays the list or the text that is open over the screen.
  func drawOverlay(on grid: inout CellGrid, layout: Layout) {
    switch overlay {
    case .picker(let picker): drawPicker(picker, on: &grid, layout: layout)
    case .help(let scroll, _): drawReading(title: "Keys", scroll: scroll, on: &grid, layout: layout)
    case .dialog(let dialog): drawDialog(dialog, on: &grid)
    case .info(let scroll):
      drawReading(title: "This image", scroll: scroll, on: &grid, layout: layout)
    case .report(let title, _, let scroll):
      drawReading(title: title, scroll: scroll, on: &grid, layout: layout)
    case .labels where !layout.hasPanels:
      let list = layout.labelList(count: labels.count)
      let frame = CellRect(
        left: list.left - 1, top: list.top - 1, columns: list.columns + 2, rows: list.rows + 2)
      drawWindow(frame, title: "Image-level labels", on: &grid)
      drawLabels(on: &grid, in: list)
    case .labels, .prompt, .hints, nil: break
    }
  }

  func drawWindow(_ rect: CellRect, title: String, on grid: inout CellGrid) {
    grid.fill(rect, with: .blank)
    let style = theme.style(.frame)
    for column in rect.left..<rect.right {
      grid.write("─", column: column, row: rect.top, style: style)
      grid.write("─", column: column, row: rect.bottom - 1, style: style)
    }
    for row in rect.top..<rect.bottom {
      grid.write("│", column: rect.left, row: row, style: style)
      grid.write("│", column: rect.right - 1, row: row, style: style)
    }
    grid.write("┌", column: rect.left, row: rect.top, style: style)
    grid.write("┐", column: rect.right - 1, row: rect.top, style: style)
    grid.write("└", column: rect.left, row: rect.bottom - 1, style: style)
    grid.write("┘", column: rect.right - 1, row: rect.bottom - 1, style: style)
    grid.write(
      " \(title) ", column: rect.left + 2, row: rect.top, style: theme.style(.strong),
      width: rect.columns - 4)
  }

  private func drawPicker(_ picker: Picker, on grid: inout CellGrid, layout: Layout) {
    let choices = choices(for: picker)
    let rows = min(12, max(1, choices.count), size.rows - 6)
    let columns = min(44, size.columns - 2)
    let rect = CellRect(
      left: (size.columns - columns) / 2, top: max(1, (size.rows - rows - 3) / 3),
      columns: columns, rows: rows + 3)
    drawWindow(rect, title: "Label", on: &grid)
    drawLine(
      picker.line, on: &grid, column: rect.left + 2, row: rect.top + 1, width: columns - 4)
    let first = max(0, min(picker.cursor - rows / 2, choices.count - rows))
    for row in 0..<rows {
      guard let choice = choices[safe: first + row] else { break }
      let line = CellRect(
        left: rect.left + 1, top: rect.top + 2 + row, columns: columns - 2, rows: 1)
      let text =
        choice.isNew
        ? "new: \(choice.name)" : "\(Self.digit(place(of: choice.name))) \(choice.name)"
      grid.write(text, column: line.left + 2, row: line.top, width: line.columns - 3)
      if !choice.isNew {
        grid.write(
          "▌", column: line.left, row: line.top,
          style: Style(foreground: theme.labelColor(place(of: choice.name))))
      }
      if first + row == picker.cursor { grid.restyle(line) { $0.adding(.reverse) } }
    }
    if choices.isEmpty {
      grid.write(
        "type a name; Enter adds it", column: rect.left + 3, row: rect.top + 2,
        style: theme.style(.faint), width: columns - 4)
    }
  }

  private func drawReading(title: String, scroll: Int, on grid: inout CellGrid, layout: Layout) {
    let rect = layout.reading
    drawWindow(rect, title: title, on: &grid)
    let lines = readingLines
    for row in 0..<max(0, rect.rows - 2) {
      guard let line = lines[safe: scroll + row] else { break }
      let place = rect.top + 1 + row
      grid.write(
        line.key, column: rect.left + 2, row: place, style: theme.style(.strong), width: 26)
      grid.write(
        line.text, column: rect.left + (line.key.isEmpty ? 2 : 29), row: place,
        width: rect.columns - (line.key.isEmpty ? 4 : 31))
    }
    if lines.count > rect.rows - 2 {
      grid.write(
        " \(min(scroll + rect.rows - 2, lines.count))/\(lines.count) ", column: rect.right - 10,
        row: rect.bottom - 1, style: theme.style(.faint))
    }
  }

  /// What there is to read: a key, and what is said of it.
  var readingLines: [(key: String, text: String)] {
    switch overlay {
    case .help(_, let context): KeyTable.lines(of: settings.keymap, context: context)
    case .info: infoLines
    case .report(_, let lines, _): lines.map { ("", $0) }
    default: []
    }
  }
}
