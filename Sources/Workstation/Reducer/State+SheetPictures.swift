import Cells
import GroundTruth
import Mosaic
import Raster

extension State {
  /// The item at a place of the queue.
  func sheetItem(at place: Int) -> SheetItem? {
    if review?.unit == .boxes {
      return review?.items[safe: place].map { SheetItem(line: $0.line, target: $0.target) }
    }
    return queue.lines[safe: place].map { SheetItem(line: $0) }
  }

  /// How the sheet is laid out on the screen.
  var sheetLayout: SheetLayout { SheetLayout(size: size, zoom: sheet.zoom) }

  /// The places of the page shown.
  var sheetPage: Range<Int> { sheetLayout.page(of: queue.position, in: queue.lines.count) }

  /// The pictures that the page shown needs, then those of the next and of the one before.
  mutating func wantedForSheet() -> [PictureRequest] {
    let items = itemsAround(sheetPage)
    sheet.pictures.trim(to: Set(items), lines: Set(items.map(\.line)))
    var requests: [PictureRequest] = []
    var asked: [PictureRequest: [SheetItem]] = [:]
    var sources: [Int: String] = [:]
    var overviewed: Set<Int> = []
    for item in items {
      guard sheet.pictures.failures[item.line] == nil,
        sheet.pictures.crops[item]?.isFine != true
      else { continue }
      let hasOverview = sheet.pictures.overviews[item.line] != nil
      if !hasOverview, !overviewed.insert(item.line).inserted { continue }
      guard let source = sources[item.line] ?? sheetSource(of: item.line) else { continue }
      sources[item.line] = source
      guard
        let request =
          hasOverview
          ? cropRequest(for: item, source) : overviewRequest(for: item.line, source)
      else { continue }
      if asked[request] == nil { requests.append(request) }
      asked[request, default: []] += hasOverview ? [item] : []
    }
    sheet.pictures.asked = asked
    return requests
  }

  /// What the page shows, the next and the one before: the most urgent first.
  private func itemsAround(_ page: Range<Int>) -> [SheetItem] {
    let count = sheetLayout.count
    let next = page.upperBound..<min(page.upperBound + count, queue.lines.count)
    let before = max(0, page.lowerBound - count)..<page.lowerBound
    return [page, next, before].flatMap { $0.compactMap { sheetItem(at: $0) } }
  }

  private func sheetSource(of line: Int) -> String? {
    (try? Entry(line: dataset.line(at: line)))?.sourceRef
  }

  private func overviewRequest(for line: Int, _ source: String) -> PictureRequest {
    PictureRequest(
      line: line, sourceRef: source, area: nil, target: SheetPictures.overviewTarget,
      allowsLargeMemory: false)
  }

  /// The part about a box, as fine as it is seen.
  private func cropRequest(for item: SheetItem, _ source: String) -> PictureRequest? {
    guard let viewport = sheetViewport(for: item),
      let area = TileArea(
        covering: viewport.visibleRegion, of: viewport.imageSize,
        reduction: Self.reduction(for: viewport))
    else { return nil }
    return PictureRequest(
      line: item.line, sourceRef: source, area: area, target: area.pixelSize,
      allowsLargeMemory: false)
  }

  /// Pixels that a column shows: half blocks and quadrants show two.
  private static func wantedScale(for viewport: Viewport) -> Double {
    min(1, viewport.columnsPerPixel * 2)
  }

  private static func reduction(for viewport: Viewport) -> Int {
    var reduction = 1
    while 1 / Double(2 * reduction) >= wantedScale(for: viewport) { reduction *= 2 }
    return reduction
  }

  // MARK: Crops

  /// What a tile shows of its image: the box with something of what is about it.
  private func sheetViewport(for item: SheetItem) -> Viewport? {
    guard let facts = sheet.pictures.facts[item.line] else { return nil }
    let pane = sheetLayout.picture
    guard let rect = sheetRect(of: item, facts), rect.width > 0, rect.height > 0 else {
      return Viewport(fitting: facts.uprightSize, in: pane)
    }
    let across = Double(pane.columns) / (rect.width * 1.35)
    let down = Double(pane.rows) * Viewport.cellAspect / (rect.height * 1.35)
    return Viewport(
      showing: rect.center, at: min(across, down), of: facts.uprightSize, in: pane)
  }

