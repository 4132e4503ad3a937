/// Which images a model may label alone, as far as images tell that people labelled.
///
/// As in Ground Truth's automated labelling, a label is taken for truth from the least confidence on
/// at which the target is reached where the truth is known, though never below that with the best
/// F1. Since an image that is labelled in part teaches a model that the rest is background, an image
/// is only taken if nothing on it is in doubt: no prediction lies between a floor and the threshold
/// of its label. The floor is the greatest at which, where the truth is known, the share of what is
/// there that is labelled reaches the target too, and no label is missing on more images than its
/// share. (SageMaker guide, “Automate data labeling”)
public struct AutoLabelling: Hashable, Sendable {
  /// What came of images whose truth is known.
  public struct Trial: Hashable, Sendable {
    /// The images that would be labelled.
    public internal(set) var images = 0
    /// Those of which all is right, and nothing is missing.
    public internal(set) var wholeImages = 0
    /// The labels that would be written.
    public internal(set) var labels = 0
    /// Those that are right.
    public internal(set) var right = 0
    /// What there is to be labelled on these images.
    public internal(set) var truths = 0
  }

  /// Why an image is left to people.
  public enum Doubt: Hashable, Sendable {
    /// The model sees nothing, or isn't sure of anything.
    case nothing
    /// It may see something, but is not sure of it: the place of the prediction.
    case unsure(Int)
    /// It is sure of several labels where there can be one.
    case several
  }

  /// What becomes of an image.
  public enum Verdict: Hashable, Sendable {
    /// The model labels it: the places of the predictions that become truth.
    case sure([Int])
    /// People do.
    case doubtful(Doubt)
  }

  /// A prediction for an image that nobody labelled.
  public struct Prediction: Hashable, Sendable {
    /// The label's place in the list of labels.
    public var label: Int
    /// How sure the model is, 0…1.
    public let confidence: Double

    /// Creates a prediction; a confidence that is not a number counts as 0.
    public init(label: Int, confidence: Double) {
      self.label = label
      self.confidence = ImageScore.confidence(confidence)
    }
  }

  /// What is asked.
  public let rules: AutoLabelRules
  /// For each label how far the model is trusted.
  public let trust: [LabelTrust]
  /// What would be labelled of the images whose truth is known.
  public let trial: Trial
  /// Whether the targets are reached; if not, no image is labelled.
  public let isReached: Bool
  /// Below this, what the model says is passed over; never more than a half.
  private let floors: [Double]

  /// From which confidence on a prediction that isn't sure leaves the image to people.
  public func floor(of label: Int) -> Double { floors[known: label] ?? 0 }

  /// The share of what there is on the images of the trial that is certainly labelled.
  public var recallBound: Double? { rules.bound(trial.right, of: trial.truths) }

  /// Measures a model.
  ///
  /// - Parameters:
  ///   - scores: Images whose truth is known, with all that the model says of them. All labels are
  ///     places in the list of labels.
  ///   - labelCount: The number of labels, of which some may be on none of the images.
  ///   - rules: What is asked.
  /// - Complexity: O(*n* log *n*) in the predictions.
  public init(_ scores: [ImageScore], labelCount: Int, rules: AutoLabelRules) {
    var evidence: [[LabelTrust.Evidence]] = Array(repeating: [], count: labelCount)
    var supports = Array(repeating: 0, count: labelCount)
    for score in scores {
      for found in score.predictions where found.isFound || found.isFalse {
        evidence[Int(found.label)].append(
          .init(confidence: found.confidence, isRight: found.isFound, iou: found.iou))
      }
      for (label, count) in score.supports { supports[label] += count }
    }
    let names = Array(repeating: "", count: labelCount)
    let usual = Scoreboard(labels: names, scores: scores).thresholds
    let trust = evidence.indices.map {
      LabelTrust(evidence[$0], support: supports[$0], usual: usual[$0], rules: rules)
    }
    // What the model would say at its best is never passed over, nor what it finds more likely
    // than not.
    let caps = (0..<labelCount).map { min(0.5, usual[$0]) }
    self.init(scores, trust: trust, caps: caps, rules: rules)
  }

