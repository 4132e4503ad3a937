public import GroundTruth

/// What a predictor says of an image.
public struct PredictionAnswer: Hashable, Sendable {
  /// The request's number.
  public var id: Int
  /// The labels found, none included; or why there is no answer.
  public var outcome: Result<[CustomLabel], PredictionError>
  /// What was odd about the answer and is mended, as boxes beyond the image; a sentence each.
  public var notes: [String]

  /// Creates an answer.
  ///
  /// - Parameters:
  ///   - id: The request's number.
  ///   - outcome: The labels found, or why there is no answer.
  ///   - notes: What was odd about it.
  public init(
    id: Int, outcome: Result<[CustomLabel], PredictionError>, notes: [String] = []
  ) {
    self.id = id
    self.outcome = outcome
    self.notes = notes
  }
}
