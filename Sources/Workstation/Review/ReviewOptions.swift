public import GroundTruth

/// What a review's queue is made of.
public enum ReviewUnit: String, CaseIterable, Sendable {
  /// Images: Space accepts all that is predicted for one.
  case images
  /// Single predictions.
  case boxes
}

/// What a review is started with.
public struct ReviewOptions: Sendable {
  /// The predictions, a line of them for each line of the manifest.
  public var predictions: Predictions
  /// From which confidence on they count, 0…1; whole hundredths are kept.
  public var threshold: Double
  /// The order of the queue.
  public var order: Queue.Order
  /// The filter as typed.
  public var filter: String
  /// What the queue is made of; `nil` for what the order is about.
  public var unit: ReviewUnit?
  /// What random order begins with.
  public var seed: UInt64
  /// What decisions took in earlier sittings.
  public var pace: Pace.Sums
  /// The figures of the last run, for the evaluation screen to compare with.
  public var lastRun: EvaluationRun?

  /// Creates options.
  public init(
    predictions: Predictions, threshold: Double = 0.5, order: Queue.Order = .uncertainty,
    filter: String = "", unit: ReviewUnit? = nil, seed: UInt64 = 1, pace: Pace.Sums = Pace.Sums(),
    lastRun: EvaluationRun? = nil
  ) {
    self.predictions = predictions
    self.threshold = threshold
    self.order = order
    self.filter = filter
    self.unit = unit
    self.seed = seed
    self.pace = pace
    self.lastRun = lastRun
  }
}
