import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// The image with everything laid over it, in cells of the pane.
  func imagePane(size: CellSize) -> CellGrid {
    var grid = pictureGrid(size: size)
    guard let viewport = drawPicture(on: &grid), let subject else { return grid }
    if canvas.showsBoxes {
      if let review, let shown = review.shown {
        drawReview(review, shown, of: subject, in: viewport, on: &grid)
      } else {
        drawBoxes(of: subject, in: viewport, on: &grid)
      }
    }
    drawDraft(in: viewport, on: &grid)
    if case .hints(let hints) = overlay { drawHints(hints, on: &grid) }
    return grid
  }

  /// The picture as cells of a pane, or empty ones where it isn't there.
  func pictureGrid(size: CellSize) -> CellGrid {
    canvas.backdrop.flatMap { $0.size == size ? $0 : nil } ?? CellGrid(size: size)
  }

  /// Says over a pane why there is no picture; if there is one, returns how it is shown.
  func drawPicture(on grid: inout CellGrid) -> Viewport? {
    guard let line = pictureLine, let name = sourceRef(of: line) else {
      drawNotice(["There are no images to show.", "/ changes the filter, q quits."], on: &grid)
      return nil
    }
    let slot = pictures[line]
    if let failure = slot?.failure {
      drawNotice(
        noticeLines(failure) + ["d goes on to the next image.", "Ctrl+L tries again."], on: &grid)
      return nil
    }
    if let question = slot?.consentQuestion, slot?.hasConsent != true {
      drawNotice(noticeLines(question) + ["Enter shows it all the same; d goes on."], on: &grid)
      return nil
    }
    guard let viewport = shownViewport, canvas.backdrop != nil else {
      drawNotice(
        noticeLines(slot?.progress ?? "loading \(name.lastPathComponent)…"), on: &grid)
      return nil
    }
    return viewport
  }

  // MARK: Boxes

  private func drawBoxes(of subject: Subject, in viewport: Viewport, on grid: inout CellGrid) {
    let drawing = drawing(in: viewport)
    let places = Dictionary(
      labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func place(_ box: Subject.ShownBox) -> Int { places[box.label] ?? labels.count }
    let others = subject.boxes.indices.filter { $0 != canvas.selection && draft?.target != $0 }
    for index in others {
      let box = subject.boxes[index]
      drawing.outline(box.rect, place: place(box), emphasis: .none, on: &grid)
    }
    let selected = canvas.selection.flatMap { selection in
      draft?.target == selection ? nil : subject.boxes[safe: selection]
    }
    if let selected, let selection = canvas.selection, let rect = shownRect(of: selection) {
      drawing.outline(rect, place: place(selected), emphasis: .strong, on: &grid)
    }
    // Captions come after all outlines, so that none is crossed out.
    for index in others {
      let box = subject.boxes[index]
      drawCaption(index, box.rect, place: place(box), with: drawing, on: &grid)
    }
    if let selected, let selection = canvas.selection, let rect = shownRect(of: selection) {
      drawCaption(selection, rect, place: place(selected), with: drawing, on: &grid)
      drawHandle(rect, in: viewport, on: &grid)
    }
  }

  private func drawCaption(
    _ index: Int, _ rect: PixelRect, place: Int, with drawing: BoxDrawing,
    on grid: inout CellGrid
  ) {
    // Captions would hide the letters of the hint grid.
    if case .hints = overlay { return }
    guard canvas.captions != .none, let label = subject?.boxes[safe: index]?.label else { return }
    let number = canvas.captions == .number ? "#\(index + 1) " : ""
    drawing.caption(
      number + label, rect, place: place, isForced: index == canvas.selection, on: &grid)
  }

  func drawing(in viewport: Viewport) -> BoxDrawing {
    BoxDrawing(viewport: viewport, screen: settings.capabilities, glyphs: settings.glyphs)
  }

  /// The middle of the selected box, which the mouse takes hold of with a click.
  func drawHandle(_ rect: PixelRect, in viewport: Viewport, on grid: inout CellGrid) {
    let middle = viewport.cell(of: rect.center)
    let corner = viewport.cell(of: PixelPoint(x: rect.left, y: rect.top))
    guard middle.column > corner.column + 1, middle.row > corner.row,
      grid.bounds.contains(middle)
    else { return }
    grid[middle.column, middle.row] = Cell(
      "+", style: theme.ink(over: grid[middle.column, middle.row].backdrop))
  }

  // MARK: The draft and the crosshair

  private func drawDraft(in viewport: Viewport, on grid: inout CellGrid) {
    guard let draft else {
      if canvas.showsCrosshair { drawCrosshair(at: canvas.crosshair, in: viewport, on: &grid) }
      return
    }
    let rect = draft.rect(in: viewport.imageSize)
    if rect.hasExtent {
      let target =
        draft.target.flatMap { subject?.boxes[safe: $0]?.label }
        ?? draft.prediction.flatMap { review?.shown?.boxes[safe: $0]?.label }
      drawing(in: viewport).outline(
        rect, place: target.map(place) ?? nextLabel, emphasis: .strong, on: &grid)
    }
    if case .whole = draft.grip { return }
    drawCrosshair(at: draft.moving, in: viewport, on: &grid)
  }

  private func drawCrosshair(at point: PixelPoint, in viewport: Viewport, on grid: inout CellGrid) {
    let edge = PixelPoint(
      x: min(point.snapped.x, Double(viewport.imageSize.width) - 0.01),
      y: min(point.snapped.y, Double(viewport.imageSize.height) - 0.01))
    let middle = viewport.cell(of: edge)
    let arms: [(Int, Int, Unicode.Scalar)] = [
      (-3, 0, "─"), (-2, 0, "─"), (2, 0, "─"), (3, 0, "─"), (-1, 0, "─"), (1, 0, "─"),
      (0, -1, "│"), (0, 1, "│"), (0, 0, "┼"),
    ]
    for (columns, rows, glyph) in arms {
      let cell = CellPoint(column: middle.column + columns, row: middle.row + rows)
      guard grid.bounds.contains(cell) else { continue }
      grid[cell.column, cell.row] = Cell(
        glyph, style: theme.ink(over: grid[cell.column, cell.row].backdrop))
    }
  }

  // MARK: Hints and notices

  private func drawHints(_ hints: HintGrid, on grid: inout CellGrid) {
    let (columns, rows) = hints.tiles
    for row in 0..<rows {
      for column in 0..<columns {
        let (first, second) = (HintGrid.alphabet[row], HintGrid.alphabet[column])
        if let typed = hints.first, typed != first { continue }
        let middle = hints.middle(column: column, row: row)
        let text = hints.first == nil ? "\(first)\(second)" : String(second)
        grid.write(
          text, column: Int(middle.column) - (hints.first == nil ? 1 : 0), row: Int(middle.row),
          style: theme.style(.hint))
      }
    }
  }

  private func drawNotice(_ lines: [String], on grid: inout CellGrid) {
    let top = max(0, (grid.size.rows - lines.count) / 2)
    for (row, line) in lines.enumerated() {
      let width = min(PrintableText.escaping(line).columnWidth, grid.size.columns)
      grid.write(
        line, column: (grid.size.columns - width) / 2, row: top + row,
        style: theme.style(row == 0 ? .strong : .text))
    }
  }

  /// A sentence broken into lines that fit the pane.
  private func noticeLines(_ text: String) -> [String] {
    TextWrap.lines(text, width: max(20, pictureRect.columns - 6))
  }
}

/// Breaking text into lines.
enum TextWrap {
  /// The text in lines of at most so many cells, broken between words, or within one too long.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in PrintableText.escaping(text).split(separator: " ") {
      var rest = String(word)
      if !line.isEmpty, line.columnWidth + 1 + rest.columnWidth > width {
        lines.append(line)
        line = ""
      }
      while rest.columnWidth > width {
        var count = 1
        while rest.prefix(count + 1).columnWidth <= width { count += 1 }
        lines.append(String(rest.prefix(count)))
        rest = String(rest.dropFirst(count))
      }
      line += line.isEmpty ? rest : " " + rest
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}

extension String {
  /// What stands after the last slash.
  var lastPathComponent: String { split(separator: "/").last.map(String.init) ?? self }
}
