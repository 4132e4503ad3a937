import Glibc

/// Linear functions of features, one a label: logistic regression.
public struct LinearModel: Hashable, Sendable {
  /// The number of features.
  public let width: Int
  /// For each label the coefficients of the features, then the constant.
  public let coefficients: [Float]

  /// The number of labels.
  public var labelCount: Int { coefficients.count / (width + 1) }

  /// Creates a model; nil if the coefficients don't come in rows.
  public init?(width: Int, coefficients: [Float]) {
    guard width > 0, !coefficients.isEmpty, coefficients.count.isMultiple(of: width + 1) else {
      return nil
    }
    self.width = width
    self.coefficients = coefficients
  }

  /// The answers for features, one a label, before softmax or sigmoid.
  ///
  /// - Precondition: There are `width` features.
  public func answers(_ features: ArraySlice<Float>) -> [Double] {
    features.withUnsafeBufferPointer { features in
      coefficients.withUnsafeBufferPointer { coefficients in
        (0..<labelCount).map { label in
          let start = label * (width + 1)
          var sum = coefficients[start + width]
          for place in 0..<width { sum += coefficients[start + place] * features[place] }
          return Double(sum)
        }
      }
    }
  }

  /// The chances of labels of which exactly one is right.
  public static func softmax(_ answers: [Double]) -> [Double] {
    let greatest = answers.max() ?? 0
    let powers = answers.map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The chance of each label by itself.
  public static func sigmoids(_ answers: [Double]) -> [Double] {
    answers.map { 1 / (1 + exp(-$0)) }
  }
}
