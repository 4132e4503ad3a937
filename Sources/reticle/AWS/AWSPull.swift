import ArgumentParser
import Cells
import Glibc
import GroundTruth
import Storage

extension AWS {
  /// `reticle aws pull`: a project's entries, findings and results come here.
  struct Pull: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring a project's labels, what AWS finds wrong, and a training's results.",
      discussion: """
        The entries of the dataset are merged into MANIFEST by the rules of 'reticle merge', or \
        written to a new one. What AWS finds wrong with them is told by line. Exit status: 1 if \
        AWS found errors.

        --results NAME brings what the training of a version wrote: evaluation.json, \
        snapshot.manifest (each test image with its predictions), training.manifest, \
        manifest_summary.json, the manifests with what was found wrong, and status.json.

        EXAMPLES
          reticle aws pull train.manifest --project cells
          reticle aws pull test.manifest --project cells --dataset test
          reticle aws pull train.manifest --project cells -o merged.manifest
          reticle aws pull --project cells --results v2 -o results/v2
        """)

    @Argument(help: "The manifest to merge into, or to make.", completion: .file())
    var manifest: String?

    @OptionGroup var aws: AWSOptions
    @OptionGroup var s3: S3Options

    @Option(help: "Which dataset.")
    var dataset = PulledDataset.train

    @Option(help: "Where the images lie here.", completion: .directory)
    var images: String?

    @Option(
      name: .shortAndLong,
      help: "The manifest to write instead, or with --results the folder to make.",
      completion: .file())
    var output: String?

    @Option(help: "Which attribute holds where both differ: newest, first (here) or union.")
    var onConflict = ConflictRule.newest

    @Option(help: ArgumentHelp("The version whose results to bring.", valueName: "name"))
    var results: String?

    @Flag(help: "Replace an output that is there already.")
    var force = false

    @Flag(help: "Print what AWS found as one JSON object.")
    var json = false

    func validate() throws {
      if manifest == nil, results == nil {
        throw ValidationError("name a manifest to merge into, or a version with --results")
      }
      if manifest != nil, results != nil {
        throw ValidationError("labels and --results are brought one at a time")
      }
      if results != nil, output == nil { throw ValidationError("name a folder to make with -o") }
      if onConflict == .quorum {
        throw ValidationError("--on-conflict quorum needs more than two to agree; take another")
      }
      if manifest == "-" || output == "-" {
        throw ValidationError("pull reads and writes files, no streams")
      }
    }

    func run() throws {
      try AWS.run {
        let service = try aws.service(to: "bring a dataset from AWS")
        let project = try aws.existingProject(on: service)
        let report: ServiceReport
        if let results, let output {
          let version = try service.version(results, of: project.arn)
          report = try PulledResults(version, service: service).write(to: output)
        } else {
          report = try pull(from: project, by: service)
        }
        try tell(report)
        if report.errorCount > 0 { throw ExitCode(1) }
      }
    }

    // MARK: Labels

    private func pull(
      from project: ServiceProject, by service: AWSService
    ) throws -> ServiceReport {
      let kind: DatasetKind = dataset == .train ? .training : .test
      guard let found = project.dataset(kind) else {
        throw Failure.saying(
          "project \(aws.projectName) has no \(kind.name) dataset; 'reticle aws push' makes it",
          Failure.noInput)
      }
      let path = manifest ?? ""
      let target = output ?? path
      let isMerging = FileKind.of(path) != .missing
      // Asked before the long way to AWS: nothing is brought that can't be written.
      let out = try ManifestOutput(target, isForced: force || target == path && isMerging)
      try service.settled(found.arn, kind)
      let entries = try service.entries(of: found.arn, kind)
      guard !entries.isEmpty else {
        throw Failure.saying("the \(kind.name) dataset is empty: nothing to bring", Failure.data)
      }
      let here = isMerging ? try ManifestInput(path).dataset : Dataset(source: [[UInt8]]())
      let own = try Own(of: here, path: path, locator: locator, truth: Survey(here).truth)
      let lines = entries.map { own.line(for: $0) }
      let merge = ManifestMerge(
        [here, Dataset(source: lines)], options: MergeOptions(rule: rule, provenance: provenance))
      let merged = MergedLines(merge)
      try out.write(merged, like: here)
      say(merged.tally.report, entries: entries.count, in: target)
      let written = try ManifestInput(target).dataset
      let numbers = try Own(of: written, path: target, locator: locator, truth: "").numbers
      return ServiceReport(entries, numbers: numbers)
    }

    private var locator: ImageLocator {
      ImageLocator(manifest: manifest ?? "", imagesFolder: images, s3Prefix: s3.prefix)
    }

    private var rule: MergeRule {
      switch onConflict {
      case .first: .first
      case .union: .union
      case .newest, .quorum: .newest
      }
    }

    private var provenance: Provenance {
      Provenance(
        creationDate: CreationDate.text(secondsSince1970: WallClock.secondsSince1970()),
        jobName: "labeling-job/reticle")
    }

    private func say(_ report: MergeReport, entries: Int, in path: String) {
      var parts = ["\(entries) images from AWS"]
      if report.addedLines[0] > 0 {
        parts.append("\(report.addedLines[1]) of them new")
        parts.append("\(report.changedLines) lines changed")
      }
      if report.conflicts > 0 {
        parts.append("\(report.conflicts) attributes not the same: \(onConflict.rawValue)")
      }
      Failure.say("\(path): \(parts.joined(separator: ", "))")
    }

    // MARK: Findings

    private func tell(_ report: ServiceReport) throws {
      guard json else {
        let text = report.lines.map { PrintableText.escaping($0) + "\n" }.joined()
        return try StandardOutput.write(Array(text.utf8))
      }
      let findings = report.items.map { item in
        RequestJSON.object([
          "line": item.line.map { .number($0) }, "source-ref": .text(item.sourceRef),
          "code": .text(item.finding.code), "message": .text(item.finding.message),
          "attribute": item.finding.attribute.map { .text($0) },
          "annotation": item.finding.annotation.map { .number($0) },
        ])
      }
      let whole = RequestJSON.object(["findings": .list(findings)])
      try StandardOutput.write(whole.bytes + [UInt8(ascii: "\n")])
    }
  }

  /// The lines here by the URIs that AWS knows their images by.
  private struct Own {
    private struct Line {
      let name: String
      let bytes: [UInt8]
      let number: Int
    }

    private var lines: [String: Line] = [:]
    private let truth: String

    init(of dataset: Dataset, path: String, locator: ImageLocator, truth: String) throws {
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

  /// Which dataset, as the command line has it.
  enum PulledDataset: String, CaseIterable, ExpressibleByArgument {
    case train
    case test
  }
}
