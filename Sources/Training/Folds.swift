import GroundTruth

/// Parts of a dataset, each asked about after learning from the others.
public enum Folds {
  /// Deals images into parts of about equal size, the labels spread evenly.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - places: Those of them to deal.
  ///   - count: The number of parts.
  ///   - seed: What chance is drawn from.
  /// - Returns: The part of each of `places`, from 0.
  public static func deal(
    _ images: [TrainingImage], places: [Int], count: Int, seed: UInt64
  ) -> [Int] {
    var random = SplitMix64(seed: seed, part: 0xF01D)
    var order = Array(places.indices)
    random.shuffle(&order)
    // Images of a label go to the parts in turn.
    let firsts = places.map { images[$0].labels.min() ?? -1 }
    let sorted = order.enumerated().sorted {
      (firsts[$0.element], $0.offset) < (firsts[$1.element], $1.offset)
    }
    var parts = Array(repeating: 0, count: places.count)
    for (turn, item) in sorted.enumerated() { parts[item.element] = turn % max(count, 1) }
    return parts
  }
}
