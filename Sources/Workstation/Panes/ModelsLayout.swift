import Cells
import GroundTruth

/// Where everything is on the models' screen.
///
/// With room for both, versions and results stand left of the picture; in a narrow terminal the
/// versions have the screen to themselves, or the picture with its results.
struct ModelsLayout: Hashable, Sendable {
  /// The narrowest screen with versions beside the picture.
  static let wideColumns = 100
  /// The narrowest screen with results beside the picture.
  static let besideColumns = 70

  let isFolded: Bool
  /// With its title and its head.
  let versions: CellRect
  /// With its title.
  let details: CellRect
  /// The picture's title.
  let title: CellRect
  let picture: CellRect
  /// With its titles.
  let results: CellRect

  init(size: CellSize, versionCount: Int, showsTest: Bool) {
    let (top, body) = (1, max(0, size.rows - 2))
    let none = CellRect(left: 0, top: top, columns: 0, rows: 0)
    isFolded = size.columns < Self.wideColumns
    let left = isFolded ? size.columns : min(max(46, size.columns * 3 / 10), 64)
    let share = isFolded ? body / 2 : body / 3
    let list = versionCount == 0 ? share : max(3, min(versionCount + 2, share))
    if isFolded, showsTest {
      (versions, details) = (none, none)
      let isBeside = size.columns >= Self.besideColumns
      let columns = isBeside ? size.columns - 30 : size.columns
      let rows = isBeside ? body : body - max(3, body / 3)
      title = CellRect(left: 0, top: top, columns: columns, rows: 1)
      picture = CellRect(left: 0, top: top + 1, columns: columns, rows: rows - 1)
      results =
        isBeside
        ? CellRect(left: columns + 1, top: top, columns: 29, rows: body)
        : CellRect(left: 0, top: top + rows, columns: columns, rows: body - rows)
      return
    }
    versions = CellRect(left: 0, top: top, columns: left, rows: list)
    guard !isFolded else {
      details = CellRect(left: 0, top: top + list, columns: left, rows: body - list)
      (title, picture, results) = (none, none, none)
      return
    }
    let about = max(4, min(14, (body - list) / 2))
    details = CellRect(left: 0, top: top + list, columns: left, rows: about)
    results = CellRect(
      left: 0, top: top + list + about, columns: left, rows: body - list - about)
    title = CellRect(left: left + 1, top: top, columns: size.columns - left - 1, rows: 1)
    picture = CellRect(
      left: left + 1, top: top + 1, columns: size.columns - left - 1, rows: body - 1)
  }
}

extension State {
  /// Where everything is on the models' screen now.
  var modelsLayout: ModelsLayout { modelsLayout(showsTest: models.part != .versions) }

  /// Where everything is with the picture on the screen, or without it where there is no room.
  func modelsLayout(showsTest: Bool) -> ModelsLayout {
    ModelsLayout(size: size, versionCount: models.versions.count, showsTest: showsTest)
  }

  /// The first row shown of a list, so that the cursor is in sight.
  static func firstRow(cursor: Int, of count: Int, rows: Int) -> Int {
    max(0, min(cursor - rows / 2, count - rows))
  }

  /// The version whose row is at a cell of the screen.
  func versionRow(at point: CellPoint, in layout: ModelsLayout) -> Int? {
    let rows = layout.versions.rows - 2
    let row = point.row - layout.versions.top - 2
    guard (0..<max(0, rows)).contains(row) else { return nil }
    let place = Self.firstRow(cursor: models.row, of: models.versions.count, rows: rows) + row
    return models.versions.indices.contains(place) ? place : nil
  }

  /// The result whose row is at a cell of the screen.
  func resultRow(at point: CellPoint, in layout: ModelsLayout) -> Int? {
    let rows = layout.results.rows - 2
    let row = point.row - layout.results.top - 2
    guard models.shownPart == .results, (0..<max(0, rows)).contains(row) else { return nil }
    let count = shownResults.count
    let place = Self.firstRow(cursor: models.selection ?? 0, of: count, rows: rows) + row
    return place < count ? place : nil
  }
}
