import Cells
import Mosaic
import Raster

extension State {
  /// Takes what the mouse did, by where it was done.
  mutating func point(_ event: PointerEvent) -> [Effect] {
    wasCancelled = false
    if case .press = event.action { message = progress.trouble.map { .problem($0) } }
    let layout = layout
    switch event.action {
    case .wheelUp, .wheelDown: return turnWheel(event)
    default: break
    }
    switch overlay {
    case .help, .info, .report, .picker, .prompt, .hints, .dialog:
      if case .press = event.action { overlay = nil }
      return []
    case .labels, nil: break
    }
    if isOnEvaluation { return [] }
    if isOnSheet { return pointAtSheet(event) }
    if isOnModels { return pointAtModels(event) }
    if case .labels = overlay, event.action == .press(.left),
      let slot = layout.labelSlot(at: event.position, in: self), let label = labels[safe: slot]
    {
      return toggleImageLabel(label)
    }
    if draft?.isDragging == true || canvas.pan != nil || layout.image.contains(event.position) {
      return pointAtImage(event)
    }
    guard event.action == .press(.left) else { return [] }
    if let slot = layout.labelSlot(at: event.position, in: self), let label = labels[safe: slot] {
      return settleNudge() + choose(label)
    }
    if let row = layout.reviewSlot(at: event.position, in: self) {
      let effects = settleNudge()
      select(row)
      return effects
    }
    guard let box = layout.boxSlot(at: event.position, in: self) else { return [] }
    let effects = settleNudge()
    select(box)
    return effects
  }

  /// The wheel zooms at the pointer, and scrolls what is to be read.
  private mutating func turnWheel(_ event: PointerEvent) -> [Effect] {
    let isUp = event.action == .wheelUp
    switch overlay {
    case .help(let scroll, _), .info(let scroll), .report(_, _, let scroll):
      setScroll(scroll + (isUp ? -3 : 3))
    case nil:
      if isOnEvaluation { return performInEvaluation(isUp ? .moveUp : .moveDown) ?? [] }
      if isOnSheet { return performInSheet(isUp ? .moveUp : .moveDown) ?? [] }
      if isOnModels, !isOnPicture(event.position) { return scrollModels(by: isUp ? -1 : 1) }
      guard isOnPicture(event.position), let viewport = canvas.viewport else { break }
      let cell = pictureCell(of: event.position)
      canvas.viewport = viewport.zoomed(by: isUp ? 1.25 : 0.8, around: viewport.pixel(at: cell))
    default: break
    }
    return []
  }

  mutating func pointAtImage(_ event: PointerEvent) -> [Effect] {
    guard let viewport = canvas.viewport else { return [] }
    let cell = pictureCell(of: event.position)
    let pixel = viewport.pixel(at: cell).confined(to: viewport.imageSize)
    switch event.action {
    case .press(.middle): canvas.pan = (start: cell, viewport: viewport)
    case .drag(.middle):
      guard let pan = canvas.pan else { break }
      canvas.viewport = pan.viewport.panned(
        columns: Double(pan.start.column - cell.column), rows: Double(pan.start.row - cell.row))
    case .release(.middle): canvas.pan = nil
    case .press(.left): return press(at: pixel, cell: cell, in: viewport)
    case .drag(.left): drag(to: pixel)
    case .release(.left): return release(at: pixel)
    default: break
    }
    return []
  }

  // MARK: The left button

  /// A press takes hold of the selected box, sets the corner of one being drawn, or begins one.
  private mutating func press(
    at pixel: PixelPoint, cell: CellPoint, in viewport: Viewport
  )
    -> [Effect]
  {
    let effects = settleNudge()
    if case .labels = overlay { overlay = nil }
    if var draft {
      // The second click of a click-click: the button's release sets the box.
      if draft.target == nil, draft.fixed == draft.moving, !draft.isFromPointer {
        draft.pressedAgainst = pixel.snapped
      }
      draft.move(to: pixel)
      draft.isDragging = true
      self.draft = draft
      return effects
    }
    if settings.readOnlyReason == nil, let held = grip(at: cell, pixel: pixel, in: viewport) {
      draft = held
      return effects
    }
    draft = Draft(
      fixed: pixel.snapped, moving: pixel.snapped, isFromPointer: true, isDragging: true)
    return effects
  }

  private mutating func drag(to pixel: PixelPoint) {
    guard var draft, draft.isDragging else { return }
    if let start = draft.pressedAgainst {
      // Pressed and dragged after `w`: the box is the one dragged out.
      draft.fixed = start
      draft.pressedAgainst = nil
    }
    draft.move(to: pixel)
    draft.wasDragged = true
    self.draft = draft
  }

