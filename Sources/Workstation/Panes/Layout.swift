import Cells

/// Where everything is on the screen.
///
/// With room for them, panels stand right of the image inside a frame; in a small terminal they
/// fold into one row of labels, and the image has the rest.
struct Layout: Hashable, Sendable {
  /// The smallest screen that can be worked on.
  static let minimum = CellSize(columns: 40, rows: 12)
  /// The narrowest screen with panels.
  static let panelColumns = 100

  let size: CellSize
  /// Whether there is a frame with panels.
  let hasPanels: Bool
  let header: CellRect
  let image: CellRect
  /// The labels' rows, without their title.
  let labels: CellRect
  /// The boxes' rows, without their title.
  let boxes: CellRect
  /// The folded labels.
  let strip: CellRect
  let status: CellRect

  init(size: CellSize, wantsPanels: Bool, labelCount: Int) {
    self.size = size
    hasPanels = wantsPanels && size.columns >= Self.panelColumns
    let none = CellRect(left: 0, top: 0, columns: 0, rows: 0)
    guard hasPanels else {
      header = CellRect(left: 0, top: 0, columns: size.columns, rows: 1)
      image = CellRect(left: 0, top: 1, columns: size.columns, rows: size.rows - 3)
      strip = CellRect(left: 0, top: size.rows - 2, columns: size.columns, rows: 1)
      status = CellRect(left: 0, top: size.rows - 1, columns: size.columns, rows: 1)
      labels = none
      boxes = none
      return
    }
    let panel = size.columns >= 160 ? 30 : 24
    let rows = size.rows - 5
    header = CellRect(left: 0, top: 0, columns: size.columns, rows: 1)
    image = CellRect(left: 1, top: 2, columns: size.columns - panel - 3, rows: rows)
    let left = image.right + 1
    let labelRows = max(1, min(labelCount, rows / 2))
    labels = CellRect(left: left, top: 2, columns: panel, rows: labelRows)
    boxes = CellRect(
      left: left, top: labels.bottom + 1, columns: panel, rows: rows - labelRows - 1)
    strip = none
    status = CellRect(left: 1, top: size.rows - 2, columns: size.columns - 2, rows: 1)
  }

  /// Whether the screen is too small to work on.
  var isTooSmall: Bool {
    size.columns < Self.minimum.columns || size.rows < Self.minimum.rows
  }

  /// The cell of the image pane at a cell of the screen.
  func cell(of point: CellPoint) -> CellPoint {
    CellPoint(column: point.column - image.left, row: point.row - image.top)
  }

  /// Where help and info are read: over the image, with a margin.
  var reading: CellRect {
    let columns = min(size.columns, 84)
    let rows = max(3, size.rows - 2)
    return CellRect(
      left: (size.columns - columns) / 2, top: (size.rows - rows) / 2, columns: columns, rows: rows)
  }

  /// Where the image-level labels are listed when there is no panel for them.
  func labelList(count: Int) -> CellRect {
    if hasPanels { return labels }
    // The window around it has a border left and right.
    let columns = min(size.columns - 2, 31)
    return CellRect(
      left: size.columns - 1 - columns, top: image.top + 1, columns: columns,
      rows: min(count, max(1, image.rows - 2)))
  }
}

extension State {
  /// Where everything is on the screen now.
  var layout: Layout {
    Layout(size: size, wantsPanels: showsPanels, labelCount: labels.count)
  }

  /// The first label shown in a list of some rows, so that the cursor is in sight.
  func firstLabel(rows: Int) -> Int {
    var cursor = nextLabel
    if case .labels(let own) = overlay { cursor = own }
    return max(0, min(cursor - rows / 2, labels.count - rows))
  }

  /// The first box shown in a list of some rows, so that the selected one is in sight.
  func firstBox(rows: Int) -> Int {
    max(0, min((canvas.selection ?? 0) - rows / 2, (subject?.boxes.count ?? 0) - rows))
  }
}

extension Layout {
  /// The label whose row is at a cell of the screen.
  func labelSlot(at point: CellPoint, in state: State) -> Int? {
    if case .labels = state.overlay {
      return slot(at: point, in: labelList(count: state.labels.count), state: state)
    }
    if hasPanels { return slot(at: point, in: labels, state: state) }
    guard strip.contains(point) else { return nil }
    return LabelStrip.items(of: state, columns: strip.columns).first {
      ($0.column..<$0.column + $0.text.columnWidth).contains(point.column)
    }?.label
  }

  private func slot(at point: CellPoint, in rect: CellRect, state: State) -> Int? {
    guard rect.contains(point) else { return nil }
    let slot = state.firstLabel(rows: rect.rows) + point.row - rect.top
    return state.labels.indices.contains(slot) ? slot : nil
  }

  /// The row of a review's list of boxes at a cell of the screen.
  func reviewSlot(at point: CellPoint, in state: State) -> BoxSelection? {
    guard boxes.contains(point), state.review != nil else { return nil }
    let rows = state.reviewRows
    return rows[safe: state.firstReviewRow(of: rows, rows: boxes.rows) + point.row - boxes.top]
  }

  /// The box whose row is at a cell of the screen.
  func boxSlot(at point: CellPoint, in state: State) -> Int? {
    guard boxes.contains(point), state.review == nil else { return nil }
    let slot = state.firstBox(rows: boxes.rows) + point.row - boxes.top
    return state.subject?.boxes.indices.contains(slot) == true ? slot : nil
  }
}
