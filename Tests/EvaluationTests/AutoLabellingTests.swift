import Evaluation
import TestSupport
import Testing

@Suite("A model that labels alone")
struct AutoLabellingTests {
  /// Images with one label each of which a model says something.
  private func scores(_ images: [(truth: Int, said: Int, confidence: Double)]) -> [ImageScore] {
    images.map { image in
      ImageScore(
        truthLabels: [image.truth],
        predictions: [.init(label: image.said, confidence: image.confidence)])
    }
  }

  private func rules(_ target: Double, isExclusive: Bool = true) -> AutoLabelRules {
    AutoLabelRules(target: target, isExclusive: isExclusive)
  }

  /// With nothing wrong, Wilson's bound is n / (n + 1.645²): 52 for 95 %, 25 for 90 %.
  @Test("is asked for enough images that were right")
  func fewest() {
    #expect(rules(0.95).missing(0, of: 0) == 52)
    #expect(rules(0.9).missing(0, of: 0) == 25)
    #expect(rules(0.9).missing(24, of: 24) == 1)
    #expect(rules(0.9).missing(25, of: 25) == 0)
    #expect(rules(0.9).bound(25, of: 25).map { abs($0 - 0.90235) < 1e-4 } == true)
    #expect(rules(0.9).bound(0, of: 0) == nil)
  }

