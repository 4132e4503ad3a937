public import Cells
public import Raster

/// Which part of an image a pane shows, and how large.
///
/// The one place that turns pixels into cells and back: what draws an image and what finds the
/// pixel under the pointer use the same viewport, so they cannot disagree. A cell is taken to be
/// twice as high as wide.
public struct Viewport: Hashable, Sendable {
  /// A cell's height over its width.
  public static let cellAspect = 2.0
  /// The largest magnification: cells per image pixel, across.
  public static let maximumScale = 32.0

  /// The size of the upright image.
  public let imageSize: PixelSize
  /// The size of the pane.
  public let pane: CellSize
  /// How many columns an image pixel takes across; below 1 where a column shows several pixels.
  public private(set) var columnsPerPixel: Double
  /// The image position, in pixels, at the pane's top-left corner; negative in the letterbox.
  public private(set) var origin: PixelPoint

  /// The viewport that shows all of an image, centred.
  ///
  /// An image smaller than the pane is enlarged, by at most `maximumScale`.
  public init(fitting imageSize: PixelSize, in pane: CellSize) {
    self.imageSize = imageSize
    self.pane = pane
    columnsPerPixel = Self.fitScale(of: imageSize, in: pane)
    origin = PixelPoint(x: 0, y: 0)
    settle()
  }

  /// A viewport at a scale, with an image position in the middle of the pane where it can be.
  public init(
    showing center: PixelPoint, at columnsPerPixel: Double, of imageSize: PixelSize,
    in pane: CellSize
  ) {
    self.imageSize = imageSize
    self.pane = pane
    let fit = Self.fitScale(of: imageSize, in: pane)
    self.columnsPerPixel = max(fit, min(columnsPerPixel, max(fit, Self.maximumScale)))
    origin = PixelPoint(x: 0, y: 0)
    origin = PixelPoint(x: center.x - visibleWidth / 2, y: center.y - visibleHeight / 2)
    settle()
  }

  /// The scale at which the whole image just fits.
  public var fitScale: Double { Self.fitScale(of: imageSize, in: pane) }
  /// Whether the whole image is shown as large as it fits.
  public var isFit: Bool { columnsPerPixel <= fitScale * 1.0001 }
  /// Rows that an image pixel takes.
  public var rowsPerPixel: Double { columnsPerPixel / Self.cellAspect }
  /// Image pixels across the pane, the letterbox included.
  public var visibleWidth: Double { Double(pane.columns) / columnsPerPixel }
  /// Image pixels down the pane, the letterbox included.
  public var visibleHeight: Double { Double(pane.rows) / rowsPerPixel }
  /// The image position in the middle of the pane.
  public var center: PixelPoint {
    PixelPoint(x: origin.x + visibleWidth / 2, y: origin.y + visibleHeight / 2)
  }

  /// The whole pixels of the image that are at least partly visible.
  public var visibleRegion: Region {
    let left = Int(origin.x.rounded(.down))
    let top = Int(origin.y.rounded(.down))
    let right = Int((origin.x + visibleWidth).rounded(.up))
    let bottom = Int((origin.y + visibleHeight).rounded(.up))
    return Region(left: left, top: top, width: right - left, height: bottom - top)
      .intersection(Region(imageSize))
  }

  /// As many pixels of the whole image as are worth decoding for the pane.
  ///
  /// Six to a column; up to eight at a size in eighths, at which a JPEG decoder gives them without
  /// another average.
  public var usefulPixels: PixelSize {
    let shown = columnsPerPixel * Double(imageSize.width)
    func scaled(_ extent: Int, _ eighths: Int) -> Int { (extent * eighths + 7) / 8 }
    let eighths = (1..<8).first { Double(scaled(imageSize.width, $0)) >= 6 * shown } ?? 8
    let most = Int((8 * shown).rounded())
    let size = PixelSize(
      width: scaled(imageSize.width, eighths), height: scaled(imageSize.height, eighths))
    guard size.width > most else { return size }
    let least = PixelSize(
      width: max(1, Int((6 * shown).rounded(.up))), height: max(1, imageSize.height))
    return imageSize.fitted(within: least)
  }

