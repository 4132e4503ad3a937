/// How many predictions are right and wrong and how many truths are missed, and what follows.
///
/// The definitions are those of the Custom Labels guide, “Metrics for evaluating your model”.
public struct Counts: Hashable, Sendable {
  /// Predictions that found a truth.
  public var truePositives: Int
  /// Predictions that found none.
  public var falsePositives: Int
  /// Truths that nothing found.
  public var falseNegatives: Int

  /// Creates counts, of nothing unless said otherwise.
  public init(truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
  }

  /// The number of truths.
  public var support: Int { truePositives + falseNegatives }
  /// The number of predictions.
  public var predicted: Int { truePositives + falsePositives }

  /// The share of predictions that are right; nil without predictions.
  public var precision: Double? { Self.share(truePositives, of: predicted) }
  /// The share of truths that are found; nil without truths.
  public var recall: Double? { Self.share(truePositives, of: support) }
  /// The harmonic mean of precision and recall; nil without predictions and truths.
  public var f1: Double? { Self.share(2 * truePositives, of: predicted + support) }

  /// Where precision lies with 95 % certainty.
  public var precisionInterval: ClosedRange<Double>? {
    Self.interval(truePositives, of: predicted)
  }
  /// Where recall lies with 95 % certainty.
  public var recallInterval: ClosedRange<Double>? { Self.interval(truePositives, of: support) }

  /// The sum of counts of different labels.
  public static func + (first: Counts, second: Counts) -> Counts {
    Counts(
      truePositives: first.truePositives + second.truePositives,
      falsePositives: first.falsePositives + second.falsePositives,
      falseNegatives: first.falseNegatives + second.falseNegatives)
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  /// Wilson's score interval, which holds for few trials and near 0 and 1 as well.
  ///
  /// E. B. Wilson, “Probable Inference, the Law of Succession, and Statistical Inference”, 1927;
  /// without continuity correction.
  ///
  /// - Parameters:
  ///   - successes: The number of successes.
  ///   - trials: The number of trials.
  ///   - z: The quantile of the normal distribution, 1.96 for 95 %.
  /// - Returns: The interval; nil without trials.
  public static func interval(
    _ successes: Int, of trials: Int, z: Double = 1.959_963_984_540_054
  ) -> ClosedRange<Double>? {
    guard trials > 0, (0...trials).contains(successes) else { return nil }
    let (count, share) = (Double(trials), Double(successes) / Double(trials))
    let square = z * z / count
    let middle = (share + square / 2) / (1 + square)
    let spread = (share * (1 - share) / count + square / (4 * count)).squareRoot()
    let half = z * spread / (1 + square)
    let low = successes == 0 ? 0 : max(0, middle - half)
    return low...(successes == trials ? 1 : min(1, middle + half))
  }
}
