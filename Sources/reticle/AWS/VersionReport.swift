import Cells

/// Versions as a table.
struct VersionReport {
  let versions: [ServiceVersion]

  /// A line each, below a head.
  var lines: [String] {
    EvaluateTable(
      rows: [["version", "status", "F1", "trained until", "billed", "units"]]
        + versions.map { version in
          [
            version.name, version.status,
            version.f1.map { Self.decimals($0) } ?? "",
            version.trainingEnded.map { Self.minute($0) } ?? "",
            version.billableSeconds.map(Self.time) ?? "", Self.units(version),
          ]
        }
    ).lines
  }

  /// A date without seconds.
  private static func minute(_ date: String) -> String {
    String(date.prefix(16)).replacing("T", with: " ")
  }

  private static func units(_ version: ServiceVersion) -> String {
    guard let minimum = version.minimumUnits, ["STARTING", "RUNNING"].contains(version.status)
    else { return "" }
    return version.maximumUnits.map { "\(minimum)–\($0)" } ?? "\(minimum)"
  }

  /// Three decimals.
  private static func decimals(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1_000 else { return "?" }
    let thousandths = Int((value * 1_000).rounded())
    let rest = String(abs(thousandths) % 1_000)
    return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  /// Seconds as hours and minutes.
  static func time(_ seconds: Int) -> String {
    let minutes = max(0, seconds) / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
