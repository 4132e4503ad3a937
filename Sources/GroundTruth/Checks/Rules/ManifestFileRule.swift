/// The file has lines, and not too many or too large; its name and contents are a manifest's.
enum ManifestFileRule {
  static func findings(
    _ dataset: CheckedDataset, byteCount: Int, name: String?
  ) -> [Finding] {
    var findings: [Finding] = []
    func add(_ code: Finding.Code, _ severity: Finding.Severity? = nil, _ detail: String) {
      findings.append(Finding(line: 0, code: code, severity: severity, detail: detail))
    }
    if let name, !hasExtension(name) {
      // The guide's how-to pages say the extension is optional, its error page that it isn't.
      add(.unsupportedFormat, .warning, "The file's name has no extension.")
    }
    if dataset.totalLines == 0 {
      findings.append(Finding(line: 0, code: .emptyManifest))
    } else if dataset.objectLines == 0 {
      add(.unsupportedFormat, nil, "No line is a JSON object.")
    }
    if byteCount > Limits.manifestBytes {
      add(.manifestTooLarge, nil, "It has \(byteCount) bytes.")
    }
    if dataset.totalLines > Limits.rows {
      // For image-level labels the quota can be raised.
      let isRaisable =
        dataset.useCase == .imageLevelLabels && dataset.totalLines <= Limits.raisedRows
      add(.tooManyRows, isRaisable ? .warning : nil, "It has \(dataset.totalLines).")
    }
    return findings
  }

  private static func hasExtension(_ name: String) -> Bool {
    let last = name.split(separator: "/").last ?? ""
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return false }
    return last.index(after: dot) != last.endIndex
  }
}
