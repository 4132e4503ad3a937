import FoundationEssentials

/// What a run found out.
struct Report {
  var machine = Machine.description
  var measurements: [Measurement] = []
  /// What the figures do not say.
  var notes: [String] = []

  /// The figures as an aligned table.
  var table: String {
    var rows = [["what", "measured: median (min–max)", "bar", "", "peer"]]
    for measurement in measurements {
      let peer = measurement.peer.map { "\(Self.text($0.samples)) \($0.name)" }
      rows.append([
        measurement.what, "\(Self.text(measurement.samples)) \(measurement.unit)",
        measurement.bar.map { "\(measurement.isFloor ? "≥" : "≤") \($0.brief)" } ?? "",
        measurement.isMet.map { $0 ? "met" : "NOT MET" } ?? "", peer ?? "",
      ])
    }
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      var line = ""
      for (text, width) in zip(row, widths) {
        line += text + String(repeating: " ", count: width - text.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    lines.insert(String(repeating: "─", count: widths.reduce(8, +)), at: 1)
    return (lines + ["", machine] + notes).joined(separator: "\n")
  }

  private static func text(_ samples: Samples) -> String {
    samples.count < 2
      ? samples.median.brief
      : "\(samples.median.brief) (\(samples.minimum.brief)–\(samples.maximum.brief))"
  }

  /// The figures for machines: an object with `machine`, `measurements` and `notes`.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var whole = ""
    let rows = measurements.map { measurement in
      // The table indents a figure that goes on with the one above.
      let isPart = measurement.what.hasPrefix("  ")
      if !isPart { whole = measurement.what }
      return Row(
        what: isPart ? whole + "," + measurement.what.dropFirst() : whole, unit: measurement.unit,
        measured: Figures(measurement.samples),
        bar: measurement.bar, peer: measurement.peer?.name,
        peerMeasured: measurement.peer.map { Figures($0.samples) })
    }
    let data = try encoder.encode(Document(machine: machine, measurements: rows, notes: notes))
    return String(decoding: data, as: UTF8.self)
  }

  private struct Document: Encodable {
    let machine: String
    let measurements: [Row]
    let notes: [String]
  }

  private struct Row: Encodable {
    let what: String
    let unit: String
    let measured: Figures
    let bar: Double?
    let peer: String?
    let peerMeasured: Figures?
  }

  private struct Figures: Encodable {
    let median: Double
    let min: Double
    let max: Double
    let runs: Int

    init(_ samples: Samples) {
      median = samples.median
      min = samples.minimum
      max = samples.maximum
      runs = samples.count
    }
  }
}
