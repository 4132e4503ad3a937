import Cells
import GroundTruth

extension State {
  /// The labels with their digits, colours and counts.
  func drawLabels(on grid: inout CellGrid, in rect: CellRect) {
    var cursor: Int?
    if case .labels(let own) = overlay { cursor = own }
    let first = firstLabel(rows: rect.rows)
    for row in 0..<rect.rows {
      guard let label = labels[safe: first + row] else { break }
      drawLabel(
        label, place: first + row, isCursor: cursor == first + row, on: &grid,
        in: CellRect(left: rect.left, top: rect.top + row, columns: rect.columns, rows: 1))
    }
    if labels.isEmpty {
      grid.write(
        "c adds a label", column: rect.left + 1, row: rect.top, style: theme.style(.faint),
        width: rect.columns - 1)
    }
  }

  private func drawLabel(
    _ label: String, place: Int, isCursor: Bool, on grid: inout CellGrid, in rect: CellRect
  ) {
    let isNext = place == nextLabel && settings.task == .boxes
    let isSet = subject?.imageLabels.contains(label) == true
    let count = isCounting ? " … " : " \(count(of: label)) "
    grid.fill(rect, with: .blank)
    grid.write(isNext ? "▸" : " ", column: rect.left, row: rect.top, style: theme.style(.strong))
    grid.write(Self.digit(place), column: rect.left + 1, row: rect.top)
    grid.write(
      isSet ? "●" : "▌", column: rect.left + 3, row: rect.top,
      style: Style(foreground: theme.labelColor(place)))
    let name = grid.write(
      label, column: rect.left + 5, row: rect.top,
      style: isSet || isNext ? theme.style(.strong) : .plain,
      width: rect.columns - 6 - count.columnWidth)
    _ = name
    grid.write(
      count, column: rect.right - count.columnWidth, row: rect.top, style: theme.style(.faint))
    if isCursor { grid.restyle(rect) { $0.adding(.reverse) } }
  }

  /// How often a label is used: boxes, or images in a classification task.
  private func count(of label: String) -> Int {
    guard let index = survey.index(of: label) else { return 0 }
    let count = survey.label(index)
    return settings.task == .boxes ? count.boxCount : count.imageLevelCount
  }

  /// The labels folded into one row.
  func drawLabelStrip(on grid: inout CellGrid, in rect: CellRect) {
    if case .prompt(let prompt) = overlay, drawCompletions(of: prompt, on: &grid, in: rect) {
      return
    }
    for item in LabelStrip.items(of: self, columns: rect.columns) {
      let isSet = subject?.imageLabels.contains(labels[item.label]) == true
      let isNext = item.label == nextLabel && settings.task == .boxes
      grid.write(
        isSet ? "●" : "▌", column: item.column, row: rect.top,
        style: Style(foreground: theme.labelColor(item.label)))
      grid.write(
        String(item.text.dropFirst()), column: item.column + 1, row: rect.top,
        style: isNext ? theme.style(.strong).adding(.underline) : .plain)
    }
    if labels.isEmpty {
      grid.write("c adds a label", column: 1, row: rect.top, style: theme.style(.faint))
    }
  }
}

/// The labels in one row.
enum LabelStrip {
  /// A label's place in the row.
  struct Item {
    var label: Int
    var column: Int
    var text: String
  }

  /// What fits in a row, the next label always in it.
  static func items(of state: State, columns: Int) -> [Item] {
    var items: [Item] = []
    var column = 1
    let first = state.nextLabel > 6 ? state.nextLabel - 4 : 0
    for place in state.labels.indices.dropFirst(first) {
      let name = PrintableText.escaping(state.labels[place])
      let short = name.count > 16 ? name.prefix(15) + "…" : name[...]
      let text = "▌\(State.digit(place)) \(short)"
      guard column + text.columnWidth < columns else { break }
      items.append(Item(label: place, column: column, text: text))
      column += text.columnWidth + 2
    }
    return items
  }
}
