import Cells
import GroundTruth
import Mosaic

extension State {
  /// Draws the models' screen between the header and the status row.
  func drawModels(on grid: inout CellGrid) {
    let layout = modelsLayout
    if !layout.versions.isEmpty { drawVersions(on: &grid, in: layout.versions) }
    if !layout.details.isEmpty { drawDetails(on: &grid, in: layout.details) }
    if !layout.results.isEmpty { drawResults(on: &grid, in: layout.results) }
    guard !layout.picture.isEmpty else { return }
    let divider = layout.isFolded ? layout.picture.right : layout.picture.left - 1
    if layout.results.top < layout.picture.bottom || !layout.isFolded,
      divider < size.columns
    {
      for row in layout.title.top..<layout.picture.bottom {
        grid[divider, row] = Cell("│", style: theme.style(.frame))
      }
    }
    drawTested(on: &grid, layout)
  }

  /// Draws the picture with the boxes of what was found in it.
  private func drawTested(on grid: inout CellGrid, _ layout: ModelsLayout) {
    let name = testedImage?.sourceRef.lastPathComponent ?? "no image"
    let model = models.used.map { " — \($0)" } ?? ""
    drawTitle(
      name + model, hasFocus: false, on: &grid, left: layout.title.left,
      right: layout.title.right, row: layout.title.top)
    var cells = pictureGrid(size: layout.picture.size)
    if let viewport = drawPicture(on: &cells), canvas.showsBoxes {
      drawFound(in: viewport, on: &cells)
    }
    grid.draw(cells, at: layout.picture.origin)
  }

  private func drawFound(in viewport: Viewport, on grid: inout CellGrid) {
    let drawing = drawing(in: viewport)
    let found = shownResults.enumerated().compactMap { place, result in
      result.rect.map { (place, result, $0) }
    }
    for (place, result, rect) in found where place == models.selection {
      drawing.fill(rect, place: self.place(of: result.label), on: &grid)
    }
    for (place, result, rect) in found {
      drawing.outline(
        rect, place: self.place(of: result.label),
        emphasis: place == models.selection ? .strong : .none, on: &grid)
    }
    guard canvas.captions != .none else { return }
    // The surest one's caption comes last, and so over the others'.
    for (place, result, rect) in found.reversed() {
      let label = self.place(of: result.label)
      let number = canvas.captions == .number ? "#\(place + 1) " : ""
      let (digit, share) = (Self.digit(label), Self.percent(result.confidence))
      drawing.tag(
        ["\(digit) \(number)\(result.label) \(share)", "\(digit) \(share)", digit], rect,
        style: theme.labelTag(label), isForced: place == models.selection, on: &grid)
    }
  }

