import Cells
import Mosaic
import Raster

/// What lies over the image and takes the keys.
enum Overlay: Sendable {
  /// The image-level labels, with the cursor on one.
  case labels(cursor: Int)
  /// A line is typed.
  case prompt(Prompt)
  /// A label is looked for by typing.
  case picker(Picker)
  /// The hint grid.
  case hints(HintGrid)
  /// The keys of this screen.
  case help(scroll: Int, context: KeyContext)
  /// All about the image.
  case info(scroll: Int)
  /// What a command on the whole dataset found.
  case report(title: String, lines: [String], scroll: Int)
  /// Something is asked about a model.
  case dialog(ModelDialog)
}

/// A line typed for a purpose.
struct Prompt: Sendable {
  enum Purpose: Hashable, Sendable {
    case command
    case filter
    case goTo
    case note
  }

  var purpose: Purpose
  var line: LineEditor
  /// What Tab offered last, and which of it stands in the line.
  var completions: [String] = []
  var completionIndex: Int?
  /// Which earlier line is shown; `nil` for the one being typed.
  var historyIndex: Int?
  /// The line being typed while an earlier one is shown.
  var unsent = ""

  /// What stands before the line.
  var sign: String {
    switch purpose {
    case .command: ":"
    case .filter: "/"
    case .goTo: "go to image "
    case .note: "note: "
    }
  }
}

/// A label looked for by typing.
struct Picker: Sendable {
  /// Whether the label is for the image as a whole.
  var isForImage = false
  var line = LineEditor()
  var cursor = 0
}

/// The hint grid: the pane cut into tiles, each named by two letters.
struct HintGrid: Sendable {
  /// The letters, easiest first.
  static let alphabet: [Character] = Array("asdfghjklqwertyuiopzxcvbnm")

  /// The view under the tiles; in the second round a magnified one.
  var viewport: Viewport
  /// The view to go back to.
  var original: Viewport
  /// 1 or 2.
  var round: Int
  /// The first letter, once typed.
  var first: Character?

  /// How many tiles there are across and down: two letters and a gap fit in each.
  var tiles: (columns: Int, rows: Int) {
    (
      max(1, min(Self.alphabet.count, viewport.pane.columns / 4)),
      max(1, min(Self.alphabet.count, viewport.pane.rows / 2))
    )
  }

  /// The middle of a tile, in cells of the pane.
  func middle(column: Int, row: Int) -> CellPosition {
    let (columns, rows) = tiles
    return CellPosition(
      column: (Double(column) + 0.5) * Double(viewport.pane.columns) / Double(columns),
      row: (Double(row) + 0.5) * Double(viewport.pane.rows) / Double(rows))
  }

  /// The image position of the tile named by two letters: the first its row, the second its
  /// column.
  func pixel(_ first: Character, _ second: Character) -> PixelPoint? {
    guard let row = Self.alphabet.firstIndex(of: first), row < tiles.rows,
      let column = Self.alphabet.firstIndex(of: second), column < tiles.columns
    else { return nil }
    return viewport.pixel(at: middle(column: column, row: row))
  }

  /// How much the second round magnifies: one tile fills the pane.
  var magnification: Double { Double(min(tiles.columns, tiles.rows)) }
}
