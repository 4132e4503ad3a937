import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// Takes a picture that came, or the news that there is none.
  mutating func take(_ outcome: PictureOutcome, of request: PictureRequest) {
    var slot = pictures[request.line] ?? PictureSlot()
    switch outcome {
    case .loaded(let picture, let facts):
      if request.region == nil { slot.overview = picture } else { slot.detail = picture }
      slot.facts = facts
      slot.failure = nil
      slot.consentQuestion = nil
    case .failed(let reason): slot.failure = reason
    case .needsConsent(let question): slot.consentQuestion = question
    }
    pictures[request.line] = slot
    guard request.line == subject?.line else { return }
    pictureNumber += 1
    // Boxes in stored pixels can be turned only now that the orientation is known.
    loadSubject()
  }

  /// Agrees to the memory that a huge image takes.
  mutating func agree() -> [Effect] {
    if let line = subject?.line, pictures[line]?.consentQuestion != nil {
      pictures[line]?.hasConsent = true
    }
    return []
  }

  /// The pictures that are needed and not there, most urgent first.
  ///
  /// The image itself, its visible part when zoomed in, the next two and the previous one.
  mutating func wantedPictures() -> [PictureRequest] {
    let near = queue.neighbours
    for line in Array(pictures.keys) where !near.contains(line) { pictures[line] = nil }
    if let shown = near.first {
      for line in near where line != shown { pictures[line]?.detail = nil }
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
    let target = Self.pixels(for: layout.image.size)
    if let overview = slot.overview {
      let bitmap = overview.bitmap.size
      let image = overview.imageSize
      let isFine =
        bitmap.width >= min(image.width, target.width) * 3 / 4
        || bitmap.height >= min(image.height, target.height) * 3 / 4
      if isFine { return nil }
    }
    return PictureRequest(
      line: line, sourceRef: name, region: nil, target: target,
      allowsLargeMemory: slot.hasConsent)
  }

  /// The visible part at full fineness, with a margin, if the overview is too coarse for it.
  private func detailRequest() -> PictureRequest? {
    guard let subject, let viewport = shownViewport, let slot = pictures[subject.line],
      slot.failure == nil, let overview = slot.overview, let name = sourceRef(of: subject.line)
    else { return nil }
    let visible = viewport.visibleRegion
    guard !visible.isEmpty else { return nil }
    // Sub-pixels the screen has for an image pixel against those the overview has.
    let wantedScale = min(1, viewport.columnsPerPixel * 4)
    let overviewScale = Double(overview.bitmap.size.width) / Double(max(1, overview.region.width))
    guard wantedScale > overviewScale * 1.05 else { return nil }
    if let detail = slot.detail, detail.region.contains(visible) {
      let scale = Double(detail.bitmap.size.width) / Double(max(1, detail.region.width))
      if scale >= wantedScale * 0.95 { return nil }
    }
    let margin = (x: visible.width / 4 + 8, y: visible.height / 4 + 8)
    let region = Region(
      left: visible.left - margin.x, top: visible.top - margin.y,
      width: visible.width + 2 * margin.x, height: visible.height + 2 * margin.y
    ).intersection(Region(viewport.imageSize))
    let target = PixelSize(
      width: min(region.width, Int(Double(region.width) * viewport.columnsPerPixel * 8) + 1),
      height: min(region.height, Int(Double(region.height) * viewport.columnsPerPixel * 8) + 1))
    return PictureRequest(
      line: subject.line, sourceRef: name, region: region, target: target,
      allowsLargeMemory: slot.hasConsent)
  }

  private func sourceRef(of line: Int) -> String? {
    if line == subject?.line { return subject?.entry.sourceRef }
    return (try? Entry(line: dataset.line(at: line)))?.sourceRef
  }

  /// Pixels worth having for a pane: eight across a cell, sixteen down.
  private static func pixels(for pane: CellSize) -> PixelSize {
    PixelSize(width: max(8, pane.columns * 8), height: max(16, pane.rows * 16))
  }
}
