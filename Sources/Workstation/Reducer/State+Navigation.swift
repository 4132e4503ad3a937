import GroundTruth

extension State {
  /// Shows another image of the queue.
  mutating func step(by offset: Int) -> [Effect] {
    let noun = queueNoun
    var target = queue.position + offset
    while queue.lines.indices.contains(target), !isShowable(queue.lines[target]) {
      target += offset.signum()
    }
    guard queue.lines.indices.contains(target) else {
      message = .note(offset > 0 ? "this is the last \(noun)" : "this is the first \(noun)")
      return []
    }
    return go(to: target)
  }

  /// Shows the image at a place of the queue, counted from 0.
  mutating func go(to position: Int) -> [Effect] {
    guard queue.lines.indices.contains(position),
      let position = showablePosition(near: position)
    else { return [] }
    let effects = settleNudge()
    guard position != queue.position || subject == nil else { return effects }
    queue.position = position
    draft = nil
    if case .hints = overlay { overlay = nil }
    canvas.selection = nil
    if queue.current != subject?.line {
      canvas.viewport = nil
      canvas.showsCrosshair = false
    }
    canvas.pan = nil
    loadSubject()
    focusOnItem()
    return effects
  }

  /// Shows an image by its manifest line, lifting the filter if it hides it.
  mutating func go(toLine line: Int) -> [Effect] {
    if let position = queue.position(of: line) { return go(to: position) }
    guard isShowable(line) else { return [] }
    applyFilter("")
    return queue.position(of: line).map { go(to: $0) } ?? []
  }

  /// Shows the nearest image further on that is not done; skipped ones come last.
  mutating func stepToOpen(forward: Bool) -> [Effect] {
    if review != nil { return stepToUndecided(forward: forward) }
    let count = queue.lines.count
    guard count > 0, !mustWait() else { return [] }
    let places = (1...count).lazy.map { [position = queue.position] offset in
      (position + (forward ? offset : -offset) + 2 * count) % count
    }
    func summary(_ place: Int) -> EntrySummary { survey.summaries[queue.lines[place]] }
    let others = places.dropLast()
    let open = others.first { summary($0).isOpen && !summary($0).isSkipped }
    guard let place = open ?? places.first(where: { summary($0).isOpen }) else {
      message = .note("every image here is done")
      return []
    }
    if place == queue.position { message = .note("no other image is open") }
    return go(to: place)
  }

  /// Filters the queue; a query that cannot be read leaves it as it is and is explained.
  mutating func applyFilter(_ text: String) {
    let trimmed = text.trimmingSpaces
    let query: Query
    do {
      query = try Query(trimmed)
      if review == nil { try query.checkAnswerable() }
    } catch {
      message = .problem(error.message)
      return
    }
    guard !mustWait() else { return }
    if review != nil { return applyReviewFilter(trimmed, query) }
    let lines = trimmed.isEmpty ? workableLines : linesMatching(query)
    guard !lines.isEmpty else {
      message = .problem("no image matches “\(trimmed)”; the images stay as they were")
      return
    }
    queue.filterText = trimmed
    rebuildQueue(lines)
    if !trimmed.isEmpty {
      message = .note("\(lines.count) of \(imageCount) images match; Esc shows all again")
    }
  }

  /// Changes to the next order of the images.
  mutating func cycleOrder() {
    let all = Queue.Order.allCases.filter { review != nil || !$0.needsPredictions }
    let index = all.firstIndex(of: queue.order) ?? 0
    setOrder(all[(index + 1) % all.count])
  }

  /// Puts the queue in an order.
  mutating func setOrder(_ order: Queue.Order) {
    guard !mustWait() else { return }
    if review != nil { return setReviewOrder(order) }
    guard !order.needsPredictions else {
      message = .problem("this order needs predictions: reticle review opens a manifest with some")
      return
    }
    queue.order = order
    rebuildQueue(queue.lines.sorted())
    message = .note("order: \(order.explanation)")
  }

  mutating func rebuildQueue(_ lines: [Int]) {
    let current = queue.current
    sheet.marks = []
    queue.lines = sorted(lines)
    queue.position = current.flatMap { queue.position(of: $0) } ?? 0
    if queue.current != current {
      draft = nil
      canvas.selection = nil
      canvas.viewport = nil
    }
    loadSubject()
  }

  func linesMatching(_ query: Query) -> [Int] {
    (try? query.lines(of: dataset, countedBy: survey)) ?? []
  }

  func sorted(_ lines: [Int]) -> [Int] {
    switch queue.order {
    case .file: return lines.sorted()
    case .open:
      return lines.sorted {
        let (a, b) = (survey.summaries[$0].isOpen, survey.summaries[$1].isOpen)
        return a == b ? $0 < $1 : a
      }
    case .boxes:
      return lines.sorted {
        let (a, b) = (survey.summaries[$0].boxCount, survey.summaries[$1].boxCount)
        return a == b ? $0 < $1 : a > b
      }
    case .name: return dataset.sortedBySourceRef(lines.sorted())
    case .random:
      let seed = review?.seed ?? 1
      let keys = lines.sorted().map { (shuffledKey($0, seed: seed), $0) }
      return keys.sorted { $0 < $1 }.map(\.1)
    case .disagreement: return sortedByDisagreement(lines.sorted())
    case .uncertainty, .confidence, .missing, .lowOverlap, .confusion, .size:
      return lines.sorted()
    }
  }
}

extension Queue.Order {
  /// The order in words.
  var explanation: String {
    switch self {
    case .file: "as in the manifest"
    case .name: "by name"
    case .open: "those not done first"
    case .boxes: "most boxes first"
    case .uncertainty: "least certain first"
    case .confidence: "surest first"
    case .missing: "most likely missing labels first"
    case .lowOverlap: "loose boxes first"
    case .confusion: "confused labels first"
    case .size: "smallest first"
    case .disagreement: "where people disagree most first"
    case .random: "at random"
    }
  }
}

extension EntrySummary {
  /// Whether the line names an image: it is neither blank nor broken.
  var isWorkable: Bool { state.isImage }
  /// Whether the image still asks for a decision.
  var isOpen: Bool { state.isOpen }
  /// Whether the image was put off.
  var isSkipped: Bool { state.contains(.skipped) }
}

extension String {
  /// The text without spaces at its ends.
  var trimmingSpaces: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
