import Cells
import Mosaic
import Raster

/// A grid of the queue's boxes or images, as many as fit at a readable size.
///
/// The cursor is the queue's position, and the page shown is the one it is on: so all that moves in
/// the queue moves on the sheet.
struct ContactSheet: Sendable {
  /// The least sizes of a tile with its caption; what remains of the screen is shared out.
  static let tileSizes = [
    CellSize(columns: 11, rows: 5), CellSize(columns: 15, rows: 7), CellSize(columns: 19, rows: 9),
    CellSize(columns: 26, rows: 11), CellSize(columns: 39, rows: 17),
  ]

  /// Which of the sizes.
  var zoom = 1
  /// The marked places of the queue.
  var marks: Set<Int> = []
  var pictures = SheetPictures()
}

/// Where the tiles of a contact sheet are on the screen.
struct SheetLayout: Hashable, Sendable {
  let columns: Int
  let rows: Int
  /// With its caption, and without the gap to the next.
  let tile: CellSize
  private let top = 1

  init(size: CellSize, zoom: Int) {
    let least = ContactSheet.tileSizes[max(0, min(ContactSheet.tileSizes.count - 1, zoom))]
    let room = CellSize(columns: max(1, size.columns), rows: max(1, size.rows - 2))
    columns = max(1, (room.columns + 1) / (least.columns + 1))
    rows = max(1, room.rows / least.rows)
    tile = CellSize(
      columns: max(1, (room.columns + 1) / columns - 1), rows: max(2, room.rows / rows))
  }

  /// How many tiles there are on a page.
  var count: Int { columns * rows }
  /// The part of a tile that shows pixels.
  var picture: CellSize { CellSize(columns: tile.columns, rows: tile.rows - 1) }

  /// The places of the queue on the page that a place is on.
  func page(of position: Int, in total: Int) -> Range<Int> {
    let first = max(0, position) / count * count
    return min(first, total)..<min(first + count, total)
  }

  /// Where the tile of a place on its page is on the screen.
  func rect(of offset: Int) -> CellRect {
    CellRect(
      left: offset % columns * (tile.columns + 1), top: top + offset / columns * tile.rows,
      columns: tile.columns, rows: tile.rows)
  }

  /// The tile under a cell of the screen.
  func offset(at point: CellPoint) -> Int? {
    let (column, row) = (point.column / (tile.columns + 1), (point.row - top) / tile.rows)
    guard point.row >= top, column < columns, row < rows else { return nil }
    return row * columns + column
  }
}

/// What a tile shows: something on an image, or all of it.
struct SheetItem: Hashable, Sendable {
  var line: Int
  /// What of the image; `nil` for all of it.
  var target: ReviewItem.Target?
}

/// The pictures of a contact sheet: small ones of whole images, and crops turned into cells.
struct SheetPictures: Sendable {
  /// A crop as it is shown.
  struct Crop: Sendable {
    var cells: CellGrid
    /// Whether more pixels would not be seen.
    var isFine: Bool
  }

  /// What crops look like depends on it.
  struct Look: Hashable, Sendable {
    var pane: CellSize
    var glyphs: GlyphChoice
    var capabilities: ScreenCapabilities
  }

  /// The pixels of an overview, at most: a crop of a tenth of a photo comes from it.
  static let overviewTarget = PixelSize(width: 192, height: 192)
  /// How many crops are kept: at 2 kB about as many as there are on twenty pages.
  static let cropLimit = 1024
  /// How many images are remembered by their facts.
  static let factLimit = 1 << 16

  var look: Look?
  var overviews: [Int: Picture] = [:]
  var facts: [Int: ImageFacts] = [:]
  var failures: [Int: String] = [:]
  var crops: [SheetItem: Crop] = [:]
  /// What was asked for last, and what it is for; nothing for an overview.
  var asked: [PictureRequest: [SheetItem]] = [:]

  /// Lets go of what is far from the page shown.
  mutating func trim(to items: Set<SheetItem>, lines: Set<Int>) {
    overviews = overviews.filter { lines.contains($0.key) }
    failures = failures.filter { lines.contains($0.key) }
    if crops.count > Self.cropLimit { crops = crops.filter { items.contains($0.key) } }
    if facts.count > Self.factLimit { facts = facts.filter { lines.contains($0.key) } }
  }
}
