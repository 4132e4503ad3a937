import Cells
import Mosaic
import Raster
import TestSupport
import Testing

@Suite struct ViewportTests {
  /// Viewports of all kinds: images and panes from 1 up, at fit or zoomed and panned.
  private static func viewport(seed: UInt64) -> (Viewport, SeededGenerator) {
    var random = SeededGenerator(seed: seed)
    func extent(_ limit: Double) -> Int {
      Int(Double.random(in: 0...1, using: &random) * Double.random(in: 1...limit, using: &random))
        + 1
    }
    let image = PixelSize(width: extent(12_000), height: extent(8000))
    let pane = CellSize(columns: extent(250), rows: extent(80))
    var viewport = Viewport(fitting: image, in: pane)
    if seed % 3 != 0 {
      let center = PixelPoint(
        x: .random(in: -10...Double(image.width) + 10, using: &random),
        y: .random(in: -10...Double(image.height) + 10, using: &random))
      viewport = Viewport(
        showing: center, at: .random(in: 0.001...40, using: &random), of: image, in: pane)
    }
    return (viewport, random)
  }

  private func expectSettled(_ viewport: Viewport, _ seed: UInt64) {
    let slack = 1e-6
    for (origin, extent, image, cells) in [
      (
        viewport.origin.x, viewport.visibleWidth, Double(viewport.imageSize.width),
        viewport.columnsPerPixel
      ),
      (
        viewport.origin.y, viewport.visibleHeight, Double(viewport.imageSize.height),
        viewport.rowsPerPixel
      ),
    ] {
      if extent >= image {
        let middle = abs(origin + extent / 2 - image / 2)
        #expect(middle * cells < 1 + slack, "not centred to the cell, seed \(seed)")
        let margin = -origin * cells
        #expect(abs(margin - margin.rounded()) < slack, "not between cells, seed \(seed)")
      } else {
        #expect(origin >= 0 && origin + extent <= image * (1 + slack), "a gap, seed \(seed)")
      }
    }
    #expect(viewport.columnsPerPixel >= viewport.fitScale * (1 - slack), "seed \(seed)")
    #expect(
      viewport.columnsPerPixel <= max(viewport.fitScale, Viewport.maximumScale), "seed \(seed)")
  }

  @Test func `the image never leaves the pane`() {
    for seed in UInt64(0)..<500 {
      var (viewport, random) = Self.viewport(seed: seed)
      expectSettled(viewport, seed)
      for _ in 0..<5 {
        let point = PixelPoint(
          x: .random(in: -50...13_000, using: &random), y: .random(in: -50...9000, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: viewport = viewport.zoomed(by: .random(in: 0.1...9, using: &random), around: point)
        case 1:
          viewport = viewport.panned(
            columns: .random(in: -300...300, using: &random),
            rows: .random(in: -99...99, using: &random))
        case 2: viewport = viewport.revealing(point)
        default:
          viewport = viewport.resized(
            to: CellSize(
              columns: .random(in: 0...200, using: &random),
              rows: .random(in: 0...60, using: &random)))
        }
        expectSettled(viewport, seed)
      }
    }
  }

  @Test func `pixels and cells turn into each other and back`() {
    for seed in UInt64(0)..<500 {
      var (viewport, random) = Self.viewport(seed: seed)
      let point = PixelPoint(
        x: .random(in: 0...Double(viewport.imageSize.width), using: &random),
        y: .random(in: 0...Double(viewport.imageSize.height), using: &random))
      let back = viewport.pixel(at: viewport.position(of: point))
      #expect(abs(back.x - point.x) < 1e-6 && abs(back.y - point.y) < 1e-6, "seed \(seed)")
    }
  }

  @Test func `fit shows the whole image and touches two sides`() {
    for seed in stride(from: UInt64(0), to: 600, by: 3) {
      let (viewport, _) = Self.viewport(seed: seed)
      #expect(viewport.isFit)
      #expect(viewport.visibleRegion == Region(viewport.imageSize), "seed \(seed)")
      let across = viewport.visibleWidth / Double(viewport.imageSize.width)
      let down = viewport.visibleHeight / Double(viewport.imageSize.height)
      let isLargest = viewport.columnsPerPixel == Viewport.maximumScale
      #expect(min(across, down) > 1 - 1e-9, "seed \(seed)")
      #expect(isLargest || min(across, down) < 1 + 1e-9, "seed \(seed)")
    }
  }

  @Test func `zooming keeps the fixed point where it is, unless that would leave a gap`() {
    var kept = 0
    for seed in UInt64(0)..<500 {
      var (viewport, random) = Self.viewport(seed: seed)
      let cell = CellPosition(
        column: .random(in: 0...Double(viewport.pane.columns), using: &random),
        row: .random(in: 0...Double(viewport.pane.rows), using: &random))
      let fixed = viewport.pixel(at: cell)
      let zoomed = viewport.zoomed(by: .random(in: 1...6, using: &random), around: fixed)
      expectSettled(zoomed, seed)
      guard zoomed.visibleWidth < Double(viewport.imageSize.width),
        zoomed.visibleHeight < Double(viewport.imageSize.height),
        viewport.visibleWidth <= Double(viewport.imageSize.width),
        viewport.visibleHeight <= Double(viewport.imageSize.height)
      else { continue }
      // A view without gaps magnified around a point of its own has none either.
      let place = zoomed.position(of: fixed)
      #expect(abs(place.column - cell.column) < 1e-6, "seed \(seed)")
      #expect(abs(place.row - cell.row) < 1e-6, "seed \(seed)")
      kept += 1
    }
    #expect(kept > 100)
  }

  @Test func `resizing keeps the middle, and fit`() {
    let image = PixelSize(width: 2000, height: 1000)
    let view = Viewport(
      showing: PixelPoint(x: 900, y: 400), at: 1, of: image, in: CellSize(columns: 80, rows: 20))
    let wider = view.resized(to: CellSize(columns: 121, rows: 33))
    #expect(abs(wider.center.x - 900) < 1e-9 && abs(wider.center.y - 400) < 1e-9)
    #expect(wider.columnsPerPixel == 1)
    let fit = Viewport(fitting: image, in: CellSize(columns: 80, rows: 20))
    #expect(
      fit.resized(to: CellSize(columns: 33, rows: 40))
        == Viewport(fitting: image, in: CellSize(columns: 33, rows: 40)))
  }

  @Test func `the visible region covers every visible pixel and no more than it must`() {
    for seed in UInt64(0)..<500 {
      let (viewport, _) = Self.viewport(seed: seed)
      let region = viewport.visibleRegion
      #expect(Region(viewport.imageSize).contains(region), "seed \(seed)")
      for column in [0, viewport.pane.columns / 2, viewport.pane.columns - 1] {
        for row in [0, viewport.pane.rows / 2, viewport.pane.rows - 1] {
          let point = viewport.pixel(at: CellPoint(column: column, row: row))
          let pixel = Region(
            left: Int(point.x.rounded(.down)), top: Int(point.y.rounded(.down)), width: 1, height: 1
          )
          guard Region(viewport.imageSize).contains(pixel) else { continue }
          #expect(region.contains(pixel), "seed \(seed)")
        }
      }
      #expect(Double(region.width) <= viewport.visibleWidth + 2.001, "seed \(seed)")
      #expect(Double(region.height) <= viewport.visibleHeight + 2.001, "seed \(seed)")
    }
  }

  @Test func `cells of the letterbox lie outside the image`() {
    let viewport = Viewport(
      fitting: PixelSize(width: 10, height: 10), in: CellSize(columns: 40, rows: 10))
    #expect(viewport.columnsPerPixel == 2)
    #expect(viewport.pixel(at: CellPoint(column: 9, row: 5)).x == -0.25)
    #expect(viewport.pixel(at: CellPoint(column: 10, row: 5)) == PixelPoint(x: 0.25, y: 5.5))
    #expect(viewport.pixel(at: CellPoint(column: 29, row: 9)) == PixelPoint(x: 9.75, y: 9.5))
    #expect(viewport.pixel(at: CellPoint(column: 30, row: 9)).x == 10.25)
  }

  @Test func `revealing moves as little as it must`() {
    let view = Viewport(
      showing: PixelPoint(x: 500, y: 500), at: 1, of: PixelSize(width: 1000, height: 1000),
      in: CellSize(columns: 100, rows: 50))
    #expect(view.revealing(PixelPoint(x: 510, y: 490)) == view)
    let place = view.revealing(PixelPoint(x: 700, y: 300), margin: 3)
      .position(of: PixelPoint(x: 700, y: 300))
    #expect(abs(place.column - 97) < 1e-9 && abs(place.row - 3) < 1e-9)
    let corner = view.revealing(PixelPoint(x: 0, y: 0))
    #expect(corner.origin == PixelPoint(x: 0, y: 0))
  }

  @Test func `numbers that aren't finite and empty panes do no harm`() {
    let image = PixelSize(width: 100, height: 100)
    let view = Viewport(
      showing: PixelPoint(x: .nan, y: .infinity), at: .nan, of: image,
      in: CellSize(columns: 20, rows: 10))
    #expect(view.visibleRegion == Region(image))
    let zoomed = Viewport(
      showing: PixelPoint(x: 50, y: 50), at: 8, of: image, in: CellSize(columns: 20, rows: 10))
    #expect(Region(image).contains(zoomed.panned(columns: .nan, rows: -.infinity).visibleRegion))
    #expect(
      Region(image).contains(
        zoomed.zoomed(by: .nan, around: PixelPoint(x: .nan, y: 1)).visibleRegion))
    #expect(Viewport(fitting: image, in: CellSize(columns: 0, rows: 0)).visibleRegion.isEmpty)
    let empty = Viewport(
      fitting: PixelSize(width: 0, height: 0), in: CellSize(columns: 5, rows: 5))
    #expect(empty.visibleRegion.isEmpty)
  }

  @Test func `six to eight pixels a column are worth decoding, in eighths where they can be`() {
    func pixels(_ width: Int, _ height: Int, _ columns: Int, _ rows: Int) -> PixelSize {
      let image = PixelSize(width: width, height: height)
      return Viewport(fitting: image, in: CellSize(columns: columns, rows: rows)).usefulPixels
    }
    #expect(pixels(2_000, 1_200, 120, 36) == PixelSize(width: 750, height: 450))
    #expect(pixels(510, 306, 120, 36) == PixelSize(width: 510, height: 306))
    // An eighth is more than serves.
    #expect(pixels(12_000, 7_200, 120, 36) == PixelSize(width: 720, height: 432))
    for seed in UInt64(0)..<200 {
      let (viewport, _) = Self.viewport(seed: seed * 3)
      let size = viewport.usefulPixels
      #expect(size.width >= 1 && size.height >= 1, "seed \(seed)")
      #expect(size.width <= viewport.imageSize.width && size.height <= viewport.imageSize.height)
      let columns = viewport.columnsPerPixel * Double(viewport.imageSize.width)
      #expect(Double(size.width) <= max(1, 8 * columns + 0.5), "seed \(seed)")
    }
  }
}
