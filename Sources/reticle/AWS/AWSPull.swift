import ArgumentParser
import Cells
import Glibc
import GroundTruth
import Prediction
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

    @Argument(
      help: "The manifest to merge into, or to make; or a project's folder with a reticle.toml.",
      completion: .file())
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
      if results != nil, output == nil, manifest == nil {
        throw ValidationError("name a folder to make with -o, or a project's folder")
      }
      if onConflict == .quorum {
        throw ValidationError("--on-conflict quorum needs more than two to agree; take another")
      }
      if manifest == "-" || output == "-" {
        throw ValidationError("pull reads and writes files, no streams")
      }
    }

    func run() throws {
      try AWS.run {
        let here = try manifest.flatMap {
          try ProjectPath.names($0) ? ProjectPath($0).project : nil
        }
        let aws = try aws.completed(by: here)
        let service = try aws.service(to: "bring a dataset from AWS")
        let project = try aws.existingProject(on: service)
        let report: ServiceReport
        if let results {
          let version = try service.version(results, of: project.arn)
          let folder = try output ?? Self.folder(of: results, in: here)
          report = try PulledResults(version, service: service).write(to: folder)
        } else {
          report = try target(in: here).pull(from: project, by: service)
        }
        try tell(report)
        if report.errorCount > 0 { throw ExitCode(1) }
      }
    }

    /// Where the results of a version belong in a project.
    private static func folder(of name: String, in project: ProjectFolder?) throws -> String {
      guard let project, let name = VersionName(name) else {
        throw Failure.saying("name a folder to make with -o, or a project's folder", Failure.usage)
      }
      let version = project.version(name)
      guard !version.has(.job), !version.has(.weights) else {
        throw Failure.saying(
          "\(version.folder) is a version trained here; name another folder with -o",
          Failure.cannotCreate)
      }
      mkdir(project.models, 0o777)
      return version.folder
    }

    /// What is brought, and where it goes.
    private func target(in project: ProjectFolder?) throws -> PulledEntries {
      let kind: DatasetKind = dataset == .train ? .training : .test
      var path = manifest ?? ""
      var locator = ImageLocator(manifest: path, imagesFolder: images, s3Prefix: s3.prefix)
      if let project {
        path = project.trainingManifest
        if kind == .test {
          guard let test = project.testManifest else {
            throw Failure.saying(
              "\(project.path) has no test manifest: name one with test = \"test.manifest\" in its "
                + "reticle.toml, or name the manifest to make instead of the folder",
              Failure.usage)
          }
          path = test
        }
        let own = project.locator(of: path)
        locator = ImageLocator(
          manifest: path, imagesFolder: images ?? own.imagesFolder,
          s3Prefix: s3.prefix ?? own.s3Prefix)
      }
      return PulledEntries(
        kind: kind, manifest: path, output: output ?? path, isForced: force, locator: locator,
        rule: rule, attribute: project?.settings.attribute)
    }

    private var rule: MergeRule {
      switch onConflict {
      case .first: .first
      case .union: .union
      case .newest, .quorum: .newest
      }
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

  /// Which dataset, as the command line has it.
  enum PulledDataset: String, CaseIterable, ExpressibleByArgument {
    case train
    case test
  }
}
