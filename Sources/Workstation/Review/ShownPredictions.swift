import Evaluation
import GroundTruth
import Raster

/// The predictions of the image being worked on, as they are to be shown.
struct ShownPredictions: Sendable {
  /// A predicted box, as the image is seen.
  struct Box: Sendable {
    /// Where it is, in pixels of the upright image.
    var rect: PixelRect
    /// Its label.
    var label: String
    /// How sure the model is, 0…1.
    var confidence: Double
    /// How far it is settled.
    var standing: Standing
    /// Whether it is sure enough to count.
    var isSure: Bool
    /// Whether it found a truth, whatever the threshold.
    var isFound: Bool
    /// What kind of error it is; `nil` if it found a truth.
    var error: ErrorKind?
    /// The IoU with the truth that it found, or that explains the error; 0 without one.
    var iou: Double
    /// The place of that truth.
    var truth: Int?

    /// Whether it is one of those to be decided on.
    var isOpen: Bool { isSure && standing == .open }
  }

  /// A predicted label for the whole image.
  struct Label: Sendable {
    var label: String
    var confidence: Double
    var standing: Standing
    var isSure: Bool
    var isFound: Bool

    /// Whether it is one of those to be decided on.
    var isOpen: Bool { isSure && standing == .open }
  }

  /// The manifest line.
  let line: Int
  /// The boxes in the order of the predictions.
  var boxes: [Box]
  /// The labels in the order of the predictions.
  var labels: [Label]
  /// The places of boxes of the truth that nothing sure enough found.
  var missed: Set<Int>

  /// The places of the boxes to be drawn or chosen: those sure enough and not rejected.
  var visible: [Int] {
    boxes.indices.filter { boxes[$0].isSure && boxes[$0].standing != .rejected }
  }

  init(_ review: Review, line: Int, facts: ImageFacts?, boxSpace: BoxSpace) {
    self.line = line
    let match = review.fullMatch(at: line)
    let threshold = review.threshold
    boxes = zip(review.predictions.boxes(at: line), match.predictions).enumerated().map {
      place, pair in
      let (box, outcome) = pair
      var error: ErrorKind?
      if case .falsePositive(let kind) = outcome.verdict { error = kind }
      var rect = PixelRect(left: box.left, top: box.top, width: box.width, height: box.height)
      if boxSpace == .stored, let facts {
        rect = facts.orientation.upright(rect, ofStored: facts.storedSize)
      }
      return Box(
        rect: rect, label: review.name(box.label), confidence: box.confidence,
        standing: review.standing(ofBox: place, at: line, in: match),
        isSure: box.confidence >= threshold, isFound: outcome.isTruePositive, error: error,
        iou: outcome.iou, truth: outcome.truth)
    }
    let boxes = boxes
    missed = Set(
      match.truths.indices.filter { place in
        guard match.truths[place].verdict != .ignored else { return false }
        return match.truths[place].prediction.map { !boxes[$0].isSure } ?? true
      })
    labels = []
    guard let labelMatch = review.labelMatch(at: line) else { return }
    labels = zip(review.predictions.imageLabels(at: line), labelMatch.predictions).enumerated()
      .map { place, pair in
        Label(
          label: review.name(pair.0.label), confidence: pair.0.confidence,
          standing: review.standing(ofLabel: place, at: line, in: labelMatch),
          isSure: pair.0.confidence >= threshold, isFound: pair.1.isTruePositive)
      }
  }
}
