import Cells

/// Where an image's pixels are on the screen, by the documented rules and not by the program's own
/// code: the image as large as it fits, centred, a cell twice as high as wide.
struct View {
  struct Pixel: Equatable {
    var x: Double
    var y: Double

    /// The nearest corner of pixels.
    var rounded: Pixel { Pixel(x: x.rounded(), y: y.rounded()) }
  }

  let width: Double
  let height: Double
  let left: Int
  let top: Int
  let columns: Double
  let rows: Double
  /// Columns that an image pixel takes; its rows are half as many.
  private(set) var scale: Double
  private(set) var origin: Pixel

  /// All of an image on a screen: its pane is below the header and above two rows at 80 columns,
  /// beside the panels at 100 and more.
  init(of width: Int, _ height: Int, on screen: CellSize = CellSize(columns: 80, rows: 24)) {
    (self.width, self.height) = (Double(width), Double(height))
    if screen.columns >= 100 {
      let panel = screen.columns >= 160 ? 30 : 24
      (left, top) = (1, 2)
      (columns, rows) = (Double(screen.columns - panel - 3), Double(screen.rows - 5))
    } else {
      (left, top) = (0, 1)
      (columns, rows) = (Double(screen.columns), Double(screen.rows - 3))
    }
    scale = min(columns / self.width, rows * 2 / self.height, 32)
    origin = Pixel(
      x: Self.settled(0, columns / scale, self.width, cells: scale),
      y: Self.settled(0, rows * 2 / scale, self.height, cells: scale / 2))
  }

  /// The pixel position under the middle of a cell of the screen.
  func pixel(at cell: CellPoint) -> Pixel {
    Pixel(
      x: origin.x + (Double(cell.column - left) + 0.5) / scale,
      y: origin.y + (Double(cell.row - top) + 0.5) * 2 / scale)
  }

  /// The corner of pixels that a click in a cell means.
  func corner(at cell: CellPoint) -> Pixel {
    let pixel = pixel(at: cell)
    return Pixel(x: max(0, min(width, pixel.x)), y: max(0, min(height, pixel.y))).rounded
  }

  /// The cell that a pixel position is in.
  func cell(x: Double, y: Double) -> CellPoint {
    CellPoint(
      column: left + Int(((x - origin.x) * scale).rounded(.down)),
      row: top + Int(((y - origin.y) * scale / 2).rounded(.down)))
  }

  /// The box between two cells.
  func box(_ label: String, from first: CellPoint, to second: CellPoint) -> WrittenBox {
    let (a, b) = (corner(at: first), corner(at: second))
    return WrittenBox(label, min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))
  }

  /// One arrow's step: a cell, but never less than a pixel.
  var step: Pixel { Pixel(x: max(1, 1 / scale), y: max(1, 2 / scale)) }

  /// Magnified by a factor, with a pixel position kept where it is, and no gap at the sides.
  mutating func zoom(by factor: Double, around fixed: Pixel) {
    let fit = min(columns / width, rows * 2 / height, 32)
    let column = (fixed.x - origin.x) * scale
    let row = (fixed.y - origin.y) * scale / 2
    scale = max(fit, min(scale * factor, 32))
    origin = Pixel(
      x: Self.settled(fixed.x - column / scale, columns / scale, width, cells: scale),
      y: Self.settled(fixed.y - row * 2 / scale, rows * 2 / scale, height, cells: scale / 2))
  }

  /// At a scale, with a pixel position in the middle where it can be.
  func showing(_ center: Pixel, at wanted: Double) -> View {
    var view = self
    view.scale = max(scale, min(wanted, 32))
    view.origin = Pixel(
      x: Self.settled(
        center.x - columns / view.scale / 2, columns / view.scale, width, cells: view.scale),
      y: Self.settled(
        center.y - rows / view.scale, rows * 2 / view.scale, height, cells: view.scale / 2))
    return view
  }

  /// The pixel position in the middle of a tile of the hint grid: the first letter names its row,
  /// the second its column; tiles are at least four columns wide and two rows high.
  func tile(_ first: Character, _ second: Character) -> Pixel? {
    let letters = Array("asdfghjklqwertyuiopzxcvbnm")
    guard let row = letters.firstIndex(of: first), let column = letters.firstIndex(of: second)
    else { return nil }
    let (across, down) = tiles
    return Pixel(
      x: origin.x + (Double(column) + 0.5) * columns / across / scale,
      y: origin.y + (Double(row) + 0.5) * rows / down * 2 / scale)
  }

  /// How many tiles there are.
  var tiles: (across: Double, down: Double) {
    (min(26, (columns / 4).rounded(.down)), min(26, (rows / 2).rounded(.down)))
  }

  /// No gap at a side; where the image is the smaller, whole cells are left beside it.
  private static func settled(
    _ start: Double, _ extent: Double, _ image: Double, cells: Double
  ) -> Double {
    extent >= image
      ? -((extent - image) / 2 * cells).rounded(.down) / cells
      : max(0, min(start, image - extent))
  }
}
