import GroundTruth
import Mosaic
import Raster

extension State {
  // MARK: Selecting

  /// Where the selected box is shown, be it of the truth or predicted.
  var selectedRect: PixelRect? {
    if isOnModels { return selectedResult?.rect }
    if let selection = canvas.selection { return shownRect(of: selection) }
    guard let place = review?.selection?.boxPlace else { return nil }
    if let nudge = review?.nudge, nudge.box == place { return nudge.rect }
    return review?.shown?.boxes[safe: place]?.rect
  }

  /// Selects the next or previous box of truth and predictions; `false` outside of a review.
  mutating func selectInReview(by offset: Int) -> Bool {
    guard review?.shown != nil else { return false }
    let all = reviewRows
    guard !all.isEmpty else {
      message = .note("no boxes here: [ lowers the threshold, w draws one")
      return true
    }
    canvas.showsBoxes = true
    let now = selected.flatMap { all.firstIndex(of: $0) } ?? (offset > 0 ? -1 : all.count)
    select(all[(now + offset + all.count) % all.count])
    return true
  }

  /// Selects the smallest box under the pointer, again the next; `false` outside of a review.
  mutating func clickInReview(at pixel: PixelPoint) -> Bool {
    guard let review, let shown = review.shown, canvas.showsBoxes else { return false }
    let predictions =
      review.overlay == .truth
      ? [] : shown.visible.map { (BoxSelection.predicted($0), shown.boxes[$0].rect) }
    let truths =
      review.overlay == .predictions
      ? []
      : (subject?.boxes ?? []).enumerated().map { (BoxSelection.truth($0.offset), $0.element.rect) }
    let under = (predictions + truths).filter { $0.1.contains(pixel) }
      .sorted { $0.1.area < $1.1.area }.map(\.0)
    canvas.selection = nil
    let place = selected.flatMap { under.firstIndex(of: $0) }
    self.review?.selection = nil
    if let next = place.map({ under[safe: $0 + 1] }) ?? under.first { select(next) }
    return true
  }

  /// What can be selected on the image, in the order of Tab and of the list.
  var reviewRows: [BoxSelection] {
    guard let review, let shown = review.shown else { return [] }
    let predictions =
      review.overlay == .truth ? [] : shown.visible.map { BoxSelection.predicted($0) }
    let truths =
      review.overlay == .predictions
      ? [] : (subject?.boxes.indices ?? 0..<0).map { BoxSelection.truth($0) }
    let labels = shown.labels.indices.filter {
      shown.labels[$0].isSure && shown.labels[$0].standing != .rejected
    }
    return labels.map { .label($0) } + predictions + truths
  }

  var selected: BoxSelection? {
    if let selection = canvas.selection { return .truth(selection) }
    switch review?.selection {
    case .box(let place): return .predicted(Int(place))
    case .label(let place): return .label(Int(place))
    case .missed, nil: return nil
    }
  }

  mutating func select(_ new: BoxSelection) {
    canvas.selection = nil
    review?.selection = nil
    switch new {
    case .truth(let place): canvas.selection = place
    case .predicted(let place): review?.selection = .box(Int32(clamping: place))
    case .label(let place): review?.selection = .label(Int32(clamping: place))
    }
    if let rect = selectedRect { canvas.viewport = canvas.viewport?.revealing(rect.center) }
  }

  // MARK: Moving and editing

  /// Moves the selected prediction by keys; `false` if none is selected.
  mutating func nudgePrediction(_ dx: Double, _ dy: Double, in viewport: Viewport) -> Bool {
    guard let place = review?.selection?.boxPlace, let rect = selectedRect else { return false }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return true
    }
    let moved = rect.moved(dx, dy, in: viewport.imageSize)
    review?.nudge = PixelRectNudge(box: place, rect: moved)
    canvas.viewport = viewport.revealing(moved.center)
    return true
  }

  /// Makes a run of nudges of a prediction one decision.
  mutating func settlePredictionNudge() -> [Effect] {
    guard let nudge = review?.nudge else { return [] }
    review?.nudge = nil
    guard let rect = review?.shown?.boxes[safe: nudge.box]?.rect, rect != nudge.rect else {
      return []
    }
    return adjust(nudge.box, to: nudge.rect, label: nil)
  }

  /// Takes the selected prediction apart into corners; `false` if none is selected.
  mutating func editPrediction() -> Bool {
    guard let place = review?.selection?.boxPlace, let box = selectedRect?.rounded else {
      return false
    }
    draft = Draft(
      fixed: PixelPoint(x: box.left, y: box.top), moving: PixelPoint(x: box.right, y: box.bottom),
      prediction: place)
    message = .note("arrows move the corner, o goes to the opposite one; Enter sets and accepts")
    return true
  }

  // MARK: What is shown

  /// Changes which boxes are shown.
  mutating func cycleOverlay() {
    guard let review else { return sayNoPredictions() }
    self.review?.overlay = review.overlay.next
    message = .note(review.overlay.next.explanation)
  }

  /// How much is left, and how long that takes at the pace so far.
  var leftText: String {
    guard let review else { return "" }
    var text = "\(review.left) left"
    if review.left > 0, let each = review.pace.secondsEach {
      text += ", \(Self.duration(each * Double(review.left)))"
    }
    return text
  }

  /// A time in words.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5400: "\(Int((seconds / 60).rounded(.up))) min"
    default: "\(Int(seconds / 3600)) h \(Int(seconds / 60) % 60) min"
    }
  }

  // MARK: Pace

  /// What `:pace` says.
  mutating func tellPace() {
    guard let review else { return sayNoPredictions() }
    guard let seconds = review.pace.here.secondsEach, let keys = review.pace.here.keysEach else {
      let before = review.pace.before
      message = .note(
        before.secondsEach.map {
          "no decision yet; before: \(before.decisions) decisions, \($0.brief) s each"
        } ?? "no decision yet")
      return
    }
    let kinds = review.pace.byKind.sorted {
      ($1.value.decisions, $0.key) < ($0.value.decisions, $1.key)
    }
    .map { "\($0.key) \($0.value.decisions)" }
    message = .note(
      "\(review.pace.here.decisions) decisions, \(seconds.brief) s and \(keys.brief) keys each "
        + "(\(kinds.joined(separator: ", "))); \(leftText)")
  }

  // MARK: Verification

  /// Judges the labels of the image in the form of a verification job, and steps on.
  mutating func judge(_ verdict: LabelVerdict, comment: String) -> [Effect] {
    guard let subject, let review else {
      sayNoPredictions()
      return []
    }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    let name = review.predictions.name
    let judged = subject.entry.boxSet(name) != nil ? name : settings.attribute
    do {
      let bytes = try subject.entry.settingVerdict(
        verdict, on: judged, comment: comment, provenance: provenance)
      let position = queue.position
      let effects = commit("judge \(verdict.rawValue)", line: subject.line, bytes: bytes)
      return finish(
        "judge \(verdict.rawValue)", effects: effects, position: position,
        tally: DecisionTally(judged: 1))
    } catch {
      message = .problem(error.message)
      return []
    }
  }
}
