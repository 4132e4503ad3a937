import Evaluation
import GroundTruth
import Raster

/// One line of the manifest while decisions are taken on its predictions.
///
/// What people drew stands: a box of the truth that lies where an accepted prediction lies is
/// never doubled. It takes the prediction's label if it has another, and its place if the two
/// agree less than ``Standing/agreement``.
struct ReviewedLine {
  let line: Int
  private(set) var entry: Entry
  /// The boxes that the truth is to have.
  private(set) var boxes: [Box]
  private(set) var mark: Mark
  /// What became of each decision, for the message.
  private(set) var tally = DecisionTally()
  private let review: Review
  private let set: BoxSet?
  /// The image's size in the pixels of the file; `nil` where nothing tells it.
  private let size: ImageSize?
  private let full: ImageMatch
  private let match: ImageMatch
  private var imageLabels: [(label: String, isSet: Bool)] = []
  private var isTouched = false

  init(_ review: Review, line: Int, entry: Entry, size: ImageSize?) {
    self.review = review
    self.line = line
    self.size = size
    self.entry = entry
    set = entry.boxSet(review.attribute)
    boxes = set?.boxes ?? []
    mark = entry.mark
    full = review.fullMatch(at: line)
    match = review.match(at: line)
  }

  // MARK: Deciding

  /// Takes a decision on a predicted box.
  ///
  /// - Parameters:
  ///   - decision: What was decided.
  ///   - place: The box's place among those predicted for the line.
  ///   - edited: Where it is now if it was moved, in pixels as the file has them.
  ///   - wasAdded: Whether it became a box of its own before: rejecting it takes that away.
  mutating func decide(_ decision: Decision, box place: Int, edited: Box?, wasAdded: Bool) {
    let predicted = predicted(place)
    let name = review.name(predicted.label)
    let settled = predicted.settled(as: name)
    guard let found = Box(predicted, name).clipped(to: size) else {
      // Nothing of it is in the image: it can only be wrong.
      mark.forget(settled)
      mark.rejected.append(settled)
      tally.rejected += 1
      return
    }
    mark.forget(settled)
    switch decision {
    case .reject:
      mark.rejected.append(settled)
      if wasAdded { boxes.removeAll { $0.label == name && Rectangle($0) == Rectangle(found) } }
      tally.rejected += 1
    case .accept:
      take(found, of: place, moves: false)
      tally.accepted += 1
    case .relabel(let label):
      var box = found
      box.label = label
      take(box, of: place, moves: false)
      if label != name { mark.corrected.append(settled) }
      tally.accepted += 1
    case .adjust(_, let label):
      guard var box = edited else { return }
      box.label = label ?? name
      take(box, of: place, moves: true)
      let isFar = Rectangle(box).iou(Rectangle(predicted)) < Standing.agreement
      if isFar || box.label != name { mark.corrected.append(settled) }
      tally.accepted += 1
    }
  }

  /// Accepts a box among many: what people drew stands as it is, and what contradicts it is left.
  ///
  /// - Parameters:
  ///   - place: The box's place among those predicted for the line.
  ///   - isFinal: Whether what is left counts as rejected, since the image is found right.
  mutating func acceptAmongAll(box place: Int, isFinal: Bool) {
    let outcome = full.predictions[place]
    switch outcome.verdict {
    case .truePositive, .ignored: return
    case .falsePositive(.duplicate), .falsePositive(.classification):
      if isFinal {
        decide(.reject, box: place, edited: nil, wasAdded: false)
      } else {
        tally.contradicting += 1
      }
    default: decide(.accept, box: place, edited: nil, wasAdded: false)
    }
  }

  /// Takes a decision on a predicted label for the whole image.
  mutating func decide(_ decision: Decision, label place: Int) {
    let predicted = review.predictions.imageLabels(at: line)[
      review.predictions.labelRange(at: line).lowerBound + place]
    let name = review.name(predicted.label)
    let settled = SettledPrediction(label: name)
    mark.forget(settled)
    switch decision {
    case .accept, .adjust:
      imageLabels.append((name, true))
      tally.accepted += 1
    case .reject:
      mark.rejected.append(settled)
      imageLabels.append((name, false))
      tally.rejected += 1
    case .relabel(let label):
      if label != name {
        mark.corrected.append(settled)
        imageLabels.append((name, false))
      }
      imageLabels.append((label, true))
      tally.accepted += 1
    }
  }

  /// Says that the image is right as it is now.
  mutating func verify() {
    mark.isVerified = true
    mark.isSkipped = false
    tally.verified += 1
  }

  /// Puts a box where a prediction is: in place of the box of the truth that is about the same
  /// thing, else as a new one.
  private mutating func take(_ box: Box, of place: Int, moves: Bool) {
    isTouched = true
    guard let (truth, iou) = counterpart(of: place, label: box.label), boxes.indices.contains(truth)
    else {
      boxes.append(box)
      return
    }
    boxes[truth].label = box.label
    guard moves || iou < Standing.agreement else { return }
    boxes[truth].left = box.left
    boxes[truth].top = box.top
    boxes[truth].width = box.width
    boxes[truth].height = box.height
  }