  /// Where an image position is in the pane.
  public func position(of point: PixelPoint) -> CellPosition {
    CellPosition(
      column: (point.x - origin.x) * columnsPerPixel, row: (point.y - origin.y) * rowsPerPixel)
  }

  /// The image position at a place in the pane; outside the image in the letterbox.
  public func pixel(at position: CellPosition) -> PixelPoint {
    PixelPoint(
      x: origin.x + position.column / columnsPerPixel, y: origin.y + position.row / rowsPerPixel)
  }

  /// The image position in the middle of a cell of the pane.
  public func pixel(at cell: CellPoint) -> PixelPoint {
    pixel(at: CellPosition(column: Double(cell.column) + 0.5, row: Double(cell.row) + 0.5))
  }

  /// The viewport magnified by a factor, keeping an image position where it is in the pane.
  public func zoomed(by factor: Double, around fixed: PixelPoint) -> Viewport {
    var result = self
    let limit = max(fitScale, Self.maximumScale)
    result.columnsPerPixel = max(fitScale, min(columnsPerPixel * factor, limit))
    let place = position(of: fixed)
    result.origin = PixelPoint(
      x: fixed.x - place.column / result.columnsPerPixel,
      y: fixed.y - place.row / result.rowsPerPixel)
    result.settle()
    return result
  }

  /// The viewport moved over the image by cells; positive values show what is right and below.
  public func panned(columns: Double, rows: Double) -> Viewport {
    var result = self
    result.origin.x += columns / columnsPerPixel
    result.origin.y += rows / rowsPerPixel
    result.settle()
    return result
  }

  /// The viewport moved as little as needed for an image position to be `margin` cells inside.
  public func revealing(_ point: PixelPoint, margin: Double = 2) -> Viewport {
    let place = position(of: point)
    let edge = min(margin, Double(min(pane.columns, pane.rows)) / 4)
    func shift(_ value: Double, _ extent: Double) -> Double {
      if value < edge { return value - edge }
      if value > extent - edge { return value - (extent - edge) }
      return 0
    }
    return panned(
      columns: shift(place.column, Double(pane.columns)),
      rows: shift(place.row, Double(pane.rows)))
  }

  /// The same middle and scale in a pane of another size; fit stays fit.
  public func resized(to pane: CellSize) -> Viewport {
    isFit
      ? Viewport(fitting: imageSize, in: pane)
      : Viewport(showing: center, at: columnsPerPixel, of: imageSize, in: pane)
  }

  private static func fitScale(of image: PixelSize, in pane: CellSize) -> Double {
    guard image.width > 0, image.height > 0 else { return 1 }
    let across = Double(max(1, pane.columns)) / Double(image.width)
    let down = Double(max(1, pane.rows)) * cellAspect / Double(image.height)
    return min(across, down, maximumScale)
  }

  /// Keeps the image in the pane: centred along a side that fits, to the cell, so that its left
  /// and top edges lie between cells; without a gap along a side that doesn't fit.
  private mutating func settle() {
    origin.x = Self.settled(
      origin.x, extent: visibleWidth, image: Double(imageSize.width), cells: columnsPerPixel)
    origin.y = Self.settled(
      origin.y, extent: visibleHeight, image: Double(imageSize.height), cells: rowsPerPixel)
  }

  private static func settled(
    _ start: Double, extent: Double, image: Double, cells cellsPerPixel: Double
  ) -> Double {
    if extent >= image {
      let margin = ((extent - image) / 2 * cellsPerPixel).rounded(.down)
      return -margin / cellsPerPixel
    }
    if start.isNaN { return 0 }
    return max(0, min(start, image - extent))
  }
}
