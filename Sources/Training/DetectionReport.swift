public import Evaluation

/// What a detector found in images that it hadn't learned from, and what follows from that.
public struct DetectionReport: Sendable {
  /// The names of the labels.
  public let labels: [String]
  private let images: [(truths: [TruthBox], found: [PredictedBox])]

  /// Takes what was found.
  ///
  /// - Parameters:
  ///   - labels: The names of the labels.
  ///   - images: The truth of each image, and what was found with raw scores.
  public init(
    labels: [String], images: [(truths: [TruthBox], found: [PredictedBox])]
  ) {
    self.labels = labels
    self.images = images
  }

  /// The mean over labels of average precision at IoU 0.5; 0 without truths.
  public var meanAveragePrecision: Double { board(images.map(\.found)).overall.ap50 ?? 0 }

  /// What the scores of each label are worth.
  ///
  /// A label with few boxes is judged much like all together.
  ///
  /// - Parameter prior: What to expect of each label without any.
  /// - Returns: A scaling for each label.
  public func calibration(prior: [String: PlattScaling] = [:]) -> [String: PlattScaling] {
    var samples = Array(repeating: [PlattScaling.Sample](), count: labels.count)
    for image in images {
      let match = ImageMatch(
        truths: image.truths, predictions: image.found, thresholds: Thresholds(0))
      for found in match.predictions where found.isPresent || found.isFalsePositive {
        samples[found.label].append(
          PlattScaling.Sample(score: found.confidence, isRight: found.isPresent))
      }
    }
    let all = PlattScaling(
      fitting: samples.flatMap { $0 }, prior: PlattScaling(slope: 1.5, offset: 0))
    return Dictionary(
      uniqueKeysWithValues: labels.indices.map { label in
        let expected = prior[labels[label]] ?? all
        return (labels[label], PlattScaling(fitting: samples[label], prior: expected))
      })
  }

  /// The confidence of each label from which on its boxes count, for the best F1.
  ///
  /// The best on a few images is a matter of chance: the fewer there are of a label, the more weight
  /// has what would be best if confidences were exactly what they should be.
  ///
  /// - Parameter calibration: What the scores are worth.
  /// - Returns: A threshold for each label.
  public func thresholds(_ calibration: [String: PlattScaling]) -> [String: Double] {
    let found = calibrated(calibration)
    let figures = board(found).labelFigures
    var thresholds: [String: Double] = [:]
    for (label, name) in labels.enumerated() {
      let confidences = found.joined().filter { $0.label == label }.map(\.confidence)
      let expected = Self.expectedThreshold(confidences, support: figures[label].support)
      let seen = figures[label].curve.assumedThreshold ?? expected
      let weight = Double(figures[label].support) / Double(figures[label].support + 20)
      thresholds[name] = weight * seen + (1 - weight) * expected
    }
    return thresholds
  }

  /// The mean over labels of F1 at thresholds.
  public func f1(
    _ calibration: [String: PlattScaling], thresholds: [String: Double]
  ) -> Double {
    let found = calibrated(calibration)
    let kept = found.map { boxes in
      boxes.filter { $0.confidence >= thresholds[labels[$0.label]] ?? 0.5 }
    }
    var board = board(kept)
    board.choose(.common(0))
    return board.overall.f1 ?? 0
  }

  /// The threshold with the best F1 to be expected of confidences that are honest.
  ///
  /// - Parameters:
  ///   - confidences: All confidences of a label.
  ///   - support: The number of its truths.
  /// - Returns: The threshold.
  static func expectedThreshold(_ confidences: [Double], support: Int) -> Double {
    var (sum, best, threshold) = (0.0, 0.0, 0.5)
    let sorted = confidences.sorted(by: >)
    for (place, confidence) in sorted.enumerated() {
      sum += confidence
      let f1 = 2 * sum / (Double(place + 1) + Double(max(support, 1)))
      if f1 > best { (best, threshold) = (f1, confidence) }
    }
    return min(max(threshold, 0.05), 0.9)
  }

  private func calibrated(_ calibration: [String: PlattScaling]) -> [[PredictedBox]] {
    images.map { image in
      image.found.map { box in
        var box = box
        box.confidence =
          (calibration[labels[box.label]] ?? .identity).confidence(of: box.confidence)
        return box
      }
    }
  }

  private func board(_ found: [[PredictedBox]]) -> Scoreboard {
    Scoreboard(
      labels: labels,
      scores: zip(images, found).map { ImageScore(truths: $0.truths, predictions: $1) })
  }
}
