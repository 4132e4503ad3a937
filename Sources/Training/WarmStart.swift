/// What a training takes over from the model before it.
public struct WarmStart: Hashable, Sendable {
  /// The description of that model.
  public let description: ModelDescription
  /// The images that it has learned from, by their paths.
  public let known: Set<String>

  /// The number of steps that are enough where most is known already.
  public static let steps = 100
  /// The greatest learning rate, half of the usual.
  public static let peak = 1e-3
  /// How much worse the new weights may be, in mean average precision, to be kept.
  ///
  /// They are judged before they have settled, and a few boxes tell little: two of them more or less
  /// must not decide.
  ///
  /// - Parameter boxes: The number of boxes that they are judged by.
  /// - Returns: The difference.
  public static func tolerance(boxes: Int) -> Double {
    0.02 + 0.5 / Double(max(boxes, 1)).squareRoot()
  }

  /// Creates a warm start.
  public init(description: ModelDescription, known: Set<String>) {
    self.description = description
    self.known = known
  }

  /// Where each label stands among that model's; nil for new ones.
  public func places(of labels: [String]) -> [Int?] {
    labels.map { description.labels.firstIndex(of: $0) }
  }

  /// The images that it hasn't seen, as places in the list.
  public func unseen(_ images: [TrainingImage]) -> [Int] {
    images.indices.filter { !known.contains(images[$0].path) }
  }
}
