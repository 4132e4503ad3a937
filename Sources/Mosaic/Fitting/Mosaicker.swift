internal import Cells
internal import Raster
internal import Synchronization

/// A picture on its way into cells.
struct Mosaicker: Sendable {
  let picture: Picture
  let viewport: Viewport
  let options: MosaicOptions
  /// What is on the screen.
  let shown: CellGrid?
  private let glyphs: GlyphSet
  private let subcells: SubcellGrid
  private let sampler: PictureSampler

  init(picture: Picture, viewport: Viewport, options: MosaicOptions, shown: CellGrid?) {
    self.picture = picture
    self.viewport = viewport
    self.options = options
    self.shown = shown
    glyphs = options.glyphSet
    // The finest raster is for as many pixels, or for so few that their borders run through cells.
    let pixelsPerColumn =
      Double(picture.bitmap.size.width) / Double(max(1, picture.region.width))
      / viewport.columnsPerPixel
    let isReduced = pixelsPerColumn > 1.5 && pixelsPerColumn < 7.9
    subcells = isReduced ? glyphs.grids.coarse : glyphs.grids.fine
    sampler = PictureSampler(picture, in: viewport, on: subcells)
  }

  /// The rows that the picture touches.
  var rows: Range<Int> { sampler.down.cells }

  /// The whole grid, where saving a byte is worth a squared error.
  func cells(at lambda: Float, spread: Spread) -> CellGrid {
    var grid = CellGrid(size: viewport.pane)
    for (row, cells) in lines(Array(rows), at: lambda, spread: spread) {
      for (column, cell) in cells.enumerated() { grid[column, row] = cell }
    }
    return grid
  }

  /// Some rows of the grid, each with its number.
  func lines(
    _ rows: [Int], at lambda: Float, spread: Spread
  ) -> [(row: Int, cells: [Cell])] {
    let price = BytePrice(lambda: lambda, stream: options.stream)
    switch options.screen.depth {
    case .truecolor where price.isPaid:
      return lines(
        rows, with: ThriftyTruecolorFit(glyphs, on: subcells, price: price, over: shown), spread)
    case .truecolor:
      return lines(rows, with: TruecolorFit(masks: glyphs.masks(on: subcells)), spread)
    case .palette256, .palette16, .palette8:
      return lines(
        rows, with: IndexedFit(glyphs, on: subcells, depth: options.screen.depth, price: price),
        spread)
    case .mono:
      return lines(rows, with: MonoFit(glyphs, on: subcells, isLight: options.isLight), spread)
    }
  }

  /// Rows in bands, each of them by its own sampler and fit.
  private func lines(
    _ rows: [Int], with fit: some CellFit, _ spread: Spread
  ) -> [(row: Int, cells: [Cell])] {
    let bandCount = min(rows.count, 8)
    guard bandCount > 0 else { return [] }
    let bands = Mutex([[(row: Int, cells: [Cell])]](repeating: [], count: bandCount))
    spread(bandCount) { band in
      let part = rows[rows.count * band / bandCount..<rows.count * (band + 1) / bandCount]
      let lines = lines(part, with: fit)
      bands.withLock { $0[band] = lines }
    }
    return bands.withLock { $0.flatMap(\.self) }
  }

  private func lines(
    _ rows: some Collection<Int>, with template: some CellFit
  ) -> [(row: Int, cells: [Cell])] {
    var fit = template
    var sampler = sampler
    // Most pictures end between cells.
    lazy var edge = EdgeFit(glyphs: glyphs, on: subcells)
    var samples = [SIMD4<Float>](repeating: .zero, count: subcells.count)
    return rows.map { row in
      var line = [Cell](repeating: .blank, count: viewport.pane.columns)
      sampler.sampleRow(row)
      fit.beginRow(row)
      let isWholeRow = sampler.down.wholeCells.contains(row)
      for column in sampler.across.cells {
        sampler.copySamples(ofColumn: column, into: &samples)
        lay(&samples, column: column, row: row)
        if isWholeRow, sampler.across.wholeCells.contains(column) {
          line[column] = samples.withUnsafeMutableBufferPointer { fit.cell(for: $0, at: column) }
        } else {
          let inside = sampler.inside(column: column, row: row)
          line[column] = edge.cell(for: samples, inside: inside, at: column, with: &fit)
        }
      }
      return (row, line)
    }
  }

  /// Lays premultiplied samples on the ground, and clears their opacity.
  private func lay(_ samples: inout [SIMD4<Float>], column: Int, row: Int) {
    if picture.bitmap.hasAlpha {
      let color = color(ofGroundAt: column, row)
      for index in 0..<samples.count { samples[index] += color * (1 - samples[index].w / 255) }
    }
    for index in 0..<samples.count { samples[index].w = 0 }
  }

  private func color(ofGroundAt column: Int, _ row: Int) -> SIMD4<Float> {
    switch options.ground {
    case .solid(let red, let green, let blue): SIMD4(Float(red), Float(green), Float(blue), 0)
    case .checker:
      (column >> 1 + row) & 1 == 0 ? SIMD4(153, 153, 153, 0) : SIMD4(102, 102, 102, 0)
    }
  }
}