  /// A share in percent, to one place.
  static func percent(_ share: Double) -> String {
    let tenths = Int((max(0, min(1, share)) * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  // MARK: Versions

  private func drawVersions(on grid: inout CellGrid, in rect: CellRect) {
    drawTitle(
      "Models", hasFocus: models.part == .versions, on: &grid, left: rect.left, right: rect.right,
      row: rect.top)
    guard !models.versions.isEmpty else { return drawNoVersions(on: &grid, in: rect) }
    let columns = VersionColumn.fitting(rect.columns)
    let faint = theme.style(.faint)
    let name = rect.columns - columns.reduce(0) { $0 + $1.width } - 3
    grid.write("version", column: rect.left + 3, row: rect.top + 1, style: faint, width: name)
    var left = rect.left + 3 + name
    for column in columns {
      grid.write(column.title, column: left + 1, row: rect.top + 1, style: faint)
      left += column.width
    }
    let rows = rect.rows - 2
    let first = Self.firstRow(cursor: models.row, of: models.versions.count, rows: rows)
    for row in 0..<max(0, rows) {
      guard let version = models.versions[safe: first + row] else { break }
      drawVersion(
        version, columns, on: &grid,
        in: CellRect(
          left: rect.left, top: rect.top + 2 + row, columns: rect.columns, rows: 1), name: name)
    }
  }

  private func drawVersion(
    _ version: ListedModel, _ columns: [VersionColumn], on grid: inout CellGrid,
    in rect: CellRect, name: Int
  ) {
    let isCursor = version.name == models.cursor
    if version.name == models.used {
      grid.write("●", column: rect.left + 1, row: rect.top, style: theme.style(.good))
    }
    grid.write(
      "\(version.name)", column: rect.left + 3, row: rect.top,
      style: version.status == .running ? theme.style(.strong) : .plain, width: name)
    var left = rect.left + 3 + name
    for column in columns {
      let training = training(of: version)
      let text = column.text(of: version, training)
      let isFailure = [.trainingFailed, .failed].contains(version.status)
      let role: Theme.Role =
        column != .status
        ? .text : version.status == .running ? .good : isFailure ? .problem : .text
      if column == .status, let training {
        drawBar(training.share, on: &grid, column: left + 1, row: rect.top, width: 6)
        grid.write(text, column: left + 10, row: rect.top, width: column.width - 10)
      } else {
        grid.write(
          text, column: left + 1, row: rect.top, style: theme.style(role), width: column.width - 1)
      }
      left += column.width
    }
    guard isCursor else { return }
    grid.restyle(rect) { $0.adding(models.part == .versions ? .reverse : .bold) }
    grid.write("▸", column: rect.left, row: rect.top, style: grid[rect.left, rect.top].style)
  }

  /// What there is to do where there is no model.
  private func drawNoVersions(on grid: inout CellGrid, in rect: CellRect) {
    for (row, line) in noVersionsText.flatMap({
      TextWrap.lines($0, width: max(20, rect.columns - 4)) + [""]
    }).enumerated() where row < rect.rows - 2 {
      grid.write(
        line, column: rect.left + 2, row: rect.top + 2 + row,
        style: row == 0 ? theme.style(.strong) : .plain, width: rect.columns - 3)
    }
  }

  private var noVersionsText: [String] {
    guard models.isListed else { return ["listing the models…"] }
    let count = labelledCount
    let images = count == 1 ? "1 labelled image" : "\(count) labelled images"
    return [
      "no models yet",
      count >= 10
        ? "t, or :train, makes one from the \(images)."
        : "t, or :train, makes one from the labelled images. It needs about ten: there are \(count).",
      "? tells the way from photos to a tested model.",
    ]
  }
}

/// What is said of a version in a row, besides its name.
private enum VersionColumn: CaseIterable {
  case f1
  case status
  case meanAveragePrecision
  case images
  case date

  /// The columns there is room for.
  static func fitting(_ width: Int) -> [VersionColumn] {
    var columns: [VersionColumn] = []
    var left = width - 3 - 12
    for column in [VersionColumn.status, .f1, .meanAveragePrecision, .date, .images]
    where column.width <= left {
      columns.append(column)
      left -= column.width
    }
    return allCases.filter(columns.contains)
  }

  var width: Int {
    switch self {
    case .f1, .meanAveragePrecision: 6
    case .status: 21
    case .images: 13
    case .date: 11
    }
  }

  var title: String {
    switch self {
    case .f1: "F1"
    case .status: "status"
    case .meanAveragePrecision: "mAP50"
    case .images: "train/test"
    case .date: "made"
    }
  }

  func text(of version: ListedModel, _ training: TrainingWork.Running?) -> String {
    switch self {
    case .f1: return version.f1.map { State.thousandths($0) } ?? "–"
    case .meanAveragePrecision:
      return version.meanAveragePrecision.map { State.thousandths($0) } ?? "–"
    case .images:
      func count(_ value: Int?) -> String { value.map { String($0) } ?? "–" }
      return "\(count(version.trainingImages))/\(count(version.testImages))"
    case .date: return String(version.date.prefix(10))
    case .status:
      guard let training else { return version.status.rawValue }
      return training.isStopping ? "stopping" : "\(Int(training.share * 100)) %"
    }
  }
}