  /// A release sets what was dragged; after a click without a drag, the next click sets it.
  private mutating func release(at pixel: PixelPoint) -> [Effect] {
    guard var draft, draft.isDragging, let viewport = canvas.viewport else { return [] }
    draft.isDragging = false
    let isSecondClick = draft.isArmed
    let hasExtent = draft.rect(in: viewport.imageSize).hasExtent
    if draft.wasDragged || isSecondClick || !draft.isFromPointer {
      guard hasExtent else {
        self.draft = nil
        return click(at: pixel)
      }
      guard settings.readOnlyReason == nil else {
        self.draft = nil
        message = settings.readOnlyReason.map { .problem($0) }
        return []
      }
      draft.wasDragged = false
      self.draft = draft
      return setDraft()
    }
    draft.isArmed = true
    self.draft = nil
    return armOrClick(draft, at: pixel)
  }

  /// A click: on a held edge it arms the move; on a box it selects; on nothing it begins a box.
  private mutating func armOrClick(_ draft: Draft, at pixel: PixelPoint) -> [Effect] {
    if draft.target != nil || draft.prediction != nil, !draft.isInside {
      self.draft = draft
      message = .note("click where it goes; Esc leaves it as it was")
      return []
    }
    let hadSelection = selectedRect != nil
    let effects = click(at: pixel)
    if selectedRect == nil, !hadSelection, settings.readOnlyReason == nil {
      self.draft = draft
      message = .note("click the opposite corner; Esc drops the box")
    }
    return effects
  }

  /// Selects the smallest box under the pointer, again the next, at last none.
  private mutating func click(at pixel: PixelPoint) -> [Effect] {
    canvas.crosshair = pixel.snapped
    if clickInReview(at: pixel) { return [] }
    guard canvas.showsBoxes, let boxes = subject?.boxes else { return [] }
    let under = boxes.indices.filter { boxes[$0].rect.contains(pixel) }
      .sorted { (boxes[$0].rect.area, $0) < (boxes[$1].rect.area, $1) }
    if let selection = canvas.selection, let place = under.firstIndex(of: selection) {
      canvas.selection = under[safe: place + 1]
    } else {
      canvas.selection = under.first
    }
    return []
  }

  /// What of the selected box is under the pointer: a corner, an edge, its middle, its inside.
  private func grip(at cell: CellPoint, pixel: PixelPoint, in viewport: Viewport) -> Draft? {
    guard canvas.showsBoxes, let box = selectedRect else { return nil }
    let topLeft = viewport.cell(of: PixelPoint(x: box.left, y: box.top))
    let bottomRight = viewport.lastCell(before: PixelPoint(x: box.right, y: box.bottom))
    let whole = box.rounded
    let (left, right) = (cell.column == topLeft.column, cell.column == bottomRight.column)
    let (top, bottom) = (cell.row == topLeft.row, cell.row == bottomRight.row)
    guard (topLeft.column...max(topLeft.column, bottomRight.column)).contains(cell.column),
      (topLeft.row...max(topLeft.row, bottomRight.row)).contains(cell.row)
    else { return nil }
    let far = PixelPoint(x: left ? whole.right : whole.left, y: top ? whole.bottom : whole.top)
    let near = PixelPoint(x: left ? whole.left : whole.right, y: top ? whole.top : whole.bottom)
    var draft = Draft(
      fixed: far, moving: near, target: canvas.selection, prediction: review?.selection?.boxPlace,
      isFromPointer: true, isDragging: true)
    switch (left || right, top || bottom) {
    case (true, true): draft.grip = .corner
    case (true, false): draft.grip = .verticalEdge
    case (false, true): draft.grip = .horizontalEdge
    case (false, false):
      draft.grip = .whole(from: pixel, original: whole)
      draft.moving = pixel
      // Only a drag, or a click on the middle, takes hold of the inside: a click selects.
      draft.isInside = cell != viewport.cell(of: box.center)
    }
    return draft
  }
}

extension Viewport {
  /// The cell of the pane that an image position is in.
  func cell(of point: PixelPoint) -> CellPoint {
    let place = position(of: point)
    return CellPoint(
      column: place.column.rounded(.down).asCell, row: place.row.rounded(.down).asCell)
  }

  /// The cell of the pane that holds what is just left of and above an image position.
  func lastCell(before point: PixelPoint) -> CellPoint {
    let place = position(of: point)
    return CellPoint(
      column: place.column.rounded(.up).asCell - 1, row: place.row.rounded(.up).asCell - 1)
  }
}

extension Double {
  /// The number of a cell; one far off any screen where a file's box is farther than that.
  fileprivate var asCell: Int { isNaN ? 0 : Int(clamped(to: -1_000_000, 1_000_000)) }
}
