import Evaluation

/// How much the boxes of each label count, so that rare labels are learned beside common ones.
public enum LabelWeights {
  /// The greatest weight.
  static let limit = 3.0

  /// The weight of each label: the square root of how much rarer than the mean it is, no less
  /// than 1.
  ///
  /// - Parameters:
  ///   - images: The images to learn from.
  ///   - labelCount: The number of labels.
  /// - Returns: A weight for each label.
  public static func ofBoxes(in images: [TrainingImage], labelCount: Int) -> [Double] {
    var counts = Array(repeating: 0, count: labelCount)
    for box in images.lazy.flatMap(\.boxes) { counts[box.label] += 1 }
    let present = counts.filter { $0 > 0 }
    let mean = Double(present.reduce(0, +)) / Double(max(present.count, 1))
    return counts.map { count in
      min(max((mean / Double(max(count, 1))).squareRoot(), 1), limit)
    }
  }
}
