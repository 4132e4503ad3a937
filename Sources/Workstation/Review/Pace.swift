/// How fast decisions are taken: for a forecast of what is left, and for `:pace`.
public struct Pace: Hashable, Sendable {
  /// One decision, as it is kept.
  public struct Record: Hashable, Sendable {
    /// When it was taken, in seconds since 1970.
    public var time: Double
    /// What it was: accept, reject, relabel, adjust, accept all, verify.
    public var kind: String
    /// How many predictions it settled.
    public var count: Int
    /// Seconds since the decision before, or since the work went on.
    public var seconds: Double
    /// Keys pressed since then.
    public var keys: Int

    /// Creates a record.
    public init(time: Double, kind: String, count: Int, seconds: Double, keys: Int) {
      self.time = time
      self.kind = kind
      self.count = count
      self.seconds = seconds
      self.keys = keys
    }
  }

  /// What earlier sittings and this one add up to.
  public struct Sums: Hashable, Sendable {
    /// Decisions taken.
    public var decisions = 0
    /// Seconds they took.
    public var seconds = 0.0
    /// Keys they took.
    public var keys = 0

    /// Sums of nothing.
    public init() {}

    /// Adds a decision.
    public mutating func add(_ record: Record) {
      decisions += 1
      seconds += record.seconds
      keys += record.keys
    }

    /// Seconds a decision; `nil` without any.
    public var secondsEach: Double? { decisions == 0 ? nil : seconds / Double(decisions) }
    /// Keys a decision; `nil` without any.
    public var keysEach: Double? { decisions == 0 ? nil : Double(keys) / Double(decisions) }
  }

  /// Longer pauses are no work: they count as this much, in seconds.
  static let longestPause = 60.0

  /// Earlier sittings at this manifest.
  var before = Sums()
  /// This sitting.
  private(set) var here = Sums()
  /// This sitting, by kind of decision.
  private(set) var byKind: [String: Sums] = [:]
  private var keys = 0
  private var start: Double?

  /// Counts a key.
  mutating func press(at now: Double) {
    keys += 1
    if start == nil { start = now }
  }

  /// Notes a decision.
  mutating func decide(_ kind: String, count: Int, at now: Double) -> Record {
    let record = Record(
      time: now, kind: kind, count: count,
      seconds: max(0, min(Self.longestPause, now - (start ?? now))), keys: keys)
    here.add(record)
    byKind[kind, default: Sums()].add(record)
    (start, keys) = (now, 0)
    return record
  }

  /// Seconds a decision: of this sitting once it tells enough, else of all.
  var secondsEach: Double? {
    if here.decisions >= 5 { return here.secondsEach }
    var all = before
    all.decisions += here.decisions
    all.seconds += here.seconds
    return all.decisions >= 5 ? all.secondsEach : nil
  }
}
