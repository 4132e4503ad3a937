import Training

/// Something to be learned, and how well it should be.
struct TrainingWork: Sendable {
  /// Where the images are from.
  enum Source: Sendable {
    case bccd(Int)
    case raccoon(Int)
    case clothing(Int)
    /// Ten images more than the model before learned from.
    case warmStart(Int)
  }

  let name: String
  let source: Source
  var minutes: Double?
  /// The least mean average precision, or accuracy.
  let precision: Double?
  /// The least F1.
  var f1: Double?
  /// The most processor seconds of training.
  var seconds: Double?

  static let all = [
    TrainingWork(name: "bccd-10", source: .bccd(10), precision: 0.65, f1: 0.64, seconds: 260),
    TrainingWork(name: "bccd-50", source: .bccd(50), precision: 0.76, f1: 0.74, seconds: 260),
    TrainingWork(name: "bccd-160", source: .bccd(160), precision: 0.8, f1: 0.78, seconds: 260),
    TrainingWork(
      name: "bccd-160-long", source: .bccd(160), minutes: 10, precision: 0.86, f1: 0.83),
    TrainingWork(name: "raccoon-50", source: .raccoon(50), precision: 0.68),
    TrainingWork(name: "raccoon-160", source: .raccoon(160), precision: 0.72),
    TrainingWork(name: "warm-20", source: .warmStart(20), precision: nil, seconds: 45),
    TrainingWork(name: "clothing5-10", source: .clothing(10), precision: 0.45),
    TrainingWork(name: "clothing5-50", source: .clothing(50), precision: 0.75),
  ]

  private func split(_ data: String, seed: UInt64) throws -> TrainingSplit {
    switch source {
    case .bccd(let count), .warmStart(let count):
      try TrainingSplit.listed("\(data)/bccd").first(count)
    case .raccoon(let count):
      // One deal for all seeds: what varies is the training.
      try TrainingSplit.dealt("\(data)/raccoon", seed: 1).first(count)
    case .clothing(let count):
      try TrainingSplit.folders("\(data)/clothing5").first(ofEachLabel: count)
    }
  }

  /// What came of it with one seed.
  struct Result: Sendable {
    var outcome: TrainingBench.Outcome
    /// The mean average precision of the model that it went on from.
    var before: Double?
  }

  /// Measures it with one seed.
  ///
  /// - Parameters:
  ///   - bench: What trains.
  ///   - data: The folder with the datasets.
  ///   - seed: The seed.
  /// - Returns: What came of it.
  /// - Throws: ``BenchmarkError`` if the program or the data don't do.
  func result(_ bench: TrainingBench, data: String, seed: UInt64) throws -> Result {
    let split = try split(data, seed: seed)
    guard case .warmStart(let count) = source else {
      return Result(
        outcome: try bench.measure(split, name: "\(name)-\(seed)", seed: seed, minutes: minutes))
    }
    let earlier = "\(name)-before-\(seed)"
    let before = try bench.measure(split.first(count - 10), name: earlier, seed: seed)
    let after = try bench.measure(
      split, name: "\(name)-\(seed)", seed: seed, warmStart: bench.model(earlier))
    return Result(outcome: after, before: before.precision)
  }

  /// Says how it did, a row a figure.
  ///
  /// - Parameter results: What came of it with each seed.
  /// - Returns: The rows of a table.
  func rows(_ results: [Result]) -> [[String]] {
    let outcomes = results.map(\.outcome)
    let isDetection = if case .clothing = source { false } else { true }
    let gains = results.compactMap { result in
      result.before.map { result.outcome.precision - $0 }
    }
    var rows = [
      Self.row(
        "\(name) \(isDetection ? "mAP@0.5" : "accuracy")", outcomes.map(\.precision), precision),
      Self.row("  baseline", outcomes.map(\.baseline), nil),
      Self.row("  F1 at its thresholds", outcomes.map(\.f1), f1),
      Self.row("  calibration error", outcomes.map(\.calibrationError), 0.05, isMost: true),
      Self.row("  training, CPU s", outcomes.map(\.trainSeconds), seconds, isMost: true),
      Self.row("  memory, MB", outcomes.map(\.memory), 700, isMost: true),
      Self.row("  detection, CPU ms", outcomes.map(\.detection), 60, isMost: true),
    ]
    if !gains.isEmpty { rows.insert(Self.row("  gain over before", gains, -0.03), at: 1) }
    return rows
  }

  private static func row(
    _ what: String, _ values: [Double], _ bar: Double?, isMost: Bool = false
  ) -> [String] {
    func text(_ value: Double) -> String { abs(value) < 10 ? value.thousandths : value.brief }
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    let met = bar.map { (isMost ? mean <= $0 : mean >= $0) ? "yes" : "no" }
    return [
      what, text(mean), bar.map { "\(isMost ? "≤" : "≥") \(text($0))" } ?? "", met ?? "",
      values.map(text).joined(separator: " "),
    ]
  }
}

extension Double {
  /// The number with three digits after the point.
  fileprivate var thousandths: String {
    let whole = Int((abs(self) * 1_000).rounded())
    let rest = String(whole % 1_000)
    let zeros = String(repeating: "0", count: 3 - rest.count)
    return "\(self < 0 && whole > 0 ? "-" : "")\(whole / 1_000).\(zeros)\(rest)"
  }
}
