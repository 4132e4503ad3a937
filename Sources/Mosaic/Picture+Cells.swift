public import Cells
public import Raster

extension Picture {
  /// The picture as a viewport shows it: a grid of the pane's size.
  ///
  /// Cells outside the picture are `.blank`; a cell that its edge crosses is coloured as far as a
  /// glyph can follow the edge, with the terminal's own background beyond. Pixels are averaged by
  /// area, and stay sharp-edged blocks where they are magnified. The same input always gives the
  /// same cells.
  ///
  /// - Parameters:
  ///   - viewport: What the pane shows of the image, in pixels of the full-size upright image.
  ///   - options: The screen's abilities, the glyphs, and what lies behind transparent pixels.
  /// - Returns: A grid of the size `viewport.pane`.
  /// - Complexity: O(bitmap pixels in the pane + cells × glyphs).
  public func cells(
    in viewport: Viewport, with options: MosaicOptions = MosaicOptions()
  )
    -> CellGrid
  {
    let glyphs = options.glyphSet
    let mosaic = Mosaicker(picture: self, viewport: viewport, glyphs: glyphs, options.ground)
    let grid = mosaic.subcells
    let price = BytePrice(lambda: options.bytePrice, stream: options.stream)
    switch options.screen.depth {
    case .truecolor where price.isPaid:
      return mosaic.cells(with: ThriftyTruecolorFit(glyphs, on: grid, price: price))
    case .truecolor: return mosaic.cells(with: TruecolorFit(masks: glyphs.masks(on: grid)))
    case .palette256, .palette16, .palette8:
      return mosaic.cells(
        with: IndexedFit(glyphs, on: grid, depth: options.screen.depth, price: price))
    case .mono:
      return mosaic.cells(with: MonoFit(glyphs, on: grid, isLight: options.isLight))
    }
  }
}

/// A picture on its way into cells.
private struct Mosaicker {
  let picture: Picture
  let viewport: Viewport
  let glyphs: GlyphSet
  let ground: MosaicOptions.Ground

  init(
    picture: Picture, viewport: Viewport, glyphs: GlyphSet, _ ground: MosaicOptions.Ground
  ) {
    self.picture = picture
    self.viewport = viewport
    self.glyphs = glyphs
    self.ground = ground
  }

  /// The raster to sample on: no finer than the picture, but where its pixels are so large that
  /// their borders run through cells.
  var subcells: SubcellGrid {
    let pixelsPerColumn =
      Double(picture.bitmap.size.width) / Double(max(1, picture.region.width))
      / viewport.columnsPerPixel
    return pixelsPerColumn > 1.5 && pixelsPerColumn < 6 ? glyphs.grids.coarse : glyphs.grids.fine
  }

  func cells(with template: some CellFit) -> CellGrid {
    var fit = template
    var grid = CellGrid(size: viewport.pane)
    let subcells = subcells
    var sampler = PictureSampler(picture, in: viewport, on: subcells)
    let edge = EdgeFit(glyphs: glyphs, on: subcells)
    var samples = [SIMD4<Float>](repeating: .zero, count: subcells.count)
    for row in sampler.down.cells {
      sampler.sampleRow(row)
      fit.beginRow(row)
      let isWholeRow = sampler.down.wholeCells.contains(row)
      for column in sampler.across.cells {
        sampler.copySamples(ofColumn: column, into: &samples)
        lay(&samples, column: column, row: row)
        if isWholeRow, sampler.across.wholeCells.contains(column) {
          grid[column, row] = samples.withUnsafeMutableBufferPointer {
            fit.cell(for: $0, at: column)
          }
        } else {
          let inside = sampler.inside(column: column, row: row)
          grid[column, row] = edge.cell(for: samples, inside: inside, at: column, with: &fit)
        }
      }
    }
    return grid
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
    switch ground {
    case .solid(let red, let green, let blue): SIMD4(Float(red), Float(green), Float(blue), 0)
    case .checker:
      (column >> 1 + row) & 1 == 0 ? SIMD4(153, 153, 153, 0) : SIMD4(102, 102, 102, 0)
    }
  }
}
