/// The figures of a label.
public struct LabelFigures: Hashable, Sendable {
  /// The label's place in the list of labels.
  public let label: Int
  /// The label's name.
  public let name: String
  /// The confidence from which on predictions count.
  public let threshold: Double
  /// What counts for and against from the threshold on.
  public let counts: Counts
  /// The number of images with truths of the label.
  public let imageCount: Int
  /// Figures that hold whatever the threshold.
  public let curve: CurveFigures

  /// The number of truths that count.
  public var support: Int { counts.support }
}

/// The figures of a label that hold whatever the threshold.
public struct CurveFigures: Hashable, Sendable {
  /// The threshold with the best F1; nil if nothing is found at any.
  ///
  /// Custom Labels calls it the assumed threshold and uses it where none is asked for. Of several
  /// it is the greatest.
  public let assumedThreshold: Double?
  /// COCO's average precision at each IoU of ``MatchRules/ladder``; nil without truths.
  public let averagePrecisions: [Double]?
  /// The share of truths found at each IoU of the ladder with all predictions; nil without truths.
  public let recalls: [Double]?
  /// Average precision at the IoU of the rules, over all predictions; nil without truths.
  public let averagePrecisionAtRule: Double?
  /// The share of truths found at the IoU of the rules with all predictions; nil without truths.
  public let recallAtRule: Double?

  /// Average precision at IoU 0.5; nil without truths.
  public var ap50: Double? { averagePrecisions?.first }
  /// Average precision at IoU 0.75; nil without truths.
  public var ap75: Double? { averagePrecisions.map { $0[5] } }
  /// The mean of average precision over IoU 0.5 to 0.95; nil without truths.
  public var ap: Double? { averagePrecisions.map(Self.mean) }
  /// The mean of recall over IoU 0.5 to 0.95 (COCO's AR100); nil without truths.
  public var averageRecall: Double? { recalls.map(Self.mean) }

  init(_ curve: LabelCurve) {
    let prefixes = curve.prefixes
    let ladder = 1..<OutcomeFlags.levels
    let support = curve.support
    assumedThreshold = curve.bestThreshold(prefixes: prefixes)
    let averages = ladder.compactMap { curve.averagePrecision(at: $0, prefixes: prefixes) }
    averagePrecisions = averages.isEmpty ? nil : averages
    let found = prefixes[prefixes.count - 1].found
    recalls = support > 0 ? ladder.map { Double(found[$0]) / Double(support) } : nil
    averagePrecisionAtRule = curve.averagePrecision(at: 0, prefixes: prefixes)
    recallAtRule = support > 0 ? Double(found[0]) / Double(support) : nil
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
