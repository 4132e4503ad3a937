import Evaluation

/// A curve made the plain way, to compare with.
struct PlainCurve {
  let support: Int
  /// Those that count, the surest first.
  private let predictions: [(confidence: Double, isFound: Bool)]

  /// Collects a label's predictions from the matches of all images.
  init(_ scores: [ImageScore], label: Int, board: Scoreboard) {
    var found: [(confidence: Double, isFound: Bool)] = []
    var support = 0
    for score in scores {
      let match = ImageMatch(score, thresholds: Thresholds())
      for prediction in match.predictions where prediction.label == label {
        switch prediction.verdict {
        case .truePositive: found.append((prediction.confidence, true))
        case .falsePositive: found.append((prediction.confidence, false))
        case .ignored, .belowThreshold: break
        }
      }
      support += match.truths.count { $0.label == label && $0.verdict != .ignored }
    }
    self.support = support
    predictions = found.enumerated().sorted {
      ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
    }.map(\.element)
  }

  /// What counts for and against from a threshold on.
  func counts(from threshold: Double) -> Counts {
    let sure = predictions.filter { $0.confidence >= threshold }
    let found = sure.count(where: \.isFound)
    return Counts(
      truePositives: found, falsePositives: sure.count - found, falseNegatives: support - found)
  }

  /// The greatest of the thresholds with the best F1, 0.5 where nothing is found.
  var bestThreshold: Double {
    var best = (f1: 0.0, threshold: 0.5)
    for threshold in Set(predictions.map(\.confidence)).sorted(by: >) {
      let f1 = counts(from: threshold).f1 ?? 0
      if f1 > best.f1 { best = (f1, threshold) }
    }
    return best.threshold
  }

  /// The mean over 101 recalls of the greatest precision there or further on.
  var averagePrecision: Double? {
    guard support > 0 else { return nil }
    var (found, curve): (Int, [(recall: Double, precision: Double)]) = (0, [])
    for (place, prediction) in predictions.enumerated() {
      found += prediction.isFound ? 1 : 0
      curve.append((Double(found) / Double(support), Double(found) / Double(place + 1)))
    }
    let precisions = (0...100).map { step in
      let recall = step == 100 ? 1 : Double(step) * 0.01
      return curve.filter { $0.recall >= recall }.map(\.precision).max() ?? 0
    }
    return precisions.reduce(0, +) / 101
  }
}
