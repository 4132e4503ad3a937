import Mosaic
import Raster

extension State {
  // MARK: Moving

  /// Moves whatever the arrows move now: corner, selected box or crosshair.
  mutating func move(_ columns: Double, _ rows: Double) {
    guard let viewport = canvas.viewport else { return }
    let step = Self.step(in: viewport)
    let (dx, dy) = (columns * step.x, rows * step.y)
    if var draft {
      draft.move(
        to: PixelPoint(x: draft.moving.x + dx, y: draft.moving.y + dy)
          .confined(to: viewport.imageSize))
      self.draft = draft
      canvas.viewport = viewport.revealing(draft.moving)
      return
    }
    if nudgePrediction(dx, dy, in: viewport) { return }
    if let selection = canvas.selection, let box = shownRect(of: selection) {
      guard settings.readOnlyReason == nil else {
        message = settings.readOnlyReason.map { .problem($0) }
        return
      }
      let moved = box.moved(dx, dy, in: viewport.imageSize)
      nudge = (selection, moved)
      canvas.viewport = viewport.revealing(moved.center)
      return
    }
    canvas.showsCrosshair = true
    canvas.crosshair = PixelPoint(x: canvas.crosshair.x + dx, y: canvas.crosshair.y + dy)
      .confined(to: viewport.imageSize)
    canvas.viewport = viewport.revealing(canvas.crosshair)
  }

  /// A step of the arrows in pixels: one cell at fit, one pixel zoomed in, never less than that.
  static func step(in viewport: Viewport) -> PixelPoint {
    guard viewport.isFit else { return PixelPoint(x: 1, y: 1) }
    return PixelPoint(
      x: max(1, 1 / viewport.columnsPerPixel), y: max(1, 1 / viewport.rowsPerPixel))
  }

  /// Where a box is shown: where the keys have moved it, if they have.
  func shownRect(of box: Int) -> PixelRect? {
    if let nudge, nudge.box == box { return nudge.rect }
    guard let boxes = subject?.boxes, boxes.indices.contains(box) else { return nil }
    return boxes[box].rect
  }

  /// Makes a run of nudges one edit.
  mutating func settleNudge() -> [Effect] {
    if review?.nudge != nil { return settlePredictionNudge() }
    guard let nudge, var boxes = subject?.boxes, boxes.indices.contains(nudge.box) else {
      self.nudge = nil
      return []
    }
    self.nudge = nil
    guard boxes[nudge.box].rect != nudge.rect else { return [] }
    boxes[nudge.box].rect = nudge.rect
    return writeBoxes(boxes, summary: "move \(boxes[nudge.box].label)")
  }

  // MARK: Drawing and editing

  /// Starts a box at the crosshair; with one under way, sets it.
  mutating func drawBox() -> [Effect] {
    if draft != nil { return setDraft() }
    guard canvas.viewport != nil else {
      message = .problem("there is no picture to draw on")
      return []
    }
    canvas.selection = nil
    review?.selection = nil
    canvas.showsBoxes = true
    let start = canvas.crosshair.snapped
    draft = Draft(fixed: start, moving: start)
    message = .note("move to the opposite corner; Enter sets, a digit sets and labels, Esc drops")
    return []
  }

  /// Takes the selected box apart into corners: the bottom-right one moves first.
  mutating func editSelected() {
    if editPrediction() { return }
    guard let selection = canvas.selection, let box = shownRect(of: selection)?.rounded else {
      message = .note("select a box first: Tab, or a click on it")
      return
    }
    draft = Draft(
      fixed: PixelPoint(x: box.left, y: box.top), moving: PixelPoint(x: box.right, y: box.bottom),
      target: selection)
    message = .note("arrows move the corner, o goes to the opposite one; Enter sets, Esc drops")
  }

  mutating func changeDraft(_ change: (inout Draft) -> Void) {
    guard var draft else { return }
    change(&draft)
    self.draft = draft
    canvas.viewport = canvas.viewport?.revealing(draft.moving)
  }

