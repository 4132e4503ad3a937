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
  ///   - options: The screen's abilities, the glyphs, what bytes are worth, and what lies behind
  ///     transparent pixels.
  ///   - shown: What the pane shows now: where bytes matter, cells that serve are left as they are.
  ///   - spread: How the rows are divided among threads.
  /// - Returns: A grid of the size `viewport.pane`.
  /// - Complexity: O(bitmap pixels in the pane + cells × glyphs), some times as much with a budget
  ///   in bytes.
  public func cells(
    in viewport: Viewport, with options: MosaicOptions = MosaicOptions(),
    over shown: CellGrid? = nil, spread: Spread = .inOrder
  ) -> CellGrid {
    let mosaic = Mosaicker(
      picture: self, viewport: viewport, options: options,
      shown: shown.flatMap { $0.size == viewport.pane ? $0 : nil })
    switch options.budget {
    case .unlimited: return mosaic.cells(at: 0, spread: spread)
    case .price(let lambda): return mosaic.cells(at: lambda, spread: spread)
    case .bytes(let budget): return PriceSearch(mosaic, budget: budget).cells(spread: spread)
    }
  }
}
