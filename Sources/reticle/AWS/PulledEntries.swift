import GroundTruth
import Prediction
import Storage

/// The entries of a dataset on AWS on their way into a manifest.
struct PulledEntries {
  let kind: DatasetKind
  /// The manifest to merge into, if it is there.
  let manifest: String
  /// The manifest to write.
  let output: String
  let isForced: Bool
  let locator: ImageLocator
  let rule: MergeRule
  /// The box attribute that counts; nil for the one that people vouch for most.
  let attribute: String?

  /// Brings the entries.
  ///
  /// - Returns: What AWS found wrong, by the lines of the manifest as written.
  /// - Throws: ``CallFailure``, or ``Failure`` if there is nothing, or it can't be written.
  func pull(from project: ServiceProject, by service: AWSService) throws -> ServiceReport {
    guard let found = project.dataset(kind) else {
      throw Failure.saying(
        "project \(project.arn.project) has no \(kind.name) dataset; 'reticle aws push' makes it",
        Failure.noInput)
    }
    let isMerging = FileKind.of(manifest) != .missing
    // Asked before the long way to AWS: nothing is brought that can't be written.
    let out = try ManifestOutput(output, isForced: isForced || output == manifest && isMerging)
    try service.settled(found.arn, kind)
    let entries = try service.entries(of: found.arn, kind)
    guard !entries.isEmpty else {
      throw Failure.saying("the \(kind.name) dataset is empty: nothing to bring", Failure.data)
    }
    let here = isMerging ? try ManifestInput(manifest).dataset : Dataset(source: [[UInt8]]())
    let own = OwnLines(of: here, locator: locator, truth: attribute ?? Survey(here).truth)
    let lines = entries.map { own.line(for: $0) }
    let provenance = Provenance(
      creationDate: CreationDate.text(secondsSince1970: WallClock.secondsSince1970()),
      jobName: "labeling-job/reticle")
    let merge = ManifestMerge(
      [here, Dataset(source: lines)], options: MergeOptions(rule: rule, provenance: provenance))
    let merged = MergedLines(merge)
    try out.write(merged, like: here)
    say(merged.tally.report, entries: entries.count)
    let written = OwnLines(of: try ManifestInput(output).dataset, locator: locator, truth: "")
    return ServiceReport(entries, numbers: written.numbers)
  }

  private func say(_ report: MergeReport, entries: Int) {
    var parts = ["\(entries) images from AWS"]
    if report.addedLines[0] > 0 {
      parts.append("\(report.addedLines[1]) of them new")
      parts.append("\(report.changedLines) lines changed")
    }
    if report.conflicts > 0 { parts.append("\(report.conflicts) attributes not the same") }
    Failure.say("\(output): \(parts.joined(separator: ", "))")
  }
}

/// The lines here by the URIs that AWS knows their images by.
struct OwnLines {
  private struct Line {
    let name: String
    let bytes: [UInt8]
    let number: Int
  }

  private var lines: [String: Line] = [:]
  private let truth: String

  init(of dataset: Dataset, locator: ImageLocator, truth: String) {
    self.truth = truth
    for index in 0..<dataset.count {
      let bytes = dataset.line(at: index)
      guard let name = ServiceLine.sourceRef(of: bytes) else { continue }
      var uri = name
      if locator.s3Prefix != nil, !name.hasPrefix("s3://"),
        let file = locator.path(for: name), let found = try? locator.sourceReference(for: file)
      {
        uri = found
      }
      lines[uri] = Line(name: name, bytes: bytes, number: index + 1)
    }
  }

  /// The numbers of the lines, by URI.
  var numbers: [String: Int] { lines.mapValues(\.number) }

  /// An entry as a line here; if AWS has what was sent, the line as it is.
  func line(for entry: [UInt8]) -> [UInt8] {
    guard let uri = ServiceLine.sourceRef(of: entry), let own = lines[uri] else {
      return ServiceLine.received(entry)
    }
    let sent = ServiceLine.sent(own.bytes, sourceRef: uri, truth: truth)
    let isSame = sent.map { ServiceLine.isSame($0, ServiceLine.received(entry)) } ?? false
    return isSame ? own.bytes : ServiceLine.received(entry, sourceRef: own.name)
  }
}