  /// Sets the box being drawn or edited, with a label if one is given.
  mutating func setDraft(label: String? = nil) -> [Effect] {
    guard let draft, let viewport = canvas.viewport, var boxes = subject?.boxes else { return [] }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    let rect = draft.rect(in: viewport.imageSize)
    guard rect.hasExtent else {
      message = .note("the box has no extent yet: move the corner, or Esc to drop it")
      return []
    }
    if let prediction = draft.prediction {
      self.draft = nil
      return adjust(prediction, to: rect, label: label)
    }
    guard let name = label ?? labels[safe: nextLabel] ?? draft.target.map({ boxes[$0].label })
    else {
      // Without any label yet, the person names one; the box waits.
      startPicker()
      return []
    }
    let effects: [Effect]
    if let target = draft.target, boxes.indices.contains(target) {
      boxes[target].rect = rect
      if let label { boxes[target].label = label }
      effects = writeBoxes(boxes, summary: "change \(boxes[target].label)")
      canvas.selection = target
      lastBox = boxes[target]
    } else {
      let box = Subject.ShownBox(rect: rect, label: name, source: nil)
      effects = writeBoxes(boxes + [box], summary: "draw \(name)")
      lastBox = box
      canvas.crosshair = draft.moving
      canvas.selection = effects.isEmpty ? nil : boxes.count
    }
    self.draft = nil
    return effects
  }

  // MARK: Selecting and deleting

  /// Selects the next or previous box; beyond the last comes none.
  mutating func select(by offset: Int) {
    if selectInReview(by: offset) { return }
    guard let count = subject?.boxes.count, count > 0 else {
      message = .note("no boxes here: w draws one, t opens the image-level labels")
      return
    }
    canvas.showsBoxes = true
    let next = (canvas.selection ?? (offset > 0 ? -1 : count)) + offset
    select((next + count) % count)
  }

  /// Selects a box and brings it into view.
  mutating func select(_ box: Int) {
    canvas.selection = box
    if let rect = shownRect(of: box) {
      canvas.viewport = canvas.viewport?.revealing(rect.center)
    }
  }

  mutating func deleteSelected() -> [Effect] {
    if let effects = rejectSelected() { return effects }
    guard let selection = canvas.selection, var boxes = subject?.boxes else {
      message = .note("select a box first: Tab, or a click on it")
      return []
    }
    let label = boxes.remove(at: selection).label
    let effects = writeBoxes(boxes, summary: "delete \(label)")
    guard !effects.isEmpty else { return [] }
    canvas.selection = boxes.isEmpty ? nil : min(selection, boxes.count - 1)
    return effects
  }

  mutating func deleteAll() -> [Effect] {
    guard let count = subject?.boxes.count, count > 0 else {
      message = .note("no boxes here")
      return []
    }
    let effects = writeBoxes([], summary: "delete \(count) boxes")
    guard !effects.isEmpty else { return [] }
    canvas.selection = nil
    message = .note("\(count) boxes deleted; u brings them back")
    return effects
  }
}

extension PixelPoint {
  /// The nearest corner of pixels.
  var snapped: PixelPoint { PixelPoint(x: x.rounded(), y: y.rounded()) }

  /// The nearest point in an image.
  func confined(to image: PixelSize) -> PixelPoint {
    PixelPoint(
      x: x.clamped(to: 0, Double(image.width)), y: y.clamped(to: 0, Double(image.height)))
  }
}

extension PixelRect {
  /// The rectangle in whole pixels, moved by as much as the keys say, inside an image.
  func moved(_ dx: Double, _ dy: Double, in image: PixelSize) -> PixelRect {
    let whole = rounded
    return PixelRect(
      left: whole.left + dx.roundedAway, top: whole.top + dy.roundedAway, width: whole.width,
      height: whole.height
    ).confined(to: image)
  }
}

extension Double {
  /// Rounded to a whole number, but never to zero if it isn't.
  fileprivate var roundedAway: Double {
    self == 0 ? 0 : (abs(self) < 1 ? (self < 0 ? -1 : 1) : rounded())
  }
}

extension Array {
  /// The element at an index, if there is one.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
