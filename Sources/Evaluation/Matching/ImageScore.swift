/// What one image adds to the figures of a dataset: a small value, made once for each change.
///
/// It holds for all confidence thresholds: a surer prediction takes its truth before a less sure
/// one, so that leaving out the less sure ones changes nothing for the others.
public struct ImageScore: Hashable, Sendable {
  /// A prediction and what became of it.
  struct Prediction: Hashable, Sendable {
    let confidence: Double
    /// The IoU with `truth`; 0 without one.
    var iou = 0.0
    let label: Int32
    /// The truth found, else the nearest one; -1 for none.
    var truth: Int32 = -1
    /// Its place as given.
    let place: Int32
    var flags: OutcomeFlags

    var isFound: Bool { flags.found(0) == 1 }
    var isFalse: Bool { flags.found(0) == 0 && flags.counted(0) == 1 }
  }

  /// A truth and what found it.
  struct Truth: Hashable, Sendable {
    let label: Int32
    let role: TruthBox.Role
    let size: SizeBin
    /// The rank of the prediction that found it; -1 for none.
    var finder: Int32 = -1
  }

  /// A false prediction on a truth of another label.
  struct Link: Hashable, Sendable {
    /// The rank of the prediction.
    let prediction: Int32
    let truth: Int32
    let iou: Double
  }

  /// How many truths of other labels a prediction is linked with at most, the nearest.
  static let linkLimit = 16

  /// The predictions, the surest first; equally sure ones in the order given.
  var predictions: [Prediction]
  /// The truths in the order given.
  var truths: [Truth]
  /// By rank of the prediction, the nearest truth first.
  var links: [Link] = []
  /// Whether it is of labels for the whole image.
  let isImageLevel: Bool

  /// Matches the boxes of an image.
  ///
  /// Matching is greedy by confidence, one label at a time, as in pycocotools
  /// (`COCOeval.evaluateImg`); crowds and ignored truths count neither way.
  ///
  /// - Parameters:
  ///   - truths: What people vouch for.
  ///   - predictions: What a model found.
  ///   - rules: When a prediction has found a truth.
  /// - Complexity: O(predictions × truths).
  public init(truths: [TruthBox], predictions: [PredictedBox], rules: MatchRules = MatchRules()) {
    isImageLevel = false
    self.truths = truths.map {
      Truth(label: Int32($0.label), role: $0.role, size: SizeBin($0.rectangle))
    }
    self.predictions = []
    self.predictions.reserveCapacity(predictions.count)
    var matcher = GreedyMatcher(truths: truths, levels: [rules.iou] + MatchRules.ladder)
    var ranks: [Int: Int] = [:]
    for place in Self.ranking(predictions.map(\.confidence)) {
      let box = predictions[place]
      var scored = Prediction(
        confidence: Self.confidence(box.confidence), label: Int32(box.label), place: Int32(place),
        flags: OutcomeFlags(size: SizeBin(box.rectangle)))
      for (level, match) in matcher.match(box).enumerated() {
        guard let match else { continue }
        scored.flags.find(at: level, counts: truths[match.truth].role == .counted)
        if level == 0 { (scored.truth, scored.iou) = (Int32(match.truth), match.iou) }
      }
      if ranks[box.label, default: 0] >= rules.limit { scored.flags.leaveOutOfLadder() }
      ranks[box.label, default: 0] += 1
      add(scored, box, truths, rules)
    }
  }

  /// The places of predictions, the surest first; equally sure ones in the order given.
  static func ranking(_ confidences: [Double]) -> [Int] {
    let sane = confidences.map(confidence)
    return sane.indices.sorted { (sane[$1], $0) < (sane[$0], $1) }
  }

  static func confidence(_ value: Double) -> Double { value.isNaN ? 0 : value }

  /// Adds a prediction after it was matched.
  private mutating func add(
    _ prediction: Prediction, _ box: PredictedBox, _ truths: [TruthBox], _ rules: MatchRules
  ) {
    var prediction = prediction
    let rank = Int32(predictions.count)
    if prediction.isFound {
      let truth = Int(prediction.truth)
      prediction.flags.size = self.truths[truth].size
      self.truths[truth].finder = rank
    } else if prediction.isFalse {
      explain(&prediction, rank, box, truths, rules)
    }
    predictions.append(prediction)
  }

  /// Finds out what kind of error a false prediction is, and which truths it lies on.
  private mutating func explain(
    _ prediction: inout Prediction, _ rank: Int32, _ box: PredictedBox, _ truths: [TruthBox],
    _ rules: MatchRules
  ) {
    var others: [Link] = []
    var isOwn = false
    for (place, truth) in truths.enumerated() where truth.role == .counted {
      let iou = box.rectangle.iou(truth.rectangle)
      guard iou > 0 else { continue }
      let isSame = truth.label == box.label
      if iou > prediction.iou || (iou == prediction.iou && isSame && !isOwn) {
        (prediction.truth, prediction.iou, isOwn) = (Int32(place), iou, isSame)
      }
      if !isSame, iou >= rules.iou {
        others.append(Link(prediction: rank, truth: Int32(place), iou: iou))
      }
    }
    others.sort { ($1.iou, $0.truth) < ($0.iou, $1.truth) }
    links += others.prefix(Self.linkLimit)
    prediction.flags.kind =
      switch prediction.iou {
      case rules.iou...: isOwn ? .duplicate : .classification
      case rules.nearIoU...: isOwn ? .localisation : .both
      default: .background
      }
    if prediction.flags.kind == .background { (prediction.truth, prediction.iou) = (-1, 0) }
  }
}
