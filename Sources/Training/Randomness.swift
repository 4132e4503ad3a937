package import GroundTruth

/// Numbers for the choices of training.
extension SplitMix64 {
  /// A generator for one part of the work, the same whatever was drawn for the others.
  package init(seed: UInt64, part: UInt64) {
    var outer = SplitMix64(seed: seed)
    self.init(seed: outer.next() ^ (part &* 0xD1B5_4A32_D192_ED03))
    _ = next()
  }

  /// A number from 0 up to, but not including, 1.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from one bound to the other.
  package mutating func number(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// A whole number below a bound.
  package mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True half of the time.
  package mutating func coin() -> Bool { next() >> 63 == 1 }
}
