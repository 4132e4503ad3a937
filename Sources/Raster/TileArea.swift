/// A part of an image at a power-of-two reduction, in whole tiles of a fixed grid.
///
/// What is asked for in whole tiles is asked for again and again in the same words while a view
/// moves over it, so that decoded tiles can be kept and used anew.
public struct TileArea: Hashable, Sendable {
  /// The side of a tile, in reduced pixels.
  public static let side = 128

  /// The size of the whole upright image.
  public let imageSize: PixelSize
  /// How many image pixels a reduced pixel is wide and high: a power of two.
  public let reduction: Int
  /// The columns of tiles.
  public let columns: Range<Int>
  /// The rows of tiles.
  public let rows: Range<Int>

  private init(_ imageSize: PixelSize, _ reduction: Int, _ columns: Range<Int>, _ rows: Range<Int>)
  {
    self.imageSize = imageSize
    self.reduction = reduction
    self.columns = columns
    self.rows = rows
  }

  /// The tiles that a region touches, or nil where it holds no pixel of the image.
  public init?(covering region: Region, of imageSize: PixelSize, reduction: Int) {
    let inside = region.intersection(Region(imageSize))
    guard !inside.isEmpty, reduction > 0 else { return nil }
    let step = Self.side * reduction
    self.init(
      imageSize, reduction, inside.left / step..<(inside.right + step - 1) / step,
      inside.top / step..<(inside.bottom + step - 1) / step)
  }

  /// The image pixels that the tiles show; tiles at the right and lower edge are cut there.
  public var region: Region {
    let step = Self.side * reduction
    return Region(
      left: columns.lowerBound * step, top: rows.lowerBound * step, width: columns.count * step,
      height: rows.count * step
    ).intersection(Region(imageSize))
  }

  /// The reduced pixels across and down; the last ones may show a part of a pixel's width alone.
  public var pixelSize: PixelSize {
    let region = region
    return PixelSize(
      width: (region.width + reduction - 1) / reduction,
      height: (region.height + reduction - 1) / reduction)
  }

  /// Each tile as an area of its own, row by row.
  public var tiles: [TileArea] {
    rows.flatMap { row in
      columns.map { TileArea(imageSize, reduction, $0..<$0 + 1, row..<row + 1) }
    }
  }

  /// Whether another area's tiles are all among these.
  public func contains(_ other: TileArea) -> Bool {
    imageSize == other.imageSize && reduction == other.reduction
      && columns.contains(other.columns) && rows.contains(other.rows)
  }

  /// The area with so many more tiles on each side, as far as the image goes.
  public func expanded(by tiles: Int) -> TileArea {
    let step = Self.side * reduction
    func grown(_ range: Range<Int>, within extent: Int) -> Range<Int> {
      max(0, range.lowerBound - tiles)..<min((extent + step - 1) / step, range.upperBound + tiles)
    }
    return TileArea(
      imageSize, reduction, grown(columns, within: imageSize.width),
      grown(rows, within: imageSize.height))
  }

  /// The area expanded as long as it stays within a number of reduced pixels.
  public func expanded(toPixels limit: Int) -> TileArea {
    var area = self
    while true {
      let next = area.expanded(by: 1)
      if next == area || next.pixelSize.area > limit { return area }
      area = next
    }
  }

  /// The smallest area that holds all of some.
  public static func enclosing(_ areas: [TileArea]) -> TileArea? {
    guard let first = areas.first else { return nil }
    return areas.dropFirst().reduce(first) { whole, area in
      TileArea(
        whole.imageSize, whole.reduction,
        min(
          whole.columns.lowerBound, area.columns.lowerBound)..<max(
            whole.columns.upperBound, area.columns.upperBound),
        min(
          whole.rows.lowerBound, area.rows.lowerBound)..<max(
            whole.rows.upperBound, area.rows.upperBound))
    }
  }
}