  @Test("is trusted down to the confidence where it is wrong too often")
  func threshold() {
    let right = (0..<30).map { (truth: 0, said: 0, confidence: 0.99 - Double($0) / 1_000) }
    let wrong = (0..<3).map { (truth: 1, said: 0, confidence: 0.8 - Double($0) / 10) }
    let found = AutoLabelling(scores(right + wrong), labelCount: 2, rules: rules(0.9))
    #expect(found.trust[0].threshold == 0.99 - 29.0 / 1_000)
    #expect((found.trust[0].right, found.trust[0].predicted) == (30, 30))
    #expect((found.trust[0].support, found.trust[0].total) == (30, 33))
    #expect((found.trust[0].precision, found.trust[0].recall) == (1, 1))
    #expect(found.trust[1].threshold == nil)
    #expect((found.trust[1].predicted, found.trust[1].missing) == (0, 25))
    #expect(found.isReached)
    #expect(found.trial.images == 30)
    #expect(found.trial.wholeImages == 30)
    #expect(found.verdict([.init(label: 0, confidence: 0.97)]) == .sure([0]))
    #expect(
      found.verdict([.init(label: 0, confidence: 0.9)]) == .doubtful(.unsure(0)),
      "less than 0.96 was never right")
    #expect(found.verdict([]) == .doubtful(.nothing))
    #expect(found.verdict([.init(label: 1, confidence: 1)]) == .doubtful(.unsure(0)))
    #expect(found.verdict([.init(label: 7, confidence: 1)]) == .doubtful(.unsure(0)))
    #expect(
      found.verdict([.init(label: 0, confidence: 0.97), .init(label: 0, confidence: 0.98)])
        == .doubtful(.several))
  }

  @Test("labels nothing if too few images tell, and says how many more it takes")
  func tooFew() {
    let few = (0..<20).map { _ in (truth: 0, said: 0, confidence: 0.9) }
    let found = AutoLabelling(scores(few), labelCount: 1, rules: rules(0.9))
    #expect(!found.isReached)
    #expect(found.trust[0].threshold == nil)
    #expect((found.trust[0].predicted, found.trust[0].missing) == (20, 5))
    #expect(found.verdict([.init(label: 0, confidence: 1)]) == .doubtful(.nothing))
    #expect(!AutoLabelling([], labelCount: 0, rules: rules(0.9)).isReached)
  }

  @Test("never parts equally sure predictions")
  func ties() {
    let same = (0..<40).map { (truth: $0 < 30 ? 0 : 1, said: 0, confidence: 0.9) }
    #expect(AutoLabelling(scores(same), labelCount: 2, rules: rules(0.9)).trust[0].threshold == nil)
  }

  /// Sixty images with two cats: the model is sure of one, and less so of the other.
  private func cats(second: Double) -> [ImageScore] {
    func box(_ left: Double) -> Rectangle { Rectangle(left: left, top: 0, width: 10, height: 10) }
    return (0..<60).map { _ in
      ImageScore(
        truths: [TruthBox(box(0), label: 0), TruthBox(box(20), label: 0)],
        predictions: [
          PredictedBox(box(1), label: 0, confidence: 0.9),
          PredictedBox(box(21), label: 0, confidence: second),
          // Enough of them are wrong to be sure of none.
          PredictedBox(box(50), label: 0, confidence: second),
        ])
    }
  }

  @Test("leaves images with doubts to people, even if what it is sure of is right")
  func doubts() {
    let found = AutoLabelling(
      cats(second: 0.3), labelCount: 1, rules: rules(0.9, isExclusive: false))
    #expect(found.trust[0].threshold == 0.9)
    #expect(found.trust[0].recall == 0.5)
    #expect(found.trust[0].meanIoU.map { abs($0 - 90.0 / 110) < 1e-12 } == true)
    #expect(!found.isReached, "half of the cats would be missing on every image")
    let doubtful = AutoLabelling(
      cats(second: 0.7) + sureCats, labelCount: 1, rules: rules(0.9, isExclusive: false))
    #expect(doubtful.isReached)
    #expect((doubtful.trial.images, doubtful.trial.truths) == (60, 60))
    #expect(
      doubtful.verdict([.init(label: 0, confidence: 0.95), .init(label: 0, confidence: 0.7)])
        == .doubtful(.unsure(1)))
  }

  private var sureCats: [ImageScore] {
    let box = Rectangle(left: 0, top: 0, width: 10, height: 10)
    return (0..<60).map { _ in
      ImageScore(
        truths: [TruthBox(box, label: 0)],
        predictions: [
          PredictedBox(box, label: 0, confidence: 0.9),
          PredictedBox(
            Rectangle(left: 50, top: 0, width: 5, height: 5), label: 0, confidence: 0.05),
        ])
    }
  }

  @Test("passes over what is never right")
  func floor() {
    let all = cats(second: 0.3) + sureCats
    let found = AutoLabelling(all, labelCount: 1, rules: rules(0.9, isExclusive: false))
    #expect(found.isReached)
    #expect(found.trial == AutoLabelling(sureCats, labelCount: 1, rules: rules(0.9)).trial)
    #expect(found.floor(of: 0) == 0.3)
    #expect(
      found.verdict([.init(label: 0, confidence: 0.95), .init(label: 0, confidence: 0.29)])
        == .sure([0]))
  }

  @Test("labels nothing where a label would vanish that it doesn't know")
  func unknownLabel() {
    func scores(dogs: Int) -> [ImageScore] {
      let box = Rectangle(left: 0, top: 0, width: 10, height: 10)
      let other = Rectangle(left: 50, top: 0, width: 10, height: 10)
      return (0..<300).map { index in
        ImageScore(
          truths: [TruthBox(box, label: 0)] + (index < dogs ? [TruthBox(other, label: 1)] : []),
          predictions: [PredictedBox(box, label: 0, confidence: 0.9)])
      }
    }
    let rules = rules(0.9, isExclusive: false)
    #expect(AutoLabelling(scores(dogs: 1), labelCount: 2, rules: rules).isReached, "by chance")
    let found = AutoLabelling(scores(dogs: 6), labelCount: 2, rules: rules)
    #expect(!found.isReached)
    #expect((found.trial.right, found.trial.truths) == (300, 306))
  }

  @Test("keeps its word on any images", arguments: 0..<40)
  func property(seed: UInt64) throws {
    let maker = try PredictionMaker("bccd")
    var random = SeededGenerator(seed: seed)
    let scores = zip(maker.truths, maker.predictions(seed: seed)).map {
      // Surer ones are better, so that some can be trusted.
      let kept = $1.filter { $0.confidence > Double(random.next() % 60) / 100 }
      return ImageScore(truths: $0, predictions: kept)
    }
    let count = maker.labels.count
    let target = [0.5, 0.7, 0.85][Int(seed % 3)]
    let rules = rules(target, isExclusive: false)
    let found = AutoLabelling(scores, labelCount: count, rules: rules)
    for label in 0..<count {
      let reached = reached(scores, label, of: count, rules)
      #expect(found.trust[label].threshold == reached.min(), "seed \(seed)")
      #expect((found.trust[label].missing == 0) == !reached.isEmpty)
    }
    var (images, right, truths, labels) = (0, 0, 0, 0)
    var missed: [Int: (missed: Int, of: Int)] = [:]
    for score in scores {
      let match = ImageMatch(score, thresholds: Thresholds(-1))
      let said = match.predictions.map {
        AutoLabelling.Prediction(label: $0.label, confidence: $0.confidence)
      }
      guard case .sure(let places) = found.verdict(said) else { continue }
      images += 1
      labels += places.count
      right += places.count { match.predictions[$0].isTruePositive }
      truths += match.truths.count { $0.verdict != .ignored }
      for truth in match.truths where truth.verdict != .ignored {
        missed[truth.label, default: (0, 0)].of += 1
        let isGiven = truth.prediction.map(places.contains) ?? false
        if !isGiven { missed[truth.label, default: (0, 0)].missed += 1 }
      }
      let rest = said.indices.filter { !places.contains($0) }
      #expect(rest.allSatisfy { said[$0].confidence < found.floor(of: said[$0].label) })
      #expect(
        places.allSatisfy {
          said[$0].confidence >= found.trust[said[$0].label].threshold ?? .infinity
        })
    }
    if found.isReached {
      #expect(images == found.trial.images, "seed \(seed)")
      #expect((labels, right) == (found.trial.labels, found.trial.right))
      #expect(truths == found.trial.truths)
      #expect(rules.isReached(right, of: truths))
      #expect(
        missed.values.allSatisfy {
          Double($0.missed) <= 1 + (1 - target) * Double($0.of)
        })
    } else {
      #expect(images == 0)
    }
    let shuffled = AutoLabelling(
      scores.shuffled(using: &random), labelCount: count, rules: rules)
    #expect(shuffled.trial == found.trial)
    #expect(shuffled.trust.map(\.threshold) == found.trust.map(\.threshold))
    let stricter = AutoLabelling(
      scores, labelCount: count, rules: self.rules(target + 0.05, isExclusive: false))
    for (strict, loose) in zip(stricter.trust, found.trust) {
      #expect(strict.threshold ?? .infinity >= loose.threshold ?? .infinity)
    }
  }

  /// The confidences at which the target is reached for a label, by counting anew at each.
  private func reached(
    _ scores: [ImageScore], _ label: Int, of count: Int, _ rules: AutoLabelRules
  ) -> [Double] {
    let all = scores.flatMap { ImageMatch($0, thresholds: Thresholds(-1)).predictions }
      .filter { $0.label == label && $0.verdict != .ignored }
    let usual = Scoreboard(
      labels: Array(repeating: "", count: count), scores: scores
    ).thresholds
    return Set(all.map(\.confidence)).filter { least in
      guard least >= usual[label] else { return false }
      let kept = all.filter { $0.confidence >= least }
      return rules.isReached(kept.count { $0.isTruePositive }, of: kept.count)
    }
  }
}
