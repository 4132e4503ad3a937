import GroundTruth
import Mosaic
import Raster

extension State {
  /// Notes a decision for Backspace and the pace, and steps on.
  mutating func finish(
    _ kind: String, effects: [Effect], position: Int, tally: DecisionTally,
    deciding items: [ReviewItem] = []
  ) -> [Effect] {
    guard let line = subject?.line else { return effects }
    let taken = TakenDecision(
      position: position, line: line,
      historyLength: effects.isEmpty ? nil : dataset.history.position,
      selection: review?.selection)
    review?.decisions.append(taken)
    let isImage = tally.verified + tally.judged > 0
    markDecided(items, at: position, isImage: isImage)
    var effects = effects
    if let record = review?.pace.decide(kind, count: max(1, items.count), at: now) {
      effects.append(.keepPace(record))
    }
    message = .note(words(for: kind, tally))
    return effects + stepOn(from: position, isImage: isImage)
  }

  private mutating func markDecided(_ items: [ReviewItem], at position: Int, isImage: Bool) {
    guard let review else { return }
    if review.unit == .images {
      if isImage { markDone([position]) }
      return
    }
    guard items.count > 1 || review.items[safe: position] != items.first else {
      return markDone([position])
    }
    if items.isEmpty { return markDone([position]) }
    let decided = Set(items)
    let places = places(of: Set(items.map(\.line))).filter { decided.contains(review.items[$0]) }
    markDone(places.filter { review.items[$0].missed != nil || standing(at: $0) != .open })
  }

  private func standing(at place: Int) -> Standing {
    guard let review, let item = review.items[safe: place] else { return .open }
    return review.standing(of: item)
  }

  /// Goes on to what is left: the next open item, the next image, or on the image what is open.
  private mutating func stepOn(from position: Int, isImage: Bool) -> [Effect] {
    guard let review, review.unit == .images || review.left > 0 else { return [] }
    let said = message
    defer { message = said }
    if review.unit == .boxes {
      guard review.done[safe: position] == true else { return [] }
      return stepToUndecided(forward: true)
    }
    if isImage {
      guard queue.line(offset: 1) != nil else { return [] }
      return step(by: 1)
    }
    selectNextOpen()
    return []
  }

  /// Selects the next prediction of the image that asks for a decision.
  private mutating func selectNextOpen() {
    guard let shown = review?.shown else { return }
    let open = openItems(of: shown).map(\.target)
    guard let selection = review?.selection else { return }
    review?.selection = open.first { ReviewItem.Target.precedes(selection, $0) } ?? open.first
    if let rect = selectedRect { canvas.viewport = canvas.viewport?.revealing(rect.center) }
  }

  private func words(for kind: String, _ tally: DecisionTally) -> String {
    var parts: [String] = []
    if tally.accepted > 0 { parts.append("\(tally.accepted) accepted") }
    if tally.rejected > 0 { parts.append("\(tally.rejected) rejected") }
    if tally.verified > 0 { parts.append("verified") }
    if tally.judged > 0 { parts.append(kind.replacing("judge", with: "judged")) }
    if tally.contradicting > 0 {
      parts.append("\(tally.contradicting) left: against boxes that stand")
    }
    if parts.isEmpty { parts.append("\(kind)ed") }
    return parts.joined(separator: ", ") + "; \(leftText)"
  }
}

extension ReviewItem.Target {
  /// Whether one comes before another on an image.
  static func precedes(_ first: ReviewItem.Target, _ second: ReviewItem.Target) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int64 {
    switch self {
    case .box(let place): Int64(place)
    case .label(let place): 1 << 32 + Int64(place)
    case .missed(let place): 1 << 33 + Int64(place)
    }
  }
}
