import Evaluation
public import GroundTruth
import Mosaic
import Raster

extension State {
  /// Begins a review of predictions; all lines must be counted.
  ///
  /// - Parameter options: What is reviewed, and in which order.
  /// - Throws: `QueryError` for a filter that can't be read.
  /// - Complexity: O(bytes + *n* log *n*) in the predictions.
  public mutating func startReview(_ options: ReviewOptions) throws(QueryError) {
    let query = try Query(options.filter.trimmingSpaces)
    var review = Review(options.predictions, of: dataset, attribute: settings.attribute)
    review.setThreshold(hundredths: Int((options.threshold * 100).rounded()))
    review.unit = options.unit ?? options.order.unit
    review.seed = options.seed
    review.lastRun = options.lastRun
    review.pace.before = options.pace
    self.review = review
    // Another model's predictions are not to be written over by one that still looks.
    live.isOn = false
    live.answered = []
    queue.order = options.order
    for label in options.predictions.labels where !labels.contains(label) { labels.append(label) }
    queue.filterText = options.filter.trimmingSpaces
    queue.position = 0
    fillReviewQueue(query)
    loadSubject()
    focusOnItem()
    greet()
  }

  private mutating func greet() {
    guard let review else { return }
    if review.predictions.isEmpty {
      message = .problem("there are no predictions in “\(review.predictions.name)”")
    } else if queue.lines.isEmpty {
      message = .note("nothing here asks for a decision: / and [ change what is shown")
    }
  }

  // MARK: The queue

  /// Makes the queue anew from its filter and order, and stays where it was as far as it can.
  mutating func rebuildReviewQueue() {
    guard let review else { return }
    let line = queue.current
    let ahead = review.items.dropFirst(queue.position).prefix(256)
    guard let query = try? Query(queue.filterText) else { return }
    fillReviewQueue(query)
    queue.position = place(ofFirst: ahead) ?? line.flatMap { queue.position(of: $0) } ?? 0
    if queue.current != line {
      draft = nil
      canvas.selection = nil
      canvas.viewport = nil
    }
    loadSubject()
    focusOnItem()
  }

