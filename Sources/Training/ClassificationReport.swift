import Evaluation
import Glibc

/// What a classifier said of images that it hadn't learned from, and what follows from that.
public struct ClassificationReport: Sendable {
  /// The names of the labels.
  public let labels: [String]
  private let truths: [[Int]]
  private let chances: [[Double]]

  /// Takes what was said.
  ///
  /// - Parameters:
  ///   - labels: The names of the labels.
  ///   - truths: The labels of each image.
  ///   - chances: The chance of each label, for each image.
  public init(labels: [String], truths: [[Int]], chances: [[Double]]) {
    self.labels = labels
    self.truths = truths
    self.chances = chances
  }

  /// How surprising the truth is after scaling, in nats for an image and a label; less is better.
  public var surprise: Double {
    let scaling = PlattScaling(fitting: samples.flatMap { $0 }, prior: .identity)
    var (sum, count) = (0.0, 0.0)
    for sample in samples.joined() {
      let chance = scaling.confidence(of: sample.score)
      sum -= log(max(sample.isRight ? chance : 1 - chance, 1e-12))
      count += 1
    }
    return sum / max(count, 1)
  }

  /// The part of images whose surest label is theirs.
  public var accuracy: Double {
    let hits = zip(truths, chances).count { truth, chances in
      guard let surest = chances.indices.max(by: { chances[$0] < chances[$1] }) else {
        return false
      }
      return truth.contains(surest)
    }
    return Double(hits) / Double(max(truths.count, 1))
  }

  /// What the chances of each label are worth.
  public var calibration: [String: PlattScaling] {
    let all = PlattScaling(fitting: samples.flatMap { $0 }, prior: .identity)
    return Dictionary(
      uniqueKeysWithValues: labels.indices.map {
        (labels[$0], PlattScaling(fitting: samples[$0], prior: all, strength: 30))
      })
  }

  /// The confidence of each label from which on it counts, for the best F1.
  public var thresholds: [String: Double] {
    let calibration = calibration
    let figures = board(calibration).labelFigures
    return Dictionary(
      uniqueKeysWithValues: labels.indices.map { label in
        let scaling = calibration[labels[label]] ?? .identity
        let confidences = chances.map { scaling.confidence(of: $0[label]) }
        let support = figures[label].support
        let expected = DetectionReport.expectedThreshold(confidences, support: support)
        let seen = figures[label].curve.assumedThreshold ?? expected
        let weight = Double(support) / Double(support + 20)
        return (labels[label], weight * seen + (1 - weight) * expected)
      })
  }

  /// How it did.
  public var validation: ModelDescription.Validation {
    let overall = board(calibration).overall
    return ModelDescription.Validation(
      images: truths.count, meanAveragePrecision: overall.averagePrecisionAtRule ?? 0,
      f1: overall.f1 ?? 0)
  }

  private var samples: [[PlattScaling.Sample]] {
    labels.indices.map { label in
      zip(truths, chances).map {
        PlattScaling.Sample(score: $1[label], isRight: $0.contains(label))
      }
    }
  }

  private func board(_ calibration: [String: PlattScaling]) -> Scoreboard {
    let scores = zip(truths, chances).map { truth, chances in
      let predictions = chances.indices.map { label in
        let scaling = calibration[labels[label]] ?? .identity
        return ImageScore.PredictedLabel(
          label: label, confidence: scaling.confidence(of: chances[label]))
      }
      return ImageScore(truthLabels: truth, predictions: predictions)
    }
    return Scoreboard(labels: labels, scores: scores)
  }
}
