/// The figures of a dataset.
public struct OverallFigures: Hashable, Sendable {
  /// The sums over all labels; precision, recall and F1 of these are the micro means.
  public let counts: Counts
  /// The unweighted mean of precision over labels, as Custom Labels reports it.
  ///
  /// A label without truths is left out; one with truths and no prediction has precision 0.
  public let precision: Double?
  /// The unweighted mean of recall over labels that have truths.
  public let recall: Double?
  /// The unweighted mean of F1 over labels that have truths.
  public let f1: Double?
  /// The mean of AP50 over labels that have truths; COCO's AP50.
  public let ap50: Double?
  /// The mean of AP75 over labels that have truths; COCO's AP75.
  public let ap75: Double?
  /// The mean of average precision over IoU 0.5 to 0.95 and labels with truths; COCO's AP.
  public let ap: Double?
  /// The mean of recall over IoU 0.5 to 0.95 and labels with truths; COCO's AR100.
  public let averageRecall: Double?
  /// The mean over labels of average precision at the IoU of the rules.
  public let averagePrecisionAtRule: Double?
  /// The mean over labels of recall at the IoU of the rules with all predictions.
  public let recallAtRule: Double?

  /// Takes the means over labels.
  ///
  /// - Parameter labels: The figures of all labels.
  public init(_ labels: [LabelFigures]) {
    counts = labels.map(\.counts).reduce(Counts(), +)
    let present = labels.filter { $0.support > 0 }
    let means = Means(present.map(\.counts))
    (precision, recall, f1) = (means.precision, means.recall, means.f1)
    func mean(_ value: (CurveFigures) -> Double?) -> Double? {
      Means.mean(present.compactMap { value($0.curve) })
    }
    ap50 = mean(\.ap50)
    ap75 = mean(\.ap75)
    ap = mean(\.ap)
    averageRecall = mean(\.averageRecall)
    averagePrecisionAtRule = mean(\.averagePrecisionAtRule)
    recallAtRule = mean(\.recallAtRule)
  }
}

/// Unweighted means over labels, as Custom Labels reports them for a whole model.
///
/// That they are unweighted isn't stated; it follows from the numbers of the guide's example.
public struct Means: Hashable, Sendable {
  /// The mean of precision; 0 is taken for a label that nothing is predicted of.
  public let precision: Double?
  /// The mean of recall.
  public let recall: Double?
  /// The mean of F1.
  public let f1: Double?

  /// Takes the means over labels, each with its counts; those without truths are left out.
  public init(_ labels: [Counts]) {
    let present = labels.filter { $0.support > 0 }
    precision = Self.mean(present.map { $0.precision ?? 0 })
    recall = Self.mean(present.map { $0.recall ?? 0 })
    f1 = Self.mean(present.map { $0.f1 ?? 0 })
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