  /// Where the first of some items is that is in the queue still.
  private func place(ofFirst items: ArraySlice<ReviewItem>) -> Int? {
    let ranks = Dictionary(
      items.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var best: (rank: Int, place: Int)?
    for (place, item) in (review?.items ?? []).enumerated() {
      guard let rank = ranks[item], rank < best?.rank ?? .max else { continue }
      best = (rank, place)
      if rank == 0 { break }
    }
    return best?.place
  }

  private mutating func fillReviewQueue(_ query: Query) {
    guard var review else { return }
    sheet.marks = []
    let filter = ReviewFilter(query, unit: review.unit)
    let lines = orderedLines(filter)
    let found = ReviewQueue(review, dataset, filter: filter, order: queue.order)
    if review.unit == .boxes, let cell = review.cell {
      review.items = review.items(in: cell, of: dataset, order: queue.order)
      queue.lines = review.items.map(\.line)
      review.done = Array(repeating: false, count: review.items.count)
    } else if review.unit == .boxes {
      review.items = found.items(on: lines)
      queue.lines = review.items.map(\.line)
      review.done = Array(repeating: false, count: review.items.count)
    } else {
      review.items = []
      queue.lines = found.images(among: lines)
      review.done = queue.lines.map { line in
        survey.summaries[line].state.contains(.verified) && !review.hasOpenPredictions(at: line)
      }
    }
    review.hasSettledItems = filter.wantsAgreed || review.cell != nil
    review.left = review.done.count { !$0 }
    self.review = review
  }

  /// The lines that the filter's terms about images let through, in the order of the images.
  private func orderedLines(_ filter: ReviewFilter) -> [Int] {
    let query = Query(terms: filter.imageTerms)
    let lines =
      query.terms.isEmpty
      ? workableLines : (try? query.lines(of: dataset, countedBy: survey)) ?? []
    return queue.order.needsPredictions || queue.order == .random ? lines : sorted(lines)
  }

  /// Filters the queue of a review.
  mutating func applyReviewFilter(_ text: String, _ query: Query) {
    let old = queue.filterText
    queue.filterText = text
    review?.cell = nil
    rebuildReviewQueue()
    guard queue.lines.isEmpty else {
      message = .note("\(queueCount) \(text.isEmpty ? "in all" : "match; Esc shows all again")")
      return
    }
    guard text != old else { return }
    queue.filterText = old
    rebuildReviewQueue()
    message = .problem("nothing matches “\(text)”; the queue stays as it was")
  }

  /// Puts the queue of a review in an order.
  mutating func setReviewOrder(_ order: Queue.Order) {
    queue.order = order
    rebuildReviewQueue()
    message = .note("order: \(order.explanation)")
  }

  /// Changes what the queue is made of.
  mutating func setUnit(_ unit: ReviewUnit) {
    guard review != nil else {
      message = .problem("there are no predictions here: reticle review opens a manifest with some")
      return
    }
    review?.unit = unit
    rebuildReviewQueue()
    message = .note("a queue of \(queueCount)")
  }

  /// Moves the threshold by some hundredths.
  mutating func moveThreshold(by hundredths: Int) {
    guard let old = review?.hundredths else { return sayNoPredictions() }
    review?.setThreshold(hundredths: old + hundredths)
    rebuildReviewQueue()
    message = .note("threshold \(self.review?.thresholdText ?? ""): \(queueCount)")
  }

  mutating func sayNoPredictions() {
    message = .problem("there are no predictions here: reticle review opens a manifest with some")
  }

  /// What a place of the queue is.
  var queueNoun: String { review?.unit == .boxes ? "box" : "image" }

  /// How much there is in the queue, in words.
  var queueCount: String {
    let count = queue.lines.count
    let plural = review?.unit == .boxes ? "boxes" : "images"
    return "\(count) \(count == 1 ? queueNoun : plural)"
  }

  // MARK: Where it is

  /// Reads the predictions of the image being worked on as they are to be shown.
  mutating func showPredictions() {
    guard let review, let subject, subject.line < review.board.scores.count else { return }
    self.subject?.imageLabels = subject.entry.truthImageLabels
    self.review?.shown = ShownPredictions(
      review, line: subject.line, facts: pictures[subject.line]?.facts,
      boxSpace: settings.boxSpace)
  }

  /// Selects what a queue of boxes is at.
  mutating func focusOnItem() {
    guard let review else { return }
    self.review?.selection = nil
    self.review?.nudge = nil
    guard review.unit == .boxes, let item = review.items[safe: queue.position] else { return }
    if let missed = item.missed {
      canvas.selection = missed < (subject?.boxes.count ?? 0) ? missed : nil
    } else {
      canvas.selection = nil
      self.review?.selection = item.target
    }
    if let rect = selectedRect { canvas.viewport = canvas.viewport?.revealing(rect.center) }
  }

  /// Shows the nearest place of the queue that isn't decided on.
  mutating func stepToUndecided(forward: Bool) -> [Effect] {
    guard let done = review?.done, !done.isEmpty else { return [] }
    let here = queue.position
    let place =
      forward
      ? done[min(here + 1, done.count)...].firstIndex(of: false)
        ?? done[...here].firstIndex(of: false)
      : done[..<here].lastIndex(of: false) ?? done[here...].lastIndex(of: false)
    guard let place else {
      message = .note("nothing is left to decide in this queue of \(queueCount)")
      return []
    }
    return go(to: place)
  }

  /// Notes that places of the queue are decided on.
  mutating func markDone(_ places: [Int]) {
    guard var review else { return }
    for place in places where review.done.indices.contains(place) && !review.done[place] {
      review.done[place] = true
      review.left -= 1
    }
    self.review = review
  }

  /// Looks again at what is decided on some lines, after undo or redo.
  mutating func reopen(_ lines: Set<Int>) {
    guard var review else { return }
    for place in places(of: lines) {
      let isDone = !review.hasSettledItems && isDecided(at: place, in: review)
      if review.done[safe: place] == !isDone {
        review.done[place] = isDone
        review.left += isDone ? -1 : 1
      }
    }
    self.review = review
  }

  /// The places of the queue that show some lines.
  func places(of lines: Set<Int>) -> [Int] {
    guard lines.count == 1, let line = lines.first else {
      return queue.lines.indices.filter { lines.contains(queue.lines[$0]) }
    }
    return queue.lines.indices.filter { queue.lines[$0] == line }
  }

  /// Keeps the missed truths of the queue on their boxes after a line's boxes changed.
  mutating func followMissed(_ line: Int, from old: [UInt8]) {
    guard let review, review.unit == .boxes else { return }
    let places = places(of: [line]).filter { review.items[$0].missed != nil }
    guard !places.isEmpty else { return }
    func boxes(_ bytes: [UInt8]) -> [Box] {
      (try? Entry(line: bytes))?.boxSet(review.attribute)?.boxes ?? []
    }
    let (before, after) = (boxes(old), boxes(dataset.line(at: line)))
    for place in places {
      guard let missed = review.items[place].missed else { continue }
      let found: Int?
      if let box = before[safe: missed] {
        // One that was changed is where it was.
        found =
          after.firstIndex { box.isSame(as: $0) }
          ?? (before.count == after.count ? missed : nil)
      } else {
        // It was deleted; now it may be back.
        found =
          after.count > before.count
          ? after.firstIndex { new in !before.contains { $0.isSame(as: new) } } : nil
      }
      self.review?.items[place] = .missed(found ?? Int(Int32.max), line: line)
    }
  }

  private func isDecided(at place: Int, in review: Review) -> Bool {
    let line = queue.lines[place]
    guard review.unit == .boxes, let item = review.items[safe: place] else {
      return survey.summaries[line].state.contains(.verified)
        && !review.hasOpenPredictions(at: line)
    }
    return review.standing(of: item) != .open
  }
}

extension Box {
  /// Whether it is the same box, wherever it stands in its attribute.
  fileprivate func isSame(as other: Box) -> Bool {
    label == other.label && left == other.left && top == other.top && width == other.width
      && height == other.height
  }
}

extension Review {
  /// Whether predictions of a line ask for a decision.
  func hasOpenPredictions(at line: Int) -> Bool {
    let match = fullMatch(at: line)
    for (place, box) in predictions.boxes(at: line).enumerated() where box.confidence >= threshold {
      if standing(ofBox: place, at: line, in: match) == .open { return true }
    }
    guard let labelMatch = labelMatch(at: line) else { return false }
    return predictions.imageLabels(at: line).enumerated().contains { place, label in
      label.confidence >= threshold
        && standing(ofLabel: place, at: line, in: labelMatch) == .open
    }
  }

  /// How far what an item is about is settled; a missed truth never is.
  func standing(of item: ReviewItem) -> Standing {
    if let place = item.box {
      return standing(ofBox: place, at: item.line, in: fullMatch(at: item.line))
    }
    if let place = item.label, let match = labelMatch(at: item.line) {
      return standing(ofLabel: place, at: item.line, in: match)
    }
    return .open
  }

  /// The threshold as it is shown: `0.50`.
  var thresholdText: String { Self.share(threshold) }

  /// A share with two places.
  static func share(_ value: Double) -> String {
    let hundredths = Int((max(0, min(1, value)) * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }
}
