import Evaluation
import GroundTruth

extension State {
  /// Shows how good the predictions are.
  mutating func openEvaluation() {
    guard let review else { return sayNoPredictions() }
    guard !isOnEvaluation else { return }
    let isOfImages = review.predictions.boxes.isEmpty && review.labelBoard != nil
    open(.evaluation(EvaluationScreen(review, isOfImages: isOfImages, step: progress.taken)))
    hasEvaluated = true
  }

  /// What a command means on the evaluation screen; `nil` if what it always means.
  mutating func performInEvaluation(_ command: Command) -> [Effect]? {
    guard case .evaluation(var now) = screen else { return nil }
    switch command {
    case .nextBox: now.focus = now.focus.moved(by: 1)
    case .previousBox: now.focus = now.focus.moved(by: -1)
    case .imageLabels: return switchBoard(now)
    case .cycleSort: now.isReversed.toggle()
    case .firstImage: now.moveRow(by: -now.rows.count)
    case .lastImage: now.moveRow(by: now.rows.count)
    case .lowerThreshold: return setEvaluationThreshold(by: -5)
    case .raiseThreshold: return setEvaluationThreshold(by: 5)
    case .confirm, .verify: return openQueue(of: now, on: .image)
    case .back, .cancel, .commandLine, .help, .save, .repaint, .suspend, .quit, .evaluate,
      .contactSheet, .models:
      return nil
    default:
      guard let (columns, rows) = command.direction else {
        message = .note("not on this screen: Esc goes back to the images")
        return []
      }
      switch now.focus {
      case .threshold: return setEvaluationThreshold(by: columns - rows)
      case .matrix: now.moveCell(rows: rows, columns: columns)
      case .labels:
        now.moveRow(by: rows)
        now.moveColumn(by: columns.signum())
      }
    }
    screen = .evaluation(now)
    return []
  }

  /// Changes between boxes and labels of whole images, where both are predicted.
  private mutating func switchBoard(_ now: EvaluationScreen) -> [Effect] {
    guard let review, review.labelBoard != nil, !review.predictions.boxes.isEmpty else {
      message = .note("nothing else is predicted here")
      return []
    }
    var other = EvaluationScreen(review, isOfImages: !now.isOfImages, step: progress.taken)
    other.focus = now.focus
    screen = .evaluation(other)
    return []
  }

  /// Moves the threshold; the queue is made anew only when the person goes back to it.
  private mutating func setEvaluationThreshold(by hundredths: Int) -> [Effect] {
    guard let now = review?.hundredths else { return [] }
    review?.setThreshold(hundredths: now + hundredths)
    return []
  }

  /// Takes the figures anew if something under them changed.
  mutating func updateEvaluation() {
    guard case .evaluation(var now) = screen, let review else { return }
    let label = now.label.flatMap { $0 < review.board.labels.count ? $0 : nil }
    let source = EvaluationFigures.Source(
      step: progress.taken, hundredths: review.hundredths, label: label,
      isOfImages: now.isOfImages)
    guard source != now.figures.source else { return }
    now.label = label
    now.figures = EvaluationFigures(
      review, isOfImages: now.isOfImages, label: label, step: progress.taken)
    screen = .evaluation(now)
  }

  // MARK: Going to what a figure is about

  /// Opens what is under the cursor as a queue of single predictions and missed truths.
  mutating func openQueue(of now: EvaluationScreen, on target: WorkScreen) -> [Effect] {
    switch now.focus {
    case .threshold:
      guard let best = now.figures.bestHundredths, let current = review?.hundredths else {
        message = .note("nothing is found at any threshold")
        return []
      }
      message = .note("the threshold with the best F1")
      return setEvaluationThreshold(by: best - current)
    case .labels:
      let name = now.label.flatMap { now.figures.labels[safe: $0]?.name }
      var terms = [Query.Term(.property(.mismatch))]
      if let name { terms.insert(Query.Term(.label(Glob(pieces: [name]))), at: 0) }
      return openQueue(
        target, filter: Query(terms: terms).description, cell: nil,
        noneText: name.map { "no prediction of \($0) is wrong, and none is missed" }
          ?? "no prediction is wrong, and none is missed")
    case .matrix:
      let chosen = ChosenCell(cell: now.cell, isOfImages: now.isOfImages)
      let name = review?.name(of: now.cell) ?? ""
      return openQueue(target, filter: "", cell: chosen, noneText: "none: \(name)")
    }
  }

  private mutating func openQueue(
    _ target: WorkScreen, filter: String, cell: ChosenCell?, noneText: String
  ) -> [Effect] {
    guard let before = queueChoice else { return [] }
    open(target, leaving: before)
    review?.unit = .boxes
    review?.cell = cell
    queue.order = .confidence
    queue.filterText = filter
    rebuildReviewQueue()
    guard !queue.lines.isEmpty else {
      _ = goBack()
      message = .note(noneText)
      return []
    }
    let effects = go(to: 0)
    focusOnItem()
    message = .note("\(cell.flatMap { review?.name(of: $0.cell) } ?? filter): \(queueCount)")
    return effects
  }

  // MARK: Runs

  /// The figures at the end, if the person looked at them, for the next run to compare with.
  public var evaluationRun: EvaluationRun? {
    guard hasEvaluated, let review else { return nil }
    let isOfImages = review.predictions.boxes.isEmpty && review.labelBoard != nil
    let board = isOfImages ? review.labelBoard ?? review.board : review.board
    return EvaluationRun(date: "", board.overall, threshold: review.threshold)
  }
}

extension Command {
  /// Where an arrow points: steps to the right and down.
  var direction: (columns: Int, rows: Int)? {
    switch self {
    case .moveLeft: (-1, 0)
    case .moveRight: (1, 0)
    case .moveUp: (0, -1)
    case .moveDown: (0, 1)
    case .moveLeftFar: (-10, 0)
    case .moveRightFar: (10, 0)
    case .moveUpFar: (0, -10)
    case .moveDownFar: (0, 10)
    default: nil
    }
  }
}
