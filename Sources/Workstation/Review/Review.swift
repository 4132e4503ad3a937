import Evaluation
import GroundTruth

/// A model's predictions beside the dataset, what became of each, and what is shown of them.
///
/// All but the predictions themselves follows from the dataset's lines: after any edit, undo or
/// replay the lines it touched are read again, and nothing here can disagree with them.
struct Review: Sendable {
  /// What the model says; only a model that looks at images meanwhile changes it.
  private(set) var predictions: Predictions
  /// The truth's box attribute.
  let attribute: String
  /// Boxes against boxes, image by image: the images are the lines.
  var board: Scoreboard
  /// Image-level labels against image-level labels; `nil` if none are predicted.
  var labelBoard: Scoreboard?
  /// The place of each label on the boards.
  private(set) var places: [String: Int]
  /// Which predicted boxes and labels are remembered as settled, as raw values of `Standing`.
  private var boxMarks: [UInt8]
  private var labelMarks: [UInt8]

  /// From which confidence on predictions count, in hundredths.
  var hundredths = 50
  /// What is shown.
  var overlay = ReviewOverlay.both
  /// What the queue is made of.
  var unit = ReviewUnit.boxes
  /// The items of a queue of boxes, one for each place in the queue of lines.
  var items: [ReviewItem] = []
  /// Which places of the queue are decided on since it was made.
  var done: [Bool] = []
  /// How many of them are not.
  var left = 0
  /// Whether the queue has predictions that ask for no decision, since the filter asks for them.
  var hasSettledItems = false
  /// The cell of the confusion matrix that the queue is of, if it is of one.
  var cell: ChosenCell?
  /// The figures of the last run, to compare with.
  var lastRun: EvaluationRun?
  /// What random order begins with.
  var seed: UInt64 = 1
  /// Whether whole images are judged, in the form of a verification job, and not corrected.
  var isVerification = false

  /// The image being worked on, as its predictions are shown.
  var shown: ShownPredictions?
  /// The selected prediction, if it is one and not a box of the truth.
  var selection: ReviewItem.Target?
  /// A predicted box moved by keys, not yet an edit.
  var nudge: PixelRectNudge?
  /// The decisions of this sitting, for Backspace.
  var decisions: [TakenDecision] = []
  /// Predictions that became boxes of their own in this sitting: rejecting one takes its box away.
  var added: Set<ReviewItem> = []
  /// Seconds and keystrokes.
  var pace = Pace()

  /// From which confidence on predictions count.
  var threshold: Double { Double(hundredths) / 100 }
  /// The same for each label.
  var thresholds: Thresholds { Thresholds(threshold) }

