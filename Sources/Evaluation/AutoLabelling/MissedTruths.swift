/// What there is of each label on images that a model would label, and what it would miss.
struct MissedTruths {
  private var truths: [Int]
  private var missed: [Int]
  private let thresholds: Thresholds

  /// Begins without images.
  init(trust: [LabelTrust]) {
    truths = trust.map { _ in 0 }
    missed = truths
    thresholds = Thresholds(byLabel: trust.map { $0.threshold ?? .infinity })
  }

  /// Adds an image.
  mutating func add(_ score: ImageScore) {
    for (place, truth) in score.truths.enumerated() where truth.role == .counted {
      truths[Int(truth.label)] += 1
      if score.isMissed(place, at: thresholds) { missed[Int(truth.label)] += 1 }
    }
  }

  /// Whether of no label more is missed than may be.
  ///
  /// A rare label doesn't weigh among all others, so that it would vanish from what is labelled; one
  /// that is missed by chance tells nothing.
  func areFew(for rules: AutoLabelRules) -> Bool {
    truths.indices.allSatisfy {
      Double(missed[$0]) <= 1 + (1 - rules.target) * Double(truths[$0])
    }
  }
}
