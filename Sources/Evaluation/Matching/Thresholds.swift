/// The confidence from which on a prediction counts, for each label.
public struct Thresholds: Hashable, Sendable {
  private var values: [Double]
  /// The threshold of labels that have none of their own.
  public let common: Double

  /// Creates thresholds: one for all labels unless some have their own.
  ///
  /// - Parameters:
  ///   - common: The threshold of all other labels.
  ///   - values: Those of the first labels, in the order of the labels.
  public init(_ common: Double = 0, byLabel values: [Double] = []) {
    self.common = common
    self.values = values
  }

  /// The threshold of a label; a prediction counts if its confidence is no less.
  public subscript(label: Int) -> Double {
    get { values.indices.contains(label) ? values[label] : common }
    set {
      while values.count <= label { values.append(common) }
      values[label] = newValue
    }
  }
}