  /// The box of the truth that is about the same thing as a prediction.
  private func counterpart(of place: Int, label: String) -> (truth: Int, iou: Double)? {
    let outcome = full.predictions[place]
    if outcome.isTruePositive, let truth = outcome.truth { return (truth, outcome.iou) }
    let predicted = predicted(place)
    func iou(_ truth: Int) -> Double { Rectangle(predicted).iou(Rectangle(boxes[truth])) }
    if let truth = match.predictions[place].confusion, boxes.indices.contains(truth) {
      return (truth, iou(truth))
    }
    // Relabelled to what lies there already.
    guard label != review.name(predicted.label) else { return nil }
    let same = (set?.boxes ?? []).indices.filter {
      boxes.indices.contains($0) && boxes[$0].label == label && iou($0) >= MatchRules().iou
    }
    return same.max { iou($0) < iou($1) }.map { ($0, iou($0)) }
  }

  private func predicted(_ place: Int) -> Predictions.Box {
    review.predictions.boxes[review.predictions.boxRange(at: line).lowerBound + place]
  }

  // MARK: Writing

  /// The line with the decisions.
  ///
  /// - Throws: `ManifestError` if it can't be written.
  func bytes(classIDs: ClassIDs, provenance: Provenance) throws(ManifestError) -> [UInt8] {
    var entry = entry
    var provenance = provenance
    for (label, isSet) in imageLabels {
      provenance.adjustment = labelAdjustment
      let bytes =
        isSet
        ? try entry.addingImageLabel(
          label, classIDs: classIDs, provenance: provenance, keepsPredictions: true)
        : try entry.removingImageLabel(label, provenance: provenance, keepsPredictions: true)
      entry = try Entry(line: bytes)
    }
    provenance.adjustment = adjustment(of: boxes)
    if boxes.isEmpty, set?.boxes.isEmpty == false, tally.verified == 0 {
      // Nothing is said of the image any more, not even that nothing is there.
      entry = try Entry(line: entry.removingAttribute(review.attribute))
    } else if writesBoxes {
      entry = try Entry(
        line: entry.settingBoxes(
          boxes, of: review.attribute, imageSize: size ?? ImageSize(width: 0, height: 0),
          classIDs: classIDs, provenance: provenance))
    }
    if tally.verified > 0 { entry = try entry.vouchingForImageLabels(provenance) }
    return try entry.settingMark(mark)
  }

  /// Whether the line can be written only once the image's size is known.
  var needsSize: Bool { size == nil && writesBoxes && set?.imageSize == nil }

  /// Whether the truth attribute is to be written.
  private var writesBoxes: Bool {
    let isVerified = mark.isVerified && tally.verified > 0
    guard let set else { return !boxes.isEmpty || (isVerified && entry.isAboutBoxes(review, line)) }
    if boxes != set.boxes { return true }
    if isTouched || isVerified { return !set.isHumanAnnotated }
    return entry.adjustment(of: review.attribute).map { $0 != adjustment(of: boxes) } ?? false
  }

  /// How the truth relates to the predictions.
  private func adjustment(of boxes: [Box]) -> AdjustmentStatus {
    review.adjustment(of: boxes, mark: mark, at: line)
  }

  private var labelAdjustment: AdjustmentStatus {
    mark.rejected.isEmpty && mark.corrected.isEmpty ? .unadjusted : .adjusted
  }
}

/// How many decisions of each kind were taken.
struct DecisionTally: Hashable, Sendable {
  var accepted = 0
  var rejected = 0
  var verified = 0
  /// Verdicts in the form of a verification job.
  var judged = 0
  /// Predictions left alone, since they contradict a box that a person drew.
  var contradicting = 0

  static func + (first: DecisionTally, second: DecisionTally) -> DecisionTally {
    DecisionTally(
      accepted: first.accepted + second.accepted, rejected: first.rejected + second.rejected,
      verified: first.verified + second.verified, judged: first.judged + second.judged,
      contradicting: first.contradicting + second.contradicting)
  }
}

extension Review {
  /// How boxes relate to a line's predictions: unadjusted if all of them are such as predicted and
  /// none was found wrong.
  func adjustment(of boxes: [Box], mark: Mark, at line: Int) -> AdjustmentStatus {
    guard mark.rejected.isEmpty, mark.corrected.isEmpty else { return .adjusted }
    let predicted = predictions.boxes(at: line)
    let areSame = boxes.allSatisfy { box in
      predicted.contains { name($0.label) == box.label && Rectangle($0) == Rectangle(box) }
    }
    return areSame ? .unadjusted : .adjusted
  }
}

extension Mark {
  /// Forgets a prediction, to settle it anew.
  fileprivate mutating func forget(_ settled: SettledPrediction) {
    rejected.removeAll { $0 == settled }
    corrected.removeAll { $0 == settled }
  }
}

extension Entry {
  /// Whether "nothing there" is a statement about boxes.
  fileprivate func isAboutBoxes(_ review: Review, _ line: Int) -> Bool {
    truthImageLabels.isEmpty && review.predictions.labelRange(at: line).isEmpty
  }
}

extension Box {
  /// A predicted box as a person's.
  fileprivate init(_ box: Predictions.Box, _ label: String) {
    self.init(
      left: box.left, top: box.top, width: box.width, height: box.height, label: label)
  }

  /// The part of a box in an image; `nil` if there is none.
  fileprivate func clipped(to size: ImageSize?) -> Box? {
    guard let size, size.width > 0, size.height > 0 else { return self }
    let (right, bottom) = (
      min(left + width, Double(size.width)), min(top + height, Double(size.height))
    )
    if left >= 0, top >= 0, left + width <= right, top + height <= bottom { return self }
    var box = self
    box.left = max(0, left)
    box.top = max(0, top)
    box.width = right - box.left
    box.height = bottom - box.top
    return box.width > 0 && box.height > 0 ? box : nil
  }
}
