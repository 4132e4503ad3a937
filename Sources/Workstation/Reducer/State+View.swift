import Cells
import Mosaic
import Raster

extension State {
  /// Fits the viewport to the image and the pane, as soon as both are known.
  mutating func updateViewport() {
    guard let line = pictureLine, let size = pictures[line]?.facts?.uprightSize else {
      canvas.viewport = nil
      return
    }
    let pane = pictureRect.size
    guard pane.area > 0 else { return }
    if let viewport = canvas.viewport, viewport.imageSize == size {
      if viewport.pane != pane { canvas.viewport = viewport.resized(to: pane) }
      return
    }
    canvas.viewport = Viewport(fitting: size, in: pane)
    canvas.crosshair = PixelPoint(x: Double(size.width) / 2, y: Double(size.height) / 2)
  }

  /// Turns the image into cells again if anything under it changed.
  mutating func updateBackdrop() {
    // Where bytes matter, what another screen wrote over comes coarse first again.
    guard !isElsewhere || frameBudget == nil, let line = pictureLine, let viewport = shownViewport,
      let slot = pictures[line], let overview = slot.overview
    else {
      canvas.backdrop = nil
      canvas.backdropKey = nil
      canvas.sharpening = nil
      return
    }
    let key = BackdropKey(
      line: line, viewport: viewport, adjustment: canvas.adjustment,
      glyphs: settings.glyphs, bandwidth: settings.bandwidth, pictureNumber: pictureNumber)
    guard key != canvas.backdropKey else { return }
    let budget = frameBudget
    let picture = shownPicture(of: slot, overview: overview, key)
    canvas.backdrop = picture.cells(
      in: viewport, with: mosaicOptions(budget: budget), over: canvas.backdrop,
      spread: settings.spread)
    canvas.backdropKey = key
    canvas.sharpening = budget == nil ? nil : Sharpening()
  }

  /// How pictures are turned into cells, in so many bytes or as well as can be.
  func mosaicOptions(budget: Int? = nil) -> MosaicOptions {
    MosaicOptions(
      screen: settings.capabilities, glyphs: settings.glyphs,
      budget: budget.map { .bytes($0) } ?? .unlimited, stream: .curses)
  }

  /// The finest picture that holds all of the view, adjusted.
  mutating func shownPicture(
    of slot: PictureSlot, overview: Picture, _ key: BackdropKey
  ) -> Picture {
    let detail = slot.detail(for: key.viewport)
    return adjusted(detail ?? overview, isDetail: detail != nil, of: overview, key)
  }

  /// A picture adjusted for the view; the last one is kept, for while the view moves over it.
  private mutating func adjusted(
    _ picture: Picture, isDetail: Bool, of overview: Picture, _ key: BackdropKey
  ) -> Picture {
    guard !key.adjustment.isIdentity else {
      canvas.adjusted = nil
      return picture
    }
    let source = AdjustedPicture.Source(
      line: key.line, isDetail: isDetail, pictureNumber: key.pictureNumber,
      adjustment: key.adjustment)
    if let kept = canvas.adjusted, kept.source == source { return kept.picture }
    let result = Picture(
      bitmap: picture.bitmap.adjusted(by: key.adjustment, asPartOf: overview.bitmap),
      region: picture.region, imageSize: picture.imageSize)
    canvas.adjusted = AdjustedPicture(source: source, picture: result)
    return result
  }

  /// The view on the screen: the magnified one while the hint grid refines.
  var shownViewport: Viewport? {
    if case .hints(let grid) = overlay { return grid.viewport }
    return canvas.viewport
  }

  /// Zooms by a factor around the crosshair, or the middle where it is not in sight.
  mutating func zoom(by factor: Double) {
    guard let viewport = canvas.viewport else { return }
    let visible = viewport.visibleRegion
    let point = canvas.crosshair
    let isVisible =
      canvas.showsCrosshair && point.x >= Double(visible.left)
      && point.x <= Double(visible.right) && point.y >= Double(visible.top)
      && point.y <= Double(visible.bottom)
    let selected = selectedRect?.center
    canvas.viewport = viewport.zoomed(
      by: factor, around: selected ?? (isVisible ? point : viewport.center))
    tellZoom()
  }

  /// Zooms so that an image pixel takes a number of columns.
  mutating func zoom(toColumnsPerPixel scale: Double) {
    guard let viewport = canvas.viewport else { return }
    let middle = selectedRect?.center
    canvas.viewport = viewport.zoomed(
      by: scale / viewport.columnsPerPixel,
      around: middle ?? (canvas.showsCrosshair ? canvas.crosshair : viewport.center))
    tellZoom()
  }

  /// Zooms to the selected box, or in where none is; back to fit where already zoomed.
  mutating func zoomToBox() {
    guard let viewport = canvas.viewport else { return }
    guard viewport.isFit else {
      canvas.viewport = Viewport(fitting: viewport.imageSize, in: viewport.pane)
      return
    }
    guard let box = selectedRect else {
      zoom(by: 4)
      return
    }
    let across = Double(viewport.pane.columns) / max(1, box.width * 1.5)
    let down = Double(viewport.pane.rows) * Viewport.cellAspect / max(1, box.height * 1.5)
    canvas.viewport = Viewport(
      showing: box.center, at: min(across, down), of: viewport.imageSize, in: viewport.pane)
    tellZoom()
  }

  /// Moves the view over the image.
  mutating func pan(columns: Double, rows: Double) {
    canvas.viewport = canvas.viewport?.panned(columns: columns, rows: rows)
  }

  mutating func cycleCaptions() {
    let all = Canvas.Captions.allCases
    canvas.captions = all[(canvas.captions.rawValue + 1) % all.count]
    message = .note("captions: \(canvas.captions.name)")
  }

  /// Changes brightness, contrast or gamma, within their ranges.
  mutating func adjust(_ change: (inout Adjustment) -> Void) {
    change(&canvas.adjustment)
    canvas.adjustment.brightness = max(-100, min(100, canvas.adjustment.brightness))
    canvas.adjustment.contrast = max(-100, min(100, canvas.adjustment.contrast))
    canvas.adjustment.gamma = max(0.1, min(10, canvas.adjustment.gamma))
    let gamma = canvas.adjustment.gamma == 1 ? "" : ", gamma \(canvas.adjustment.gamma)"
    message = .note(
      "brightness \(canvas.adjustment.brightness), contrast \(canvas.adjustment.contrast)"
        + "\(gamma) (the view only)")
  }

  private mutating func tellZoom() {
    if let viewport = canvas.viewport, viewport.columnsPerPixel >= Viewport.maximumScale {
      message = .note("as large as it gets: 32 columns a pixel")
    }
  }
}
