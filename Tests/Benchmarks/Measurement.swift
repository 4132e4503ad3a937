/// Samples of one figure.
struct Samples: Sendable {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  /// The median; 0 without samples.
  var median: Double {
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  var minimum: Double { sorted.first ?? 0 }
  var maximum: Double { sorted.last ?? 0 }
  var count: Int { sorted.count }
}

/// A row of the report.
struct Measurement: Sendable {
  /// What was measured.
  var what: String
  /// Its unit.
  var unit: String
  var samples: Samples
  /// The most that it should be, if there is such a figure.
  var bar: Double?
  /// Whether the bar is the least instead.
  var isFloor = false
  /// The same of a peer, in the same unit, and what it is.
  var peer: (name: String, samples: Samples)?

  /// Whether the median reaches the bar, if there is one.
  var isMet: Bool? { bar.map { isFloor ? samples.median >= $0 : samples.median <= $0 } }
}

extension Double {
  /// The number with three significant digits, or all those before the point.
  var brief: String {
    let magnitude = abs(self)
    let scale: Double = magnitude < 10 ? 100 : (magnitude < 100 ? 10 : 1)
    guard magnitude < 1e12 else { return "?" }
    let scaled = Int((magnitude * scale).rounded())
    let (whole, part) = (scaled / Int(scale), scaled % Int(scale))
    let digits = scale == 100 ? (part < 10 ? ".0\(part)" : ".\(part)") : ".\(part)"
    return "\(self < 0 ? "-" : "")\(whole)\(scale == 1 ? "" : digits)"
  }
}

extension Duration {
  /// The time in milliseconds.
  var milliseconds: Double {
    Double(components.seconds) * 1_000 + Double(components.attoseconds) / 1e15
  }
}
