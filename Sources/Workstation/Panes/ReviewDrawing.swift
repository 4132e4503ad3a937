import Cells
import Evaluation
import GroundTruth
import Mosaic
import Raster

extension State {
  /// Draws truth and predictions as the overlay says: each kind has a line, a colour and a letter.
  func drawReview(
    _ review: Review, _ shown: ShownPredictions, of subject: Subject, in viewport: Viewport,
    on grid: inout CellGrid
  ) {
    let marks = reviewMarks(review, shown, subject).filter { draft == nil || $0.isKept(by: draft) }
    let drawing = drawing(in: viewport)
    let selected = selected
    for mark in marks where mark.selection != selected {
      drawing.outline(mark.rect, color: mark.color, line: mark.line, emphasis: .none, on: &grid)
    }
    let chosen = marks.first { $0.selection == selected }
    if let chosen, let rect = selectedRect {
      drawing.outline(rect, color: chosen.color, line: chosen.line, emphasis: .strong, on: &grid)
    }
    if case .hints = overlay { return }
    if canvas.captions != .none {
      // Captions come after all outlines, so that none is crossed out.
      for mark in marks where mark.selection != selected {
        drawing.tag(
          mark.texts, mark.rect, style: theme.tag(on: mark.color), isForced: false,
          isBelow: mark.isBelow, on: &grid)
      }
    }
    guard let chosen, let rect = selectedRect else { return }
    drawing.tag(
      chosen.texts, rect, style: theme.tag(on: chosen.color), isForced: true,
      isBelow: chosen.isBelow, on: &grid)
    drawHandle(rect, in: viewport, on: &grid)
  }

  /// The boxes to be drawn.
  private func reviewMarks(
    _ review: Review, _ shown: ShownPredictions, _ subject: Subject
  ) -> [ReviewMark] {
    let truths = subject.boxes.indices.map { truthMark($0, review, shown, subject) }
    let visible = Set(shown.visible)
    // What is selected is shown, even if it is not sure enough or was rejected.
    let predictions = shown.boxes.indices.filter {
      visible.contains($0) || selected == .predicted($0)
    }.map { predictionMark($0, review, shown) }
    switch review.overlay {
    case .truth: return truths + predictions.filter { $0.selection == selected }
    case .predictions: return predictions + truths.filter { $0.selection == selected }
    case .both: return truths + predictions
    case .outcomes:
      let missed = truths.enumerated().filter { place, mark in
        shown.missed.contains(place) || mark.selection == selected
      }
      return missed.map(\.element) + predictions
    }
  }

  private func truthMark(
    _ place: Int, _ review: Review, _ shown: ShownPredictions, _ subject: Subject
  ) -> ReviewMark {
    let box = subject.boxes[place]
    let isMissed = review.overlay == .outcomes && shown.missed.contains(place)
    let letter = isMissed ? "FN" : "T"
    let label = self.place(of: box.label)
    return ReviewMark(
      selection: .truth(place), rect: shownRect(of: place) ?? box.rect,
      color: isMissed ? theme.color(of: .falseNegative) : theme.labelColor(label),
      line: isMissed ? .dotted : .solid,
      texts: ["\(letter) \(Self.digit(label)) \(box.label)", letter], isBelow: !isMissed)
  }

  private func predictionMark(
    _ place: Int, _ review: Review, _ shown: ShownPredictions
  ) -> ReviewMark {
    let box = shown.boxes[place]
    let label = self.place(of: box.label)
    let share = Review.share(box.confidence).trimmingPrefix("0")
    let overlap = box.isFound ? " IoU" + Review.share(box.iou).trimmingPrefix("0") : ""
    guard review.overlay == .outcomes else {
      return ReviewMark(
        selection: .predicted(place), rect: box.rect, color: theme.labelColor(label),
        line: .dashed,
        texts: [
          "P \(Self.digit(label)) \(box.label) \(share)\(overlap)",
          "P \(Self.digit(label)) \(share)",
          "P",
        ])
    }
    let letters = box.isFound ? "TP" : "FP"
    return ReviewMark(
      selection: .predicted(place), rect: box.rect,
      color: theme.color(of: box.isFound ? .truePositive : .falsePositive),
      line: box.isFound ? .solid : .dashed,
      texts: [
        "\(letters) \(Self.digit(label)) \(box.label) \(share)\(overlap)",
        "\(letters) \(Self.digit(label)) \(share)", letters, String(letters.prefix(1)),
      ])
  }

  // MARK: The list

  /// The predictions and boxes of the image, in the order of Tab.
  func drawReviewList(
    _ review: Review, _ shown: ShownPredictions, on grid: inout CellGrid, in rect: CellRect
  ) {
    let all = reviewRows
    let first = firstReviewRow(of: all, rows: rect.rows)
    for row in 0..<rect.rows {
      guard let item = all[safe: first + row] else { break }
      let (letter, label, text) = listWords(item, shown)
      let top = rect.top + row
      let isSelected = item == selected
      let start = max(rect.left + 12, rect.right - text.columnWidth - 1)
      grid.write(isSelected ? "▸" : " ", column: rect.left, row: top)
      grid.write(
        letter + " " + Self.digit(place(of: label)), column: rect.left + 1, row: top,
        style: Style(foreground: theme.labelColor(place(of: label)), attributes: .bold))
      grid.write(label, column: rect.left + 6, row: top, width: start - rect.left - 7)
      grid.write(
        text, column: start, row: top, style: theme.style(.faint), width: rect.right - start)
      if isSelected {
        grid.restyle(CellRect(left: rect.left, top: top, columns: rect.columns, rows: 1)) {
          $0.adding(.reverse)
        }
      }
    }
    if all.isEmpty {
      grid.write(
        "nothing here", column: rect.left + 1, row: rect.top, style: theme.style(.faint),
        width: rect.columns - 1)
    }
  }

