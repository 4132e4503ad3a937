import Glibc

/// Random numbers that can be had again: SplitMix64 (Steele, Lea, Flood 2014).
///
/// The seed is printed; `RETICLE_SEED=<seed> swift test …` replays a run.
public struct SeededGenerator: RandomNumberGenerator {
  /// The seed it began with.
  public let seed: UInt64
  private var state: UInt64

  /// Creates a generator with a seed of the system's choice, or the one in `RETICLE_SEED`.
  ///
  /// - Parameter purpose: What it is for; printed with the seed.
  public init(for purpose: String) {
    self.init(seed: Self.askedSeed ?? UInt64.random(in: 0...UInt64(UInt32.max)))
    print("\(purpose): RETICLE_SEED=\(seed)")
  }

  /// Creates a generator with a seed.
  public init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// The seed of a run that is the same each time: `RETICLE_SEED`, else the one given.
  public static func seed(_ fixed: UInt64) -> UInt64 { askedSeed ?? fixed }

  private static var askedSeed: UInt64? {
    getenv("RETICLE_SEED").flatMap { UInt64(String(cString: $0)) }
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
