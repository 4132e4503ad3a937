/// A box that a model found.
public struct PredictedBox: Hashable, Sendable {
  /// Where it is.
  public var rectangle: Rectangle
  /// The label's place in the list of labels.
  public var label: Int
  /// How sure the model is, 0…1; what is not a number counts as 0.
  public var confidence: Double

  /// Creates a prediction.
  public init(_ rectangle: Rectangle, label: Int, confidence: Double) {
    self.rectangle = rectangle
    self.label = label
    self.confidence = confidence
  }
}
