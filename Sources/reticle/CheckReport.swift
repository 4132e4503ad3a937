import Cells
import GroundTruth

/// Findings for people: grouped by code, with the first few lines of each.
struct CheckReport {
  private static let linesShown = 5

  private struct Group {
    let code: Finding.Code
    let severity: Finding.Severity
    var count = 0
    var lineCount = 0
    var lines: [Int] = []
    var lastLine = -1
    var first: Finding
  }

  private(set) var errorCount = 0
  private(set) var warningCount = 0
  private var groups: [Group] = []

  /// Takes a finding.
  mutating func add(_ finding: Finding) {
    if finding.severity == .error { errorCount += 1 } else { warningCount += 1 }
    let known = groups.firstIndex {
      $0.code == finding.code && $0.severity == finding.severity
    }
    if known == nil {
      groups.append(Group(code: finding.code, severity: finding.severity, first: finding))
    }
    let place = known ?? groups.count - 1
    groups[place].count += 1
    if finding.line > 0, groups[place].lastLine != finding.line {
      groups[place].lastLine = finding.line
      groups[place].lineCount += 1
      if groups[place].lines.count < Self.linesShown { groups[place].lines.append(finding.line) }
    }
  }

  /// The report, with a line on the whole at its end.
  func text(of path: String, _ dataset: CheckedDataset) -> String {
    var lines: [String] = []
    for severity in [Finding.Severity.error, .warning] {
      for group in groups where group.severity == severity {
        lines += Self.lines(of: group) + [""]
      }
    }
    lines.append("\(path): \(summary(dataset))")
    return lines.map { PrintableText.escaping($0) + "\n" }.joined()
  }

  private func summary(_ dataset: CheckedDataset) -> String {
    let counts =
      "\(Self.count(dataset.totalLines, "line")): \(dataset.validLines) valid, "
      + "\(dataset.invalidLines) invalid, \(dataset.ignoredLines) ignored"
    let kind =
      switch dataset.useCase {
      case .imageLevelLabels: "image-level labels"
      case .objectLocalization: "bounding boxes"
      case .notDetermined: "nothing to train with"
      }
    return "\(counts); \(kind); \(Self.count(errorCount, "error")), "
      + Self.count(warningCount, "warning")
  }

  private static func lines(of group: Group) -> [String] {
    var lines = ["\(group.severity.rawValue)  \(group.code.rawValue)"]
    lines.append("    \(group.first.officialMessage)")
    if !group.lines.isEmpty {
      let shown = group.lines.map(String.init).joined(separator: ", ")
      let more = group.lineCount - group.lines.count
      let rest = more > 0 ? " and \(more) more" : ""
      lines.append("    \(group.lineCount == 1 ? "line" : "lines") \(shown)\(rest)")
    }
    if let place = place(of: group.first) { lines.append("    \(place)") }
    lines.append("    → \(group.code.advice)")
    return lines
  }

  /// Where the first finding of a group is, and what exactly it is.
  private static func place(of finding: Finding) -> String? {
    var parts: [String] = []
    if finding.line > 0 { parts.append("line \(finding.line)") }
    if let attribute = finding.attribute { parts.append("attribute “\(attribute)”") }
    if let annotation = finding.annotation { parts.append("box \(annotation + 1)") }
    let place = parts.joined(separator: ", ")
    guard let detail = finding.detail else { return parts.count > 1 ? place : nil }
    return place.isEmpty ? detail : "\(place): \(detail)"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
