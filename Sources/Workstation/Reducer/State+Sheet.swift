import Cells
import GroundTruth

extension State {
  /// Whether the contact sheet fills the screen.
  var isOnSheet: Bool { if case .sheet = screen { true } else { false } }

  /// Shows the queue as a contact sheet; from the figures, what is under the cursor there.
  mutating func openSheet() -> [Effect] {
    if case .evaluation(let now) = screen {
      guard now.focus != .threshold else { return [] }
      return openQueue(of: now, on: .sheet)
    }
    guard !isOnSheet, !queue.lines.isEmpty else { return [] }
    sheet.marks = []
    open(.sheet)
    return []
  }

  /// What a command means on the contact sheet; `nil` if what it always means.
  mutating func performInSheet(_ command: Command) -> [Effect]? {
    guard isOnSheet else { return nil }
    let layout = sheetLayout
    switch command {
    case .moveLeft, .previousBox: return moveOnSheet(by: -1)
    case .moveRight, .nextBox: return moveOnSheet(by: 1)
    case .moveUp: return moveOnSheet(by: -layout.columns)
    case .moveDown: return moveOnSheet(by: layout.columns)
    case .moveLeftFar: return moveOnSheet(by: -10)
    case .moveRightFar: return moveOnSheet(by: 10)
    case .moveUpFar, .previousImage: return turnPage(by: -1)
    case .moveDownFar, .nextImage: return turnPage(by: 1)
    case .zoomIn: zoomSheet(by: 1)
    case .zoomOut: zoomSheet(by: -1)
    case .confirm: open(.image)
    case .mark: return toggleMark()
    case .back where !sheet.marks.isEmpty: sheet.marks = []
    case .verify: return decideOnSheet(.accept, as: "accept")
    case .deleteBox: return decideOnSheet(.reject, as: "reject")
    case .acceptAll: return decideRest(.accept)
    case .deleteAllBoxes: return decideRest(.reject)
    case .changeLabel:
      guard review?.unit == .boxes else { return sayOnlyReview() }
      startPicker()
    case .back, .cancel, .commandLine, .help, .save, .repaint, .suspend, .quit, .evaluate, .undo,
      .redo, .takeBack, .filter, .cycleSort, .lowerThreshold, .raiseThreshold, .firstImage,
      .lastImage, .goToImage, .nextOpen, .previousOpen, .contactSheet,
      .models:
      return nil
    default:
      if let slot = command.labelSlot {
        guard let label = labels[safe: slot] else {
          message = .note("there is no label \(slot + 1): c finds one by typing")
          return []
        }
        return relabelOnSheet(label) ?? []
      }
      message = .note("not on this screen: Enter goes to the image")
    }
    return []
  }

  // MARK: Moving

  private mutating func moveOnSheet(by step: Int) -> [Effect] {
    guard !queue.lines.isEmpty else { return [] }
    return go(to: max(0, min(queue.lines.count - 1, queue.position + step)))
  }

  /// Shows another page, the cursor on its first tile.
  private mutating func turnPage(by step: Int) -> [Effect] {
    let first = sheetPage.lowerBound + step * sheetLayout.count
    guard queue.lines.indices.contains(first) else {
      message = .note(step > 0 ? "this is the last page" : "this is the first page")
      return []
    }
    return go(to: first)
  }

  private mutating func zoomSheet(by step: Int) {
    sheet.zoom = max(0, min(ContactSheet.tileSizes.count - 1, sheet.zoom + step))
  }

  /// Marks what is under the cursor, or takes its mark away, and moves on.
  private mutating func toggleMark() -> [Effect] {
    let place = queue.position
    if sheet.marks.remove(place) == nil { sheet.marks.insert(place) }
    let effects = moveOnSheet(by: 1)
    message = .note("\(sheet.marks.count) marked")
    return effects
  }

  /// Takes what the mouse did on the sheet: a click goes there, a click on the cursor marks.
  mutating func pointAtSheet(_ event: PointerEvent) -> [Effect] {
    guard event.action == .press(.left),
      let offset = sheetLayout.offset(at: event.position)
    else { return [] }
    let place = sheetPage.lowerBound + offset
    guard sheetPage.contains(place) else { return [] }
    if place != queue.position { return go(to: place) }
    if sheet.marks.remove(place) == nil { sheet.marks.insert(place) }
    return []
  }

