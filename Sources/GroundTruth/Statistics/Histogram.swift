/// How many values lie in each of a row of ranges.
public struct Histogram: Hashable, Sendable {
  /// A range of values and how many lie in it.
  public struct Bin: Hashable, Sendable {
    /// The least value that belongs to it.
    public let from: Double
    /// The least value that is too large for it; `nil` for the last, which has no end.
    public let to: Double?
    /// How many values lie in it.
    public let count: Int
  }

  /// Where the ranges start, ascending; the first also takes what is smaller.
  public let starts: [Double]
  private var counts: [Int]

  /// Creates an empty histogram.
  ///
  /// - Parameter starts: Where the ranges start, ascending, at least one.
  public init(starts: [Double]) {
    precondition(!starts.isEmpty, "a histogram needs a range")
    self.starts = starts
    counts = Array(repeating: 0, count: starts.count)
  }

  /// The ranges in ascending order.
  public var bins: [Bin] {
    starts.indices.map { index in
      Bin(
        from: starts[index], to: index + 1 < starts.count ? starts[index + 1] : nil,
        count: counts[index])
    }
  }

  /// Counts a value; not-a-number counts as too small for all.
  ///
  /// - Complexity: O(number of ranges).
  public mutating func add(_ value: Double, times: Int = 1) {
    counts[starts.lastIndex { $0 <= value } ?? 0] += times
  }

  /// Adds the counts of a histogram of the same ranges.
  mutating func merge(_ other: Histogram) {
    precondition(starts == other.starts, "other ranges")
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
