public import GroundTruth

extension State {
  /// Whether lines of the manifest are still being counted.
  var isCounting: Bool { !survey.isComplete }

  /// How many images there are, as far as they are counted.
  var imageCount: Int {
    survey.stateCounts.reduce(0) { $0 + ($1.key.isImage ? $1.value : 0) }
  }

  /// How many images still ask for a decision, as far as they are counted.
  var openCount: Int {
    survey.stateCounts.reduce(0) { $0 + ($1.key.isOpen ? $1.value : 0) }
  }

  /// Takes what some lines count, and what follows: they may be no images, and have new labels.
  mutating func take(_ part: Survey.Part) {
    guard isCounting else { return }
    let first = survey.summaries.count
    survey.merge(part)
    let counted = first..<survey.summaries.count
    guard !counted.isEmpty else { return }
    for (line, old) in changedUncounted where counted.contains(line) {
      changedUncounted[line] = nil
      survey.replace(line: line, from: old, with: dataset.line(at: line))
    }
    dropUnworkable(in: counted)
    let known = Set(labels)
    labels += survey.labels.map(\.name).filter { !known.contains($0) }
    if !isCounting, let notice = survey.noticeOfBrokenLines { take(notice, isProblem: true) }
  }

  /// Counts a line as it is now in place of how it was.
  mutating func recount(_ line: Int, from old: [UInt8]) {
    if survey.summaries.indices.contains(line) {
      survey.replace(line: line, from: old, with: dataset.line(at: line))
    } else if changedUncounted[line] == nil {
      changedUncounted[line] = old
    }
  }

  /// Takes lines that turned out to be no images out of the queue, which is in file order.
  private mutating func dropUnworkable(in counted: Range<Int>) {
    guard counted.contains(where: { !survey.summaries[$0].isWorkable }) else { return }
    let current = queue.current
    queue.lines.removeAll { counted.contains($0) && !survey.summaries[$0].isWorkable }
    queue.position = current.map { min(queue.place(of: $0), max(0, queue.lines.count - 1)) } ?? 0
    guard queue.current != current || subject == nil else { return }
    draft = nil
    canvas.selection = nil
    canvas.viewport = nil
    loadSubject()
  }

  // MARK: While it lasts

  /// Whether a line is an image, be it counted or not.
  func isShowable(_ line: Int) -> Bool {
    if survey.summaries.indices.contains(line) { return survey.summaries[line].isWorkable }
    return isCounting && (try? Entry(line: dataset.line(at: line))) != nil
  }

  /// The place nearest to one in the queue that shows an image: there, further on, else before.
  func showablePosition(near position: Int) -> Int? {
    let lines = queue.lines
    guard lines.indices.contains(position), !isShowable(lines[position]) else { return position }
    return lines[position...].firstIndex(where: isShowable)
      ?? lines[..<position].lastIndex(where: isShowable)
  }

  /// Says that what was asked for needs all counts, if they aren't there yet.
  mutating func mustWait() -> Bool {
    guard isCounting else { return false }
    let percent = survey.summaries.count * 100 / max(1, dataset.count)
    message = .note("the lines are still being counted (\(percent) %); ask again in a moment")
    return true
  }

  /// Says that a label can't be given yet, if a line still to be counted may have an id for it.
  mutating func isUncounted(_ label: String) -> Bool {
    guard isCounting, survey.classIDs.id(for: label) == nil else { return false }
    message = .problem(
      "the lines are still being counted, and one may name “\(label)”; try again in a moment")
    return true
  }
}

extension Survey {
  /// A sentence on the lines that can't be shown; nil if there are none.
  public var noticeOfBrokenLines: String? {
    let count = count(of: .broken)
    guard count > 0,
      let line = problemLines.first(where: { summaries[$0].state.contains(.broken) }),
      let problem = problems[line]?.first
    else { return nil }
    let more = count > 1 ? " (and \(count - 1) more; i lists them)" : ""
    return "line \(line + 1) is kept as it is: \(problem.message)\(more)"
  }
}