  // MARK: Deciding

  /// The marked places, else the one under the cursor.
  private var chosenPlaces: [Int] {
    let marks = sheet.marks.filter { queue.lines.indices.contains($0) }.sorted()
    return marks.isEmpty ? (queue.lines.isEmpty ? [] : [queue.position]) : marks
  }

  /// Accepts or rejects what is marked, else what is under the cursor, in one step.
  private mutating func decideOnSheet(_ decision: Decision, as kind: String) -> [Effect] {
    decide(decision, on: chosenPlaces, as: kind)
  }

  /// Gives what is marked another label; `nil` where the sheet isn't shown.
  mutating func relabelOnSheet(_ label: String) -> [Effect]? {
    guard isOnSheet else { return nil }
    guard review?.unit == .boxes else { return sayOnlyReview() }
    if isUncounted(label) { return [] }
    return decide(.relabel(label), on: chosenPlaces, as: "relabel")
  }

  /// Accepts or rejects all on the page that isn't marked and not decided on, in one step.
  private mutating func decideRest(_ decision: Decision) -> [Effect] {
    let rest = sheetPage.filter { !sheet.marks.contains($0) && review?.done[safe: $0] != true }
    guard !rest.isEmpty else {
      message = .note("nothing is left to decide on this page")
      return []
    }
    let marks = sheet.marks
    let isAccepted = decision == .accept
    let effects = decide(
      decision, on: Array(rest), as: isAccepted ? "accept all" : "reject all", isOfMany: true)
    // What was left out of it is still to be decided on.
    sheet.marks = marks
    return effects
  }

  private mutating func decide(
    _ decision: Decision, on places: [Int], as kind: String, isOfMany: Bool = false
  ) -> [Effect] {
    guard let review else { return sayOnlyReview() }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    guard !review.isVerification else {
      message = .note("labels are judged one image at a time: Enter goes there")
      return []
    }
    guard review.unit == .boxes else { return decideImages(decision, on: places) }
    let items = places.compactMap { review.items[safe: $0] }
    let predicted = items.filter { $0.missed == nil }
    guard !predicted.isEmpty else {
      // What the model missed stands in the truth: there is nothing to write.
      if decision == .accept { markDone(places) }
      message = .note(
        decision == .accept ? "the truth stands; \(leftText)" : "Enter goes to the box of the truth"
      )
      sheet.marks = []
      return []
    }
    let effects =
      isOfMany && decision == .accept
      ? decideAll(predicted, as: kind, isFinal: false)
      : decide(predicted.map { ($0, decision) }, as: kind)
    if decision == .accept { markDone(places.filter { review.items[safe: $0]?.missed != nil }) }
    sheet.marks = []
    return effects
  }

  /// Verifies whole images with all that is predicted of them, or rejects all of that.
  private mutating func decideImages(_ decision: Decision, on places: [Int]) -> [Effect] {
    guard let review else { return [] }
    let lines = places.compactMap { queue.lines[safe: $0] }
    let items = lines.flatMap { line in
      let shown = ShownPredictions(
        review, line: line, facts: sheet.pictures.facts[line], boxSpace: settings.boxSpace)
      return shown.boxes.indices.filter { shown.boxes[$0].isOpen }
        .map { ReviewItem.box($0, line: line) }
        + shown.labels.indices.filter { shown.labels[$0].isOpen }
        .map { ReviewItem.label($0, line: line) }
    }
    sheet.marks = []
    guard decision == .accept else {
      guard !items.isEmpty else {
        message = .note("no prediction is left to reject here")
        return []
      }
      return decide(items.map { ($0, .reject) }, as: "reject all")
    }
    // The step is noted where the cursor is, which must be one of them.
    var effects = places.contains(queue.position) ? [] : places.first.map { go(to: $0) } ?? []
    let written = decideAll(items, as: "verify", isFinal: true, verifying: lines)
    guard !written.isEmpty else { return effects }
    effects += written
    let said = message
    markDone(places)
    var more: [Effect] = []
    if self.review?.done[safe: queue.position] == true, (self.review?.left ?? 0) > 0 {
      more = stepToUndecided(forward: true)
    }
    message = said
    return effects + more
  }

  private mutating func sayOnlyReview() -> [Effect] {
    message = .note("nothing is decided here: Enter goes to the image")
    return []
  }
}