  /// The first row shown of the list, so that the selected one is in sight.
  func firstReviewRow(of all: [BoxSelection], rows: Int) -> Int {
    let cursor = selected.flatMap { all.firstIndex(of: $0) } ?? 0
    return max(0, min(cursor - rows / 2, all.count - rows))
  }

  private func listWords(
    _ item: BoxSelection, _ shown: ShownPredictions
  ) -> (letter: String, label: String, text: String) {
    switch item {
    case .truth(let place):
      let label = subject?.boxes[safe: place]?.label ?? ""
      return shown.missed.contains(place) ? ("FN", label, "missed") : ("T ", label, "truth")
    case .label(let place):
      guard let found = shown.labels[safe: place] else { return ("", "", "") }
      let mark = found.standing == .open ? "" : "✓ "
      return ("I ", found.label, mark + Review.share(found.confidence))
    case .predicted(let place):
      guard let found = shown.boxes[safe: place] else { return ("", "", "") }
      let mark = found.standing == .open ? "" : "✓ "
      return (verdictLetters(found), found.label, mark + Review.share(found.confidence))
    }
  }

  // MARK: The status

  /// What the last row says in a review.
  func reviewParts(_ review: Review, of subject: Subject) -> [(text: String, style: Style)] {
    var parts: [(String, Style)] = []
    let name = String(subject.entry.name)
    let room = max(12, size.columns / 5)
    let cut = name.count > room ? "…" + name.suffix(room - 1) : name
    parts += predictionWords(review).map { ($0, theme.style(.strong)) }
    if parts.isEmpty { parts = labelWords(review) }
    parts.append((leftText, .plain))
    for mark in markWords(subject) { parts.append((mark, theme.style(.strong))) }
    // The keys are worth more than the name where there is no room for both.
    if size.columns >= Layout.panelColumns || selected == nil { parts.append((cut, .plain)) }
    return parts
  }

  /// What is selected, in words.
  private func predictionWords(_ review: Review) -> [String] {
    switch selected {
    case .truth(let place):
      guard let box = subject?.boxes[safe: place] else { return [] }
      let isMissed = review.shown?.missed.contains(place) == true
      let rect = shownRect(of: place) ?? box.rect
      return ["▸\(isMissed ? "FN" : "T") \(box.label)", rect.summary]
    case .label(let place):
      guard let found = review.shown?.labels[safe: place] else { return [] }
      return [
        "▸\(found.isFound ? "TP" : "FP") image: \(found.label) \(Review.share(found.confidence))",
        standingWord(found.standing),
      ]
    case .predicted(let place):
      guard let found = review.shown?.boxes[safe: place] else { return [] }
      return [
        "▸\(verdictLetters(found)) \(found.label) \(Review.share(found.confidence))",
        outcomeWords(found), standingWord(found.standing),
      ].filter { !$0.isEmpty }
    case nil: return []
    }
  }

  /// TP or FP; where nobody has labelled anything yet, just P.
  private func verdictLetters(_ box: ShownPredictions.Box) -> String {
    box.isFound ? "TP" : (subject?.hasBoxSet == true ? "FP" : "P")
  }

  private func outcomeWords(_ box: ShownPredictions.Box) -> String {
    let other = box.truth.flatMap { subject?.boxes[safe: $0]?.label } ?? "?"
    let overlap = "IoU \(Review.share(box.iou))"
    switch box.error {
    case nil: return overlap
    case .background, .missed:
      return subject?.hasBoxSet == true ? "not in the truth" : ""
    case .duplicate: return "once more, \(overlap)"
    case .localisation: return "off, \(overlap)"
    case .classification: return "truth says \(other), \(overlap)"
    case .both: return "off from \(other), \(overlap)"
    }
  }

  private func standingWord(_ standing: Standing) -> String {
    switch standing {
    case .open: ""
    case .agreed: "agreed"
    case .rejected: "rejected"
    case .corrected: "corrected"
    }
  }

  /// The image-level labels given and predicted.
  private func labelWords(_ review: Review) -> [(String, Style)] {
    var words: [(String, Style)] = []
    if let given = subject?.imageLabels, !given.isEmpty {
      words.append(("● " + given.joined(separator: ", "), theme.style(.strong)))
    }
    let open = (review.shown?.labels ?? []).filter(\.isOpen)
    if !open.isEmpty {
      let texts = open.map { "\($0.label) \(Review.share($0.confidence))" }
      words.append(("○ " + texts.joined(separator: ", "), .plain))
    }
    let boxes = (review.shown?.boxes ?? []).count(where: \.isOpen)
    if boxes > 0 { words.append(("\(boxes) to decide", theme.style(.strong))) }
    return words
  }
}

/// A box to be drawn in a review.
private struct ReviewMark {
  let selection: BoxSelection
  let rect: PixelRect
  let color: Color
  let line: LineStyle
  /// What is written on it, the longest first.
  let texts: [String]
  /// Whether that goes on its bottom edge.
  var isBelow = false

  /// Whether it stays while a box is being drawn or changed.
  func isKept(by draft: Draft?) -> Bool {
    switch selection {
    case .truth(let place): draft?.target != place
    case .predicted(let place): draft?.prediction != place
    case .label: true
    }
  }
}
