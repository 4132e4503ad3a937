import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// Takes a picture that came, or the news that there is none.
  mutating func take(_ outcome: PictureOutcome, of request: PictureRequest) {
    var slot = pictures[request.line] ?? PictureSlot()
    switch outcome {
    case .loaded(let picture, let facts): slot.take(picture, facts, of: request)
    case .preview(let picture, let facts):
      // What is there already is as fine, or was asked for at another size.
      guard slot.overview == nil else { return }
      slot.overview = picture
      slot.isPreview = true
      slot.facts = facts
    case .coming(let progress):
      // Not a word of it once something can be seen.
      slot.progress = progress
      pictures[request.line] = slot
      return
    case .failed(let reason): slot.failure = reason
    case .needsConsent(let question): slot.consentQuestion = question
    }
    pictures[request.line] = slot
    guard request.line == pictureLine else { return }
    pictureNumber += 1
    // Boxes in stored pixels can be turned only now that the orientation is known.
    loadSubject()
  }

  /// Forgets which pictures could not be had, so that they are asked for again.
  mutating func retryPictures() {
    for line in Array(pictures.keys) { pictures[line]?.failure = nil }
  }

  /// Agrees to the memory that a huge image takes.
  mutating func agree() -> [Effect] {
    if let line = pictureLine, pictures[line]?.consentQuestion != nil {
      pictures[line]?.hasConsent = true
    }
    return []
  }

  /// The pictures that are needed and not there, most urgent first.
  ///
  /// The image itself, its visible part when zoomed in, the next two and the previous one.
  mutating func wantedPictures() -> [PictureRequest] {
    if isOnSheet { return wantedForSheet() }
    let near = isOnFile ? [Models.fileLine] : queue.neighbours
    for line in Array(pictures.keys) where !near.contains(line) { pictures[line] = nil }
    if let shown = near.first {
      for line in near where line != shown { pictures[line]?.dropDetail() }
    }
    var requests = near.compactMap(overviewRequest)
    if let detail = detailRequest() {
      // Before the neighbours, after the image itself.
      requests.insert(detail, at: requests.first?.line == detail.line ? 1 : 0)
    }
    return requests
  }

  private func overviewRequest(_ line: Int) -> PictureRequest? {
    let slot = pictures[line] ?? PictureSlot()
    let isRefused = slot.consentQuestion != nil && !slot.hasConsent
    guard slot.failure == nil, !isRefused, let name = sourceRef(of: line) else { return nil }
    let target = Self.pixels(for: pictureRect.size)
    if let overview = slot.overview, !slot.isPreview {
      let bitmap = overview.bitmap.size
      let image = overview.imageSize
      let isFine =
        bitmap.width >= min(image.width, target.width) * 3 / 4
        || bitmap.height >= min(image.height, target.height) * 3 / 4
      if isFine { return nil }
    }
    return PictureRequest(
      line: line, sourceRef: name, area: nil, target: target,
      allowsLargeMemory: slot.hasConsent)
  }

  /// The visible part at full fineness, with tiles about it, if the overview is too coarse for it.
  ///
  /// It is asked for in whole tiles, and before the view reaches the end of what is there: so the
  /// request stays the same over many steps of a pan, and what it brings is there in time.
  private func detailRequest() -> PictureRequest? {
    guard let line = pictureLine, let viewport = shownViewport, let slot = pictures[line],
      slot.failure == nil, let overview = slot.overview, let name = sourceRef(of: line)
    else { return nil }
    // Sub-pixels the screen has for an image pixel against those the overview has.
    let wantedScale = min(1, viewport.columnsPerPixel * 4)
    let overviewScale = Double(overview.bitmap.size.width) / Double(max(1, overview.region.width))
    guard wantedScale > overviewScale * 1.05 else { return nil }
    var reduction = 1
    while 1 / Double(2 * reduction) >= wantedScale { reduction *= 2 }
    let visible = viewport.visibleRegion
    let margin = TileArea.side * reduction / 2
    let soon = Region(
      left: visible.left - margin, top: visible.top - margin,
      width: visible.width + 2 * margin, height: visible.height + 2 * margin
    ).intersection(Region(viewport.imageSize))
    if let area = slot.detailArea, area.reduction <= reduction, area.region.contains(soon) {
      return nil
    }
    guard
      let area = TileArea(covering: visible, of: viewport.imageSize, reduction: reduction)?
        .expanded(by: 1)
    else { return nil }
    return PictureRequest(
      line: line, sourceRef: name, area: area, target: area.pixelSize,
      allowsLargeMemory: slot.hasConsent)
  }

  func sourceRef(of line: Int) -> String? {
    if line == Models.fileLine { return models.file }
    if line == subject?.line { return subject?.entry.sourceRef }
    return (try? Entry(line: dataset.line(at: line)))?.sourceRef
  }

  /// Pixels worth having for a pane: eight across a cell, sixteen down.
  private static func pixels(for pane: CellSize) -> PixelSize {
    PixelSize(width: max(8, pane.columns * 8), height: max(16, pane.rows * 16))
  }
}

extension PictureSlot {
  /// Takes a picture that was asked for.
  fileprivate mutating func take(
    _ picture: Picture, _ facts: ImageFacts, of request: PictureRequest
  ) {
    failure = nil
    consentQuestion = nil
    if request.area == nil {
      overview = picture
      isPreview = false
      self.facts = facts
    } else {
      detail = picture
      detailArea = request.area
      // A part knows less of what is wrong with the file than the whole.
      self.facts = self.facts ?? facts
    }
  }

  /// Lets go of the finer part.
  mutating func dropDetail() {
    detail = nil
    detailArea = nil
  }
}
