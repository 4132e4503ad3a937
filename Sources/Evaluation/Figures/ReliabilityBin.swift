/// Predictions whose confidences are about equal, and how often they are right.
///
/// A model whose confidences mean what they say is right as often as it is sure.
public struct ReliabilityBin: Hashable, Sendable {
  /// The number of predictions that count.
  public private(set) var count = 0
  /// How many of them found a truth.
  public private(set) var found = 0
  /// The sum of confidences in units of 2⁻³², so that it doesn't depend on the order.
  private var sum = 0

  /// An empty bin.
  init() {}

  /// How sure they are on average; nil if there are none.
  public var confidence: Double? {
    count > 0 ? Double(sum) / Double(count) / 4_294_967_296 : nil
  }

  /// How often they are right; nil if there are none.
  public var precision: Double? { count > 0 ? Double(found) / Double(count) : nil }

  mutating func add(_ confidence: Double, isFound: Bool) {
    count += 1
    found += isFound ? 1 : 0
    sum += Int((confidence * 4_294_967_296).rounded())
  }
}
