import GroundTruth

/// Which images are held out to judge by.
public struct HoldOut: Hashable, Sendable {
  /// The images to learn from, as places in the list.
  public let train: [Int]
  /// The images to judge by, as places in the list.
  public let validation: [Int]

  /// The most images to hold out: more tell no more, and cost.
  static let limit = 60

  /// Deals images by chance, so that labels are on both sides where they can be.
  ///
  /// A fifth is held out, of few images two. Identical images should be given once.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - seed: What chance is drawn from.
  public init(_ images: [TrainingImage], seed: UInt64) {
    let count = images.count
    let wanted = max(Int((Double(count) * 0.2).rounded()), min(2, count / 3))
    let labels = images.map(\.occurring)
    let all = labels.reduce(into: Set<Int>()) { $0.formUnion($1) }
    var best: (penalty: Int, order: [Int])?
    // A few deals are enough to find one without labels that are all on one side.
    for part in 0..<32 {
      var order = Array(images.indices)
      var random = SplitMix64(seed: seed, part: 0x601D + UInt64(part))
      random.shuffle(&order)
      let (held, kept) = (
        order.prefix(wanted).reduce(into: Set<Int>()) { $0.formUnion(labels[$1]) },
        order.dropFirst(wanted).reduce(into: Set<Int>()) { $0.formUnion(labels[$1]) }
      )
      let penalty = 10 * all.subtracting(kept).count + all.subtracting(held).count
      if penalty < best?.penalty ?? .max { best = (penalty, order) }
      if penalty == 0 { break }
    }
    let order = best?.order ?? []
    validation = order.prefix(min(wanted, Self.limit)).sorted()
    train = order.dropFirst(validation.count).sorted()
  }
}
