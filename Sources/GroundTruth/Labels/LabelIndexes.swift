/// A set of labels by their place in `Survey.labels`, small where the places are.
///
/// Places below 64 are bits of one word; a million entries then cost no allocation.
public struct LabelIndexes: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: [UInt32]?

  /// An empty set.
  public init() {}

  /// Whether the set is empty.
  public var isEmpty: Bool { low == 0 && high == nil }

  /// Whether a label is in the set.
  public func contains(_ index: Int) -> Bool {
    if index < 64 { return index >= 0 && low & (1 << UInt64(index)) != 0 }
    return high?.contains(UInt32(clamping: index)) ?? false
  }

  /// The labels, in ascending order.
  public var indexes: [Int] {
    (0..<64).filter(contains) + (high ?? []).map(Int.init)
  }

  /// Whether the sets have a label in common.
  func intersects(_ other: LabelIndexes) -> Bool {
    if low & other.low != 0 { return true }
    guard let high, let wanted = other.high else { return false }
    var place = 0
    for index in high {
      while place < wanted.count, wanted[place] < index { place += 1 }
      if place < wanted.count, wanted[place] == index { return true }
    }
    return false
  }

  /// Adds a label.
  mutating func insert(_ index: Int) {
    if index < 64 {
      low |= 1 << UInt64(index)
    } else if !contains(index) {
      let new = UInt32(clamping: index)
      var all = high ?? []
      all.insert(new, at: all.firstIndex { $0 > new } ?? all.count)
      high = all
    }
  }
}
