import GroundTruth
import Storage

/// Checks of a manifest: findings, repairs, and the files that are written of them.
enum CheckHarness {
  static func run(_ bytes: [UInt8]) throws(Violation) {
    let file = ManifestFile(bytes: bytes)
    var first = ManifestCheck(allowsPaths: true)
    for index in 0..<file.lineCount { _ = first.judge(file.line(at: index).span) }
    var check = ManifestCheck(test: first.dataset)
    var findings: [Finding] = []
    for index in 0..<file.lineCount {
      let line = file.line(at: index)
      let found = check.judge(line.span) { $0.count % 2 == 0 ? small : .unreadable("It isn't.") }
      try agree(found, on: line)
      try repair(line)
      try isJSON(ValidatedLine.bytes(of: line, findings: found), unless: line, "a validated line")
      findings += found
    }
    let whole = check.judgeWhole(byteCount: bytes.count, name: "train.manifest")
    try spell(findings + whole, check.dataset)
    let part = (dataset: check.dataset, findings: findings + whole)
    try isJSON(ManifestSummary.json(training: part, testing: part), "the summary")
  }

  private static let small = CheckedImage.Lookup.found(
    CheckedImage(width: 64, height: 4_096, byteCount: 1_000, orientation: 6))

  /// The check and the cursor read lines on their own, and must agree which are JSON.
  private static func agree(_ findings: [Finding], on line: [UInt8]) throws(Violation) {
    // A byte order mark is looked over by the cursor on any line, by the check on the first only.
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { return }
    if findings.contains(where: { $0.code == .lineTooLong }) { return }
    let isObject = (try? JSONValue(parsing: line))?.kind == .object
    try expect(
      isObject != findings.contains { $0.code == .invalidJSON },
      "the check and the cursor agree on what JSON is")
  }

  private static func repair(_ line: [UInt8]) throws(Violation) {
    guard let repair = LineRepair(of: line) else { return }
    try expect(!repair.kinds.isEmpty, "a repair says what it did")
    try isJSON(repair.line, "a repaired line")
    if let again = LineRepair(of: repair.line) {
      throw Violation("a repair is done at once: \(repair.kinds), then \(again.kinds)")
    }
    _ = LineRepair(of: line, keeping: "boxes")
  }

  private static func spell(_ findings: [Finding], _ dataset: CheckedDataset) throws(Violation) {
    for finding in findings {
      try expect(!finding.message.isEmpty, "a finding has a message")
      try expect((0...dataset.totalLines).contains(finding.line), "a finding has a line")
    }
  }

  private static func isJSON(
    _ bytes: [UInt8], unless same: [UInt8]? = nil, _ what: String
  ) throws(Violation) {
    if let same, bytes == same { return }
    try expect((try? JSONValue(parsing: bytes)) != nil, "\(what) is JSON")
  }
}
