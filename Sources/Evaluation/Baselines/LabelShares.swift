/// What predicts the same labels of every image, each as sure as it is frequent: what a model of
/// whole images has to beat.
public struct LabelShares: Hashable, Sendable {
  /// The predictions, the surest first.
  public let predictions: [ImageScore.PredictedLabel]

  /// Learns from images.
  ///
  /// - Parameter examples: The labels of each image.
  public init(_ examples: some Sequence<Set<Int>>) {
    var counts: [Int: Int] = [:]
    var imageCount = 0
    for labels in examples {
      imageCount += 1
      for label in labels { counts[label, default: 0] += 1 }
    }
    predictions = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { label, count in
      ImageScore.PredictedLabel(
        label: label, confidence: Double(count) / Double(max(imageCount, 1)))
    }
  }
}
