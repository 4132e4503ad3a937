import Cells
import GroundTruth

/// The check of one manifest, with all that is written along the way.
struct CheckRun {
  /// What a manifest is checked for.
  struct Settings {
    var allowsPaths = false
    var images: String?
    var s3Prefix: String?
    var attribute: String?
    /// Where the repaired lines go.
    var repaired: String?
    /// Where the lines go with what was found on them.
    var validated: String?
    var keepsFindings = false
  }

  /// The path as it is reported: that of the repaired manifest, if there is one.
  let path: String
  private(set) var check: ManifestCheck
  private(set) var report = CheckReport()
  private(set) var repairs: [LineRepair.Kind: Int] = [:]
  /// What was found on the manifest as a whole.
  private(set) var wholeFindings: [Finding] = []
  let findings: CheckFindings?
  private let settings: Settings

  var dataset: CheckedDataset { check.dataset }

  /// Checks a manifest from its first line to its last.
  init(_ path: String, _ settings: Settings, test: CheckedDataset? = nil) throws {
    self.path = settings.repaired ?? path
    self.settings = settings
    check = ManifestCheck(allowsPaths: settings.allowsPaths, test: test)
    findings = settings.keepsFindings ? CheckFindings() : nil
    let lines = try CheckLines(path)
    let repaired = try settings.repaired.map { try CheckOutput($0) }
    let validated = try settings.validated.map { try CheckOutput($0) }
    let images = settings.images.map {
      CheckImages(manifest: path, folder: $0, s3Prefix: settings.s3Prefix)
    }
    // The original has its own check, since what is wrong there need not be wrong any more.
    var original = ManifestCheck(allowsPaths: settings.allowsPaths)
    var written = 0
    while try lines.next({ line, hasEnd in
      guard let repaired else { return try judge(line, hasEnd, images, validated) }
      let isClean = original.judge(line).isEmpty
      let repair = isClean ? nil : LineRepair(of: line.bytes, keeping: settings.attribute)
      if let repair {
        for kind in repair.kinds { repairs[kind, default: 0] += 1 }
        try repaired.append(repair.line)
        written += repair.line.count
        try judge(repair.line.span, hasEnd, images, validated)
      } else {
        try repaired.append(line)
        written += line.count
        try judge(line, hasEnd, images, validated)
      }
      if hasEnd {
        try repaired.append([0x0A])
        written += 1
      }
    }) {}
    wholeFindings = check.judgeWhole(
      byteCount: repaired == nil ? lines.byteCount : written,
      name: self.path == "-" ? nil : self.path)
    for finding in wholeFindings { try take(finding) }
    try repaired?.commit()
    try validated?.commit()
  }

  private mutating func judge(
    _ line: Span<UInt8>, _ hasEnd: Bool, _ images: CheckImages?, _ validated: CheckOutput?
  ) throws {
    let found = check.judge(line, image: images.map { $0.lookup })
    for finding in found { try take(finding) }
    guard let validated else { return }
    if found.isEmpty, !check.lastLineHasResults {
      try validated.append(line)
    } else {
      try validated.append(ValidatedLine.bytes(of: line.bytes, findings: found))
    }
    if hasEnd { try validated.append([0x0A]) }
  }

  private mutating func take(_ finding: Finding) throws {
    report.add(finding)
    try findings?.append(finding)
  }
}

extension Span<UInt8> {
  /// A copy.
  var bytes: [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in 0..<count { copy.append(self[index]) }
    return copy
  }
}
