/// What is asked of a model before it may label images alone.
public struct AutoLabelRules: Hashable, Sendable {
  /// The share of labels that are to be right, and of what is there that is to be labelled.
  public var target: Double
  /// The quantile of the normal distribution that decides how certain that has to be.
  ///
  /// 1.645 means 95 % that the share is no less: for the bound that counts is the lower one alone.
  public var certainty: Double
  /// Whether an image has one label at most, as for classification.
  public var isExclusive: Bool

  /// Creates rules.
  ///
  /// - Parameters:
  ///   - target: The share that is to be right, more than 0 and less than 1.
  ///   - certainty: The quantile of the normal distribution for the lower bound of a share.
  ///   - isExclusive: Whether an image has one label at most.
  public init(target: Double, certainty: Double = 1.644_853_627, isExclusive: Bool = false) {
    self.target = target
    self.certainty = certainty
    self.isExclusive = isExclusive
  }

  /// The share that is certainly reached, where so many of so many are right: Wilson's lower bound.
  public func bound(_ right: Int, of count: Int) -> Double? {
    Counts.interval(right, of: count, z: certainty)?.lowerBound
  }

  /// Whether the target is certainly reached.
  public func isReached(_ right: Int, of count: Int) -> Bool {
    bound(right, of: count).map { $0 >= target } ?? false
  }

  /// How many more right ones, and no wrong one, it takes until the target is certainly reached.
  ///
  /// - Complexity: O(log result).
  public func missing(_ right: Int, of count: Int) -> Int {
    if isReached(right, of: count) { return 0 }
    var (low, high) = (0, 1)
    while !isReached(right + high, of: count + high), high < 1 << 40 {
      (low, high) = (high, high * 2)
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if isReached(right + middle, of: count + middle) { high = middle } else { low = middle }
    }
    return high
  }
}