  private init(
    _ scores: [ImageScore], trust: [LabelTrust], caps: [Double], rules: AutoLabelRules
  ) {
    func judge(_ predictions: [Prediction], _ floors: [Double]) -> Verdict {
      Self.verdict(predictions, trust: trust, floors: floors, rules: rules)
    }
    // Images by the surest prediction that leaves them to people if it isn't passed over.
    var known: [(doubt: Double, trial: Trial, score: ImageScore)] = []
    for score in scores {
      let predictions = score.shownPredictions
      guard case .sure(let places) = judge(predictions, caps) else { continue }
      let doubt = predictions.filter { !Self.isSure($0, trust) }.map(\.confidence).max()
      known.append((doubt ?? -.infinity, Trial(score, sure: places), score))
    }
    known.sort { $0.doubt < $1.doubt }
    var (sum, best) = (Trial(), Trial())
    var missed = MissedTruths(trust: trust)
    var floor: Double?
    for (index, item) in known.enumerated() {
      sum.add(item.trial)
      missed.add(item.score)
      let next = index + 1 < known.count ? known[index + 1].doubt : .infinity
      guard next > item.doubt, rules.isReached(sum.right, of: sum.truths),
        missed.areFew(for: rules)
      else { continue }
      (floor, best) = (next, sum)
    }
    self.rules = rules
    self.trust = trust
    isReached = floor != nil
    trial = floor == nil ? sum : best
    floors = zip(caps, trust).map { cap, trust in
      min(cap, floor ?? 0, trust.threshold ?? .infinity)
    }
  }

  /// What becomes of an image.
  ///
  /// - Parameter predictions: All that the model says of it.
  /// - Returns: Which predictions become truth, or why people label the image.
  public func verdict(_ predictions: [Prediction]) -> Verdict {
    guard isReached else { return .doubtful(.nothing) }
    return Self.verdict(predictions, trust: trust, floors: floors, rules: rules)
  }

  private static func verdict(
    _ predictions: [Prediction], trust: [LabelTrust], floors: [Double], rules: AutoLabelRules
  ) -> Verdict {
    var sure: [Int] = []
    var doubt: Int?
    for (place, prediction) in predictions.enumerated() {
      if isSure(prediction, trust) {
        sure.append(place)
      } else if prediction.confidence >= (floors[known: prediction.label] ?? 0),
        prediction.confidence > doubt.map({ predictions[$0].confidence }) ?? -.infinity
      {
        doubt = place
      }
    }
    if let doubt { return .doubtful(.unsure(doubt)) }
    if sure.isEmpty { return .doubtful(.nothing) }
    return rules.isExclusive && sure.count > 1 ? .doubtful(.several) : .sure(sure)
  }

  private static func isSure(_ prediction: Prediction, _ trust: [LabelTrust]) -> Bool {
    trust[known: prediction.label]?.threshold.map { prediction.confidence >= $0 } ?? false
  }
}

extension AutoLabelling.Trial {
  /// What comes of an image if some of its predictions become truth.
  fileprivate init(_ score: ImageScore, sure places: [Int]) {
    images = 1
    labels = places.count
    right = places.count { score.predictions[$0].isFound }
    truths = score.supports.values.reduce(0, +)
    wholeImages = right == truths && right == labels ? 1 : 0
  }

  fileprivate mutating func add(_ other: AutoLabelling.Trial) {
    images += other.images
    wholeImages += other.wholeImages
    labels += other.labels
    right += other.right
    truths += other.truths
  }
}

extension ImageScore {
  /// The predictions, the surest first; the same label twice is one that doesn't count.
  fileprivate var shownPredictions: [AutoLabelling.Prediction] {
    predictions.map { .init(label: Int($0.label), confidence: $0.confidence) }
  }
}

extension Array {
  /// What is at a place; nil for a label that was not there when a model was measured.
  fileprivate subscript(known label: Int) -> Element? {
    indices.contains(label) ? self[label] : nil
  }
}
