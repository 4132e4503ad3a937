import Evaluation

/// The figures of a run, as the next one compares itself with them.
public struct EvaluationRun: Hashable, Sendable {
  /// When it was.
  public var date: String
  /// By name: `F1Score`, `Precision`, `Recall`, `AP50`, `AP50:95`, and `Threshold`.
  public var figures: [String: Double]

  /// Creates a run.
  public init(date: String, figures: [String: Double]) {
    self.date = date
    self.figures = figures
  }

  /// The figures of a dataset at a threshold.
  init(date: String, _ overall: OverallFigures, threshold: Double) {
    let values: [(String, Double?)] = [
      ("F1Score", overall.f1), ("Precision", overall.precision), ("Recall", overall.recall),
      ("AP50", overall.ap50), ("AP50:95", overall.ap), ("Threshold", threshold),
    ]
    self.init(date: date, figures: [:])
    for (name, value) in values { figures[name] = value }
  }
}