  /// Where the box of an item is on its image as seen; `nil` for a whole image.
  private func sheetRect(of item: SheetItem, _ facts: ImageFacts) -> PixelRect? {
    guard let review else { return nil }
    var rect: PixelRect
    switch item.target {
    case .box(let place):
      let range = review.predictions.boxRange(at: item.line)
      guard let box = review.predictions.boxes[safe: range.lowerBound + Int(place)] else {
        return nil
      }
      rect = PixelRect(left: box.left, top: box.top, width: box.width, height: box.height)
    case .missed(let place):
      let entry = try? Entry(line: dataset.line(at: item.line))
      guard let box = entry?.boxSet(review.attribute)?.boxes[safe: Int(place)] else { return nil }
      rect = PixelRect(left: box.left, top: box.top, width: box.width, height: box.height)
    case .label, nil: return nil
    }
    if settings.boxSpace == .stored {
      rect = facts.orientation.upright(rect, ofStored: facts.storedSize)
    }
    return rect
  }

  /// Takes a picture that the sheet asked for; `false` if it did not.
  mutating func takeForSheet(_ outcome: PictureOutcome, of request: PictureRequest) -> Bool {
    guard let items = sheet.pictures.asked[request] else {
      // Of a page left behind; only the image itself may still be of use.
      return isOnSheet && request.line != subject?.line
    }
    switch outcome {
    case .loaded(let picture, let facts):
      sheet.pictures.facts[request.line] = facts
      if request.area == nil {
        sheet.pictures.overviews[request.line] = picture
        for item in itemsAround(sheetPage) where item.line == request.line { drawCrop(item) }
      } else {
        for item in items { drawCrop(item, from: picture) }
      }
    case .preview, .coming: break
    case .failed(let reason): sheet.pictures.failures[request.line] = reason
    case .needsConsent: sheet.pictures.failures[request.line] = "large: Enter opens it"
    }
    return true
  }

  /// Draws what the page shows and has no cells for yet, as when tiles change their size.
  mutating func updateSheet() {
    guard isOnSheet else { return }
    let look = SheetPictures.Look(
      pane: sheetLayout.picture, glyphs: settings.glyphs, capabilities: settings.capabilities)
    if look != sheet.pictures.look {
      sheet.pictures.look = look
      sheet.pictures.crops = [:]
    }
    for place in sheetPage {
      guard let item = sheetItem(at: place), sheet.pictures.crops[item] == nil else { continue }
      drawCrop(item)
    }
  }

  /// Turns an item's part of a picture into cells, its outline over them.
  private mutating func drawCrop(_ item: SheetItem, from detail: Picture? = nil) {
    guard let facts = sheet.pictures.facts[item.line], let viewport = sheetViewport(for: item),
      let picture = detail ?? sheet.pictures.overviews[item.line]
    else { return }
    if detail == nil, sheet.pictures.crops[item]?.isFine == true { return }
    let budget = frameBudget.map { max(200, $0 / max(1, sheetPage.count)) }
    var cells = picture.cells(in: viewport, with: mosaicOptions(budget: budget))
    if let rect = sheetRect(of: item, facts) {
      drawing(in: viewport).outline(
        rect, place: place(of: sheetLabel(of: item)), emphasis: .none, on: &cells)
    }
    let scale = Double(picture.bitmap.size.width) / Double(max(1, picture.region.width))
    let isFine = detail != nil || scale * 1.3 >= Self.wantedScale(for: viewport)
    sheet.pictures.crops[item] = SheetPictures.Crop(cells: cells, isFine: isFine)
  }

  /// The label of an item; of a whole image none.
  func sheetLabel(of item: SheetItem) -> String {
    guard let review else { return "" }
    switch item.target {
    case .box(let place):
      let start = review.predictions.boxRange(at: item.line).lowerBound
      return review.predictions.boxes[safe: start + Int(place)].map { review.name($0.label) } ?? ""
    case .label(let place):
      let start = review.predictions.labelRange(at: item.line).lowerBound
      return review.predictions.imageLabels[safe: start + Int(place)].map { review.name($0.label) }
        ?? ""
    case .missed(let place):
      let entry = try? Entry(line: dataset.line(at: item.line))
      return entry?.boxSet(review.attribute)?.boxes[safe: Int(place)]?.label ?? ""
    case nil: return ""
    }
  }
}
