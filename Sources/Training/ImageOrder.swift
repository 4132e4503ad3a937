import GroundTruth

/// In which order images are shown: all in turn, those with rare labels more often.
public struct ImageOrder: Hashable, Sendable {
  private let seed: UInt64
  private let places: [Int]
  private let repeats: [Double]

  /// Images with a label that is in fewer than this part of them are repeated.
  static let commonPart = 0.3

  /// Prepares the order.
  ///
  /// A label in a part *f* of the images asks for √(0.3 / *f*) repetitions of each (Gupta, Dollár,
  /// Girshick 2019).
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - places: Those of them to show.
  ///   - seed: What chance is drawn from.
  public init(_ images: [TrainingImage], places: [Int], seed: UInt64) {
    self.seed = seed
    self.places = places
    var counts: [Int: Int] = [:]
    for place in places {
      for label in images[place].occurring { counts[label, default: 0] += 1 }
    }
    repeats = places.map { place in
      let wanted = images[place].occurring.map { label in
        let part = Double(counts[label] ?? 1) / Double(places.count)
        return (Self.commonPart / part).squareRoot()
      }
      return min(max(1, wanted.max() ?? 1), 8)
    }
  }

  /// One round through the images.
  ///
  /// - Parameter round: The number of the round, from 0.
  /// - Returns: Places of images, in an order of chance.
  public func round(_ round: Int) -> [Int] {
    var random = SplitMix64(seed: seed, part: 0x0DE4_0000 + UInt64(round))
    var order: [Int] = []
    for (place, wanted) in zip(places, repeats) {
      let whole = Int(wanted)
      let count = whole + (random.unit() < wanted - Double(whole) ? 1 : 0)
      order += Array(repeating: place, count: count)
    }
    random.shuffle(&order)
    return order
  }
}
