/// What became of a prediction at each level, in 32 bits.
///
/// Level 0 is the IoU of the rules, levels 1 to 10 are ``MatchRules/ladder``.
struct OutcomeFlags: Hashable, Sendable {
  /// The number of levels.
  static let levels = 11
  private static let all: UInt32 = (1 << UInt32(levels)) - 1
  private static let countedShift: UInt32 = 11
  private static let kindShift: UInt32 = 22
  private static let noKind: UInt32 = 7
  private static let sizeShift: UInt32 = 25

  /// Bits 0–10: found a truth that counts; 11–21: counts; 22–24: error kind; 25–27: size.
  private(set) var bits: UInt32

  /// Nothing is known yet: it counts at all levels and found no truth.
  init(size: SizeBin) {
    bits =
      Self.all << Self.countedShift | Self.noKind << Self.kindShift
      | UInt32(size.rawValue) << Self.sizeShift
  }

  /// 1 if a truth that counts was found at a level, else 0.
  func found(_ level: Int) -> Int { Int(bits >> UInt32(level) & 1) }

  /// 1 if the prediction counts for or against at a level, else 0.
  func counted(_ level: Int) -> Int { Int(bits >> (UInt32(level) + Self.countedShift) & 1) }

  /// A bit for each level at which a truth that counts was found.
  var foundBits: UInt32 { bits & Self.all }

  /// A bit for each level at which the prediction counts.
  var countedBits: UInt32 { bits >> Self.countedShift & Self.all }

  /// The kind of error; nil if it is none, or the prediction doesn't count.
  var kind: ErrorKind? {
    get { ErrorKind(rawValue: UInt8(bits >> Self.kindShift & 7)) }
    set {
      let value = newValue.map { UInt32($0.rawValue) } ?? Self.noKind
      bits = bits & ~(7 << Self.kindShift) | value << Self.kindShift
    }
  }

  /// The size of the truth found, else of the prediction.
  var size: SizeBin {
    get { SizeBin(rawValue: UInt8(bits >> Self.sizeShift & 7)) ?? .larger }
    set {
      bits = bits & ~(7 << Self.sizeShift) | UInt32(newValue.rawValue) << Self.sizeShift
    }
  }

  /// Notes that it found a truth at a level, one that counts or not.
  mutating func find(at level: Int, counts: Bool) {
    if counts {
      bits |= 1 << UInt32(level)
    } else {
      bits &= ~(1 << (UInt32(level) + Self.countedShift))
    }
  }

  /// Leaves it out at all levels but that of the rules.
  mutating func leaveOutOfLadder() {
    bits &= ~((Self.all & ~1) | (Self.all & ~1) << Self.countedShift)
  }
}
