/// What became of each box of an image at given confidence thresholds: what a person is shown.
public struct ImageMatch: Hashable, Sendable {
  /// What became of a prediction.
  public struct Prediction: Hashable, Sendable {
    /// Whether it counts, and for what.
    public enum Verdict: Hashable, Sendable {
      /// It found a truth of its label.
      case truePositive
      /// It found none; why not.
      case falsePositive(ErrorKind)
      /// It found a truth that doesn't count, so that it doesn't either.
      case ignored
      /// It isn't sure enough to count.
      case belowThreshold
    }

    /// The label's place in the list of labels.
    public let label: Int
    /// How sure the model is; 0 where the file had no number.
    public let confidence: Double
    /// Whether it counts, and for what.
    public let verdict: Verdict
    /// The place of the truth that it found, else of the one that explains the error.
    public let truth: Int?
    /// The IoU with that truth; 0 without one.
    public let iou: Double
    /// The place of the missed truth of another label that this false prediction stands for.
    ///
    /// Each truth and each prediction has one partner at most: a cell of the confusion matrix.
    public internal(set) var confusion: Int?

    /// Whether it finds a truth that counts, sure enough or not.
    public let isPresent: Bool
    /// Whether it found a truth that counts, and is sure enough.
    public var isTruePositive: Bool { verdict == .truePositive }
    /// Whether it counts against.
    public var isFalsePositive: Bool {
      if case .falsePositive = verdict { true } else { false }
    }
  }

  /// What became of a truth.
  public struct Truth: Hashable, Sendable {
    /// Whether it was found.
    public enum Verdict: Hashable, Sendable {
      /// A prediction found it.
      case found
      /// No prediction that is sure enough found it.
      case missed
      /// It doesn't count.
      case ignored
    }

    /// The label's place in the list of labels.
    public let label: Int
    /// Whether it was found.
    public let verdict: Verdict
    /// The place of the prediction that found it.
    public let prediction: Int?
    /// The IoU with that prediction; 0 without one.
    public let iou: Double
    /// The place of the prediction in a wrong place or of a wrong label that explains the miss.
    ///
    /// Without one the error is of the kind ``ErrorKind/missed``.
    public internal(set) var explanation: Int?
    /// The place of the prediction of another label that stands for it.
    public internal(set) var confusion: Int?
  }

  /// The predictions in the order given.
  public let predictions: [Prediction]
  /// The truths in the order given.
  public let truths: [Truth]

  /// Matches the boxes of an image.
  ///
  /// - Parameters:
  ///   - truths: What people vouch for.
  ///   - predictions: What a model found.
  ///   - rules: When a prediction has found a truth.
  ///   - thresholds: How sure a prediction must be to count.
  public init(
    truths: [TruthBox], predictions: [PredictedBox], rules: MatchRules = MatchRules(),
    thresholds: Thresholds = Thresholds()
  ) {
    self.init(
      ImageScore(truths: truths, predictions: predictions, rules: rules), thresholds: thresholds)
  }

  /// Tells what became of the boxes of an image that is matched already.
  ///
  /// - Parameters:
  ///   - score: The matched boxes.
  ///   - thresholds: How sure a prediction must be to count.
  public init(_ score: ImageScore, thresholds: Thresholds) {
    var predictions = score.predictions.sorted { $0.place < $1.place }
      .map { Prediction($0, thresholds: thresholds) }
    var truths = score.truths.map { Truth($0, in: score, thresholds: thresholds) }
    for (rank, truth) in score.explanations(at: thresholds) {
      truths[truth].explanation = Int(score.predictions[rank].place)
    }
    for (rank, truth) in score.confusions(at: thresholds) {
      let place = Int(score.predictions[rank].place)
      truths[truth].confusion = place
      predictions[place].confusion = truth
    }
    self.predictions = predictions
    self.truths = truths
  }
}

extension ImageMatch.Prediction {
  fileprivate init(_ scored: ImageScore.Prediction, thresholds: Thresholds) {
    label = Int(scored.label)
    confidence = scored.confidence
    isPresent = scored.isFound
    let isSure = scored.confidence >= thresholds[Int(scored.label)]
    verdict =
      if !isSure {
        .belowThreshold
      } else if scored.isFound {
        .truePositive
      } else if scored.isFalse {
        .falsePositive(scored.flags.kind ?? .background)
      } else {
        .ignored
      }
    truth = scored.truth >= 0 ? Int(scored.truth) : nil
    iou = scored.iou
  }
}

extension ImageMatch.Truth {
  fileprivate init(_ scored: ImageScore.Truth, in score: ImageScore, thresholds: Thresholds) {
    label = Int(scored.label)
    let finder = score.finder(of: scored, at: thresholds)
    verdict = scored.role != .counted ? .ignored : (finder == nil ? .missed : .found)
    prediction = finder.map { Int($0.place) }
    iou = finder?.iou ?? 0
  }
}
