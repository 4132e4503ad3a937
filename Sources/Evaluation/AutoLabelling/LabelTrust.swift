/// From which confidence on a model's word is taken for a label, and what that was measured by.
public struct LabelTrust: Hashable, Sendable {
  /// The least confidence that is taken for truth; nil if the model is never sure enough.
  public let threshold: Double?
  /// Predictions from the threshold on that are right.
  ///
  /// Without a threshold those at the confidence where the least is missing.
  public let right: Int
  /// All predictions from the threshold on.
  public let predicted: Int
  /// The predictions of the label at any confidence.
  public let total: Int
  /// The truths.
  public let support: Int
  /// The mean IoU of the right ones with their truths; nil without any, and for whole images 1.
  public let meanIoU: Double?
  /// The share of predictions that are certainly right; nil without predictions.
  public let precisionBound: Double?
  /// How many more right predictions, and no wrong one, it takes to have a threshold.
  public let missing: Int

  /// The share of predictions that are right; nil without predictions.
  public var precision: Double? { counts.precision }
  /// The share of truths that are labelled; nil without truths.
  public var recall: Double? { counts.recall }

  private var counts: Counts {
    Counts(
      truePositives: right, falsePositives: predicted - right,
      falseNegatives: max(0, support - right))
  }

  /// A prediction that counts: for or against.
  struct Evidence {
    let confidence: Double
    let isRight: Bool
    let iou: Double
  }

  /// Finds the least confidence at which the target is certainly reached.
  ///
  /// - Parameters:
  ///   - evidence: The predictions of the label that count, in any order.
  ///   - support: The number of truths.
  ///   - usual: From which confidence on the model would say it at its best: many that are right
  ///     never make up for less sure ones that are mostly wrong.
  ///   - rules: What is asked.
  /// - Complexity: O(*n* log *n*).
  init(_ evidence: [Evidence], support: Int, usual: Double, rules: AutoLabelRules) {
    let sorted = evidence.filter { $0.confidence >= usual }
      .sorted { $0.confidence > $1.confidence }
    var (right, overlap) = (0, 0.0)
    var threshold: Double?
    var best = (right: 0, count: 0, overlap: 0.0, missing: rules.missing(0, of: 0))
    for (index, item) in sorted.enumerated() {
      if item.isRight { (right, overlap) = (right + 1, overlap + item.iou) }
      let count = index + 1
      // Equally sure ones are never parted.
      guard count == sorted.count || sorted[count].confidence < item.confidence else { continue }
      if rules.isReached(right, of: count) {
        threshold = item.confidence
        best = (right, count, overlap, 0)
      } else if threshold == nil {
        let missing = rules.missing(right, of: count)
        if missing <= best.missing { best = (right, count, overlap, missing) }
      }
    }
    self.threshold = threshold
    self.right = best.right
    predicted = best.count
    total = evidence.count
    self.support = support
    meanIoU = best.right > 0 ? best.overlap / Double(best.right) : nil
    precisionBound = rules.bound(best.right, of: best.count)
    missing = best.missing
  }
}
