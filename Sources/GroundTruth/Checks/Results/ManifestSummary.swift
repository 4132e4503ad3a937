/// The service's `manifest_summary.json`.
///
/// As in the guide's page "Understanding the manifest summary"; line numbers count from 1.
public enum ManifestSummary {
  /// A manifest's counts and what was found on it as a whole.
  public typealias Part = (dataset: CheckedDataset, findings: [Finding])

  /// The file's contents, on one line like the service's.
  public static func json(training: Part, testing: Part? = nil) -> [UInt8] {
    let style = JSONStyle.spaced
    var statistics = [(name: "training", value: json(training))]
    if let testing { statistics.append(("testing", json(testing))) }
    // What concerns both manifests stands at the top.
    return style.object([
      ("errors", errors(training.findings.filter(\.isAboutBothManifests))),
      ("statistics", style.object(statistics)),
    ])
  }

  private static func json(_ part: Part) -> [UInt8] {
    let dataset = part.dataset
    let style = JSONStyle.spaced
    return style.object([
      ("use_case", JSONText.encode(dataset.useCase.rawValue)),
      ("total_json_lines", JSONNumber.encode(dataset.totalLines)),
      ("valid_json_lines", JSONNumber.encode(dataset.validLines)),
      ("invalid_json_lines", JSONNumber.encode(dataset.invalidLines)),
      ("ignored_json_lines", JSONNumber.encode(dataset.ignoredLines)),
      ("errors", errors(part.findings.filter { !$0.isAboutBothManifests })),
      (
        "error_json_line_indices",
        style.array(dataset.invalidLineNumbers.map { JSONNumber.encode($0) })
      ),
    ])
  }

  private static func errors(_ findings: [Finding]) -> [UInt8] {
    JSONStyle.spaced.array(
      findings.filter { $0.code.isOfficial && $0.severity == .error }
        .map { $0.officialJSON(.spaced) })
  }
}

extension Finding {
  /// Whether it is about the training and the test manifest together.
  fileprivate var isAboutBothManifests: Bool {
    code == .labelOverlap || code == .usableLabelOverlap
  }
}
