/// A prediction on the curve of its label.
struct CurvePoint: Hashable, Sendable {
  let confidence: Double
  let image: UInt32
  /// Its rank in the image.
  let rank: UInt32
  let flags: OutcomeFlags

  /// Whether a point comes first: the surer, else the earlier image, else the lower rank.
  ///
  /// pycocotools sorts by confidence and keeps the order of images where it is equal.
  @inline(__always)
  static func < (first: CurvePoint, second: CurvePoint) -> Bool {
    if first.confidence != second.confidence { return first.confidence > second.confidence }
    if first.image != second.image { return first.image < second.image }
    return first.rank < second.rank
  }
}

/// How many predictions found a truth and how many count, at each level.
struct LevelCounts: Hashable, Sendable {
  private(set) var found = SIMD16<Int32>()
  private(set) var counted = SIMD16<Int32>()

  private static let places = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 31, 31, 31, 31, 31)

  private static func spread(_ bits: UInt32) -> SIMD16<Int32> {
    SIMD16(truncatingIfNeeded: (SIMD16(repeating: bits) &>> places) & 1)
  }

  /// Adds a prediction.
  mutating func add(_ flags: OutcomeFlags) {
    found &+= Self.spread(flags.foundBits)
    counted &+= Self.spread(flags.countedBits)
  }

  /// Takes a prediction away.
  mutating func remove(_ flags: OutcomeFlags) {
    found &-= Self.spread(flags.foundBits)
    counted &-= Self.spread(flags.countedBits)
  }

  /// Adds others.
  mutating func add(_ other: LevelCounts) {
    found &+= other.found
    counted &+= other.counted
  }
}