  /// Lays predictions beside a dataset.
  ///
  /// - Complexity: O(bytes + predictions × truths of an image).
  init(_ predictions: Predictions, of dataset: Dataset, attribute: String) {
    self.predictions = predictions
    self.attribute = attribute
    places = Dictionary(
      predictions.labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    boxMarks = Array(repeating: 0, count: predictions.boxes.count)
    labelMarks = Array(repeating: 0, count: predictions.imageLabels.count)
    board = Scoreboard(labels: [], scores: [])
    var labels = predictions.labels
    var scores: [ImageScore] = []
    var labelScores: [ImageScore] = []
    scores.reserveCapacity(dataset.count)
    for line in 0..<dataset.count {
      let entry = try? Entry(line: dataset.line(at: line))
      note(entry?.labels(of: attribute) ?? [], in: &labels)
      remember(entry?.mark ?? Mark(), at: line)
      scores.append(boxScore(of: entry, at: line))
      if !predictions.imageLabels.isEmpty { labelScores.append(labelScore(of: entry, at: line)) }
    }
    board = Scoreboard(labels: labels, scores: scores, choice: .common(0.5))
    if !labelScores.isEmpty {
      labelBoard = Scoreboard(labels: labels, scores: labelScores, choice: .common(0.5))
    }
  }

  /// Reads lines again after they changed.
  mutating func reread(_ lines: Set<Int>, of dataset: Dataset) {
    for line in lines where line < board.scores.count {
      let entry = try? Entry(line: dataset.line(at: line))
      var labels = board.labels
      note(entry?.labels(of: attribute) ?? [], in: &labels)
      for label in labels.dropFirst(board.labels.count) {
        _ = board.addLabel(label)
        _ = labelBoard?.addLabel(label)
      }
      remember(entry?.mark ?? Mark(), at: line)
      let score = boxScore(of: entry, at: line)
      board.replace(score, at: line)
      if labelBoard != nil {
        let score = labelScore(of: entry, at: line)
        labelBoard?.replace(score, at: line)
      }
    }
  }

  /// Puts what a model found just now in the place of what was predicted for a line.
  ///
  /// - Complexity: O(lines + predictions); O(bytes) for a label, or a kind of label, that nobody
  ///   had yet.
  mutating func replacePredictions(
    boxes: [Box], imageLabels: [(label: String, confidence: Double)], at line: Int,
    of dataset: Dataset
  ) {
    guard line < board.scores.count else { return }
    let labelCount = predictions.labels.count
    let (oldBoxes, oldLabels) = (predictions.boxRange(at: line), predictions.labelRange(at: line))
    predictions.replaceLine(
      line, boxes: boxes, imageLabels: imageLabels.map { ($0.label, $0.confidence) })
    guard predictions.labels.count == labelCount, imageLabels.isEmpty || labelBoard != nil else {
      // The places of the labels on the boards are others now.
      rebuild(of: dataset)
      return
    }
    boxMarks.replaceSubrange(oldBoxes, with: boxes.map { _ in 0 })
    labelMarks.replaceSubrange(oldLabels, with: imageLabels.map { _ in 0 })
    reread([line], of: dataset)
  }

  /// Lays the predictions beside the dataset anew, all else staying as it is.
  private mutating func rebuild(of dataset: Dataset) {
    let new = Review(predictions, of: dataset, attribute: attribute)
    board = new.board
    labelBoard = new.labelBoard
    places = new.places
    boxMarks = new.boxMarks
    labelMarks = new.labelMarks
    setThreshold(hundredths: hundredths)
  }

  /// Moves the threshold.
  mutating func setThreshold(hundredths value: Int) {
    hundredths = max(0, min(100, value))
    let choice = ThresholdChoice.common(threshold)
    board.choose(choice)
    labelBoard?.choose(choice)
  }

  // MARK: What became of predictions

  /// What became of the boxes of a line at the threshold.
  func match(at line: Int) -> ImageMatch { ImageMatch(board.scores[line], thresholds: thresholds) }

  /// What became of the boxes of a line if all predictions count: which truth each found is the
  /// same at any threshold.
  func fullMatch(at line: Int) -> ImageMatch {
    ImageMatch(board.scores[line], thresholds: Thresholds(0))
  }

  /// What became of the labels of a line's image if all count; `nil` if none are predicted.
  func labelMatch(at line: Int) -> ImageMatch? {
    labelBoard.map { ImageMatch($0.scores[line], thresholds: Thresholds(0)) }
  }

  /// How far a predicted box is settled, by its line's full match.
  func standing(ofBox place: Int, at line: Int, in match: ImageMatch) -> Standing {
    if let settled = Standing(
      rawValue: boxMarks[predictions.boxRange(at: line).lowerBound + place]),
      settled != .open
    {
      return settled
    }
    let found = match.predictions[place]
    return found.isTruePositive && found.iou >= Standing.agreement ? .agreed : .open
  }

  /// How far a predicted label is settled.
  func standing(ofLabel place: Int, at line: Int, in match: ImageMatch) -> Standing {
    let range = predictions.labelRange(at: line)
    if let settled = Standing(rawValue: labelMarks[range.lowerBound + place]), settled != .open {
      return settled
    }
    return match.predictions[place].isTruePositive ? .agreed : .open
  }

  // MARK: Reading a line

  private mutating func note(_ names: [String], in labels: inout [String]) {
    for name in names where places[name] == nil {
      places[name] = labels.count
      labels.append(name)
    }
  }

  private func boxScore(of entry: Entry?, at line: Int) -> ImageScore {
    let truths = (entry?.boxSet(attribute)?.boxes ?? []).map {
      TruthBox(Rectangle($0), label: places[$0.label] ?? 0)
    }
    let found = predictions.boxes(at: line).map {
      PredictedBox(Rectangle($0), label: $0.label, confidence: $0.confidence)
    }
    return ImageScore(truths: truths, predictions: found)
  }

  private func labelScore(of entry: Entry?, at line: Int) -> ImageScore {
    ImageScore(
      truthLabels: (entry?.truthImageLabels ?? []).compactMap { places[$0] },
      predictions: predictions.imageLabels(at: line).map {
        ImageScore.PredictedLabel(label: $0.label, confidence: $0.confidence)
      })
  }

  /// Finds the predictions that a mark remembers, each once.
  private mutating func remember(_ mark: Mark, at line: Int) {
    let boxes = predictions.boxRange(at: line)
    let labels = predictions.labelRange(at: line)
    for place in boxes { boxMarks[place] = 0 }
    for place in labels { labelMarks[place] = 0 }
    for (list, standing) in [(mark.rejected, Standing.rejected), (mark.corrected, .corrected)] {
      for settled in list {
        if let place = settled.place {
          if let found = nearest(Rectangle(place), label: settled.label, among: boxes) {
            boxMarks[found] = standing.rawValue
          }
        } else if let found = labels.first(where: {
          labelMarks[$0] == 0 && name(predictions.imageLabels[$0].label) == settled.label
        }) {
          labelMarks[found] = standing.rawValue
        }
      }
    }
  }

  private func nearest(_ place: Rectangle, label: String, among range: Range<Int>) -> Int? {
    var best: (place: Int, iou: Double)?
    for index in range where boxMarks[index] == 0 {
      let box = predictions.boxes[index]
      guard name(box.label) == label else { continue }
      let iou = Rectangle(box).iou(place)
      if iou >= Standing.sameness, iou > best?.iou ?? 0 { best = (index, iou) }
    }
    return best?.place
  }

  /// The name of a predicted label.
  func name(_ label: Int) -> String { predictions.labels[label] }
}

extension Rectangle {
  init(_ box: Box) {
    self.init(left: box.left, top: box.top, width: box.width, height: box.height)
  }

  init(_ box: Predictions.Box) {
    self.init(left: box.left, top: box.top, width: box.width, height: box.height)
  }

  init(_ place: SettledPrediction.Place) {
    self.init(left: place.left, top: place.top, width: place.width, height: place.height)
  }
}

extension Entry {
  /// The labels of an attribute's boxes, and those that people gave the whole image.
  fileprivate func labels(of attribute: String) -> [String] {
    (boxSet(attribute)?.boxes.map(\.label) ?? []) + truthImageLabels
  }
}
