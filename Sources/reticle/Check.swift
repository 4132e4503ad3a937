import ArgumentParser
import Cells
import Glibc
import GroundTruth

/// `reticle check`: judges manifests by the rules of Amazon Rekognition Custom Labels.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check manifests by the rules of Rekognition Custom Labels, offline.",
    discussion: """
      Says what the service would refuse or drop, with its own codes, the lines and the fix. \
      Nothing is sent anywhere. Exit status: 0 for no errors, 1 for errors, 66 for a file that \
      is missing and 65 for one that can't be read.

      EXAMPLES
        reticle check train.manifest
        reticle check train.manifest --test test.manifest --images photos/
        reticle check --local photos/output.manifest
        reticle check train.manifest --fix repaired.manifest
        aws s3 cp s3://bucket/train.manifest - | reticle check --json -
      """)

  @Argument(help: "Manifests; - is standard input.", completion: .file())
  var manifests: [String]

  @Option(help: "Open the images in a folder too.", completion: .directory)
  var images: String?

  @OptionGroup var s3: S3Options

  @Option(help: "The test manifest: checked too, and for overlap.", completion: .file())
  var test: String?

  @Flag(help: "Take paths for images as well as s3:// URIs.")
  var local = false

  @Flag(help: "Print one JSON object for each manifest.")
  var json = false

  @Option(help: "With --fix: the box attribute to keep (default: the newest on the line).")
  var attribute: String?

  @Option(
    help: "Write a copy with what has one right answer repaired, and check that.",
    completion: .file())
  var fix: String?

  @Option(
    help: "Write manifest_summary.json and the manifests with what was found into a folder.",
    completion: .directory)
  var summary: String?

  func validate() throws {
    if manifests.isEmpty { throw ValidationError("name a manifest, or - for standard input") }
    if manifests.count > 1, fix != nil || summary != nil {
      throw ValidationError("--fix and --summary take one manifest at a time")
    }
    if attribute != nil, fix == nil { throw ValidationError("--attribute belongs to --fix") }
    if (manifests + [test].compactMap { $0 }).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read once only")
    }
  }

  func run() throws {
    try prepareOutputs()
    var exit: ExitCode?
    do {
      let testRun = try test.map { path in
        var settings = settings
        settings.repaired = nil
        settings.validated = summary.map { $0 + "/testing_manifest_with_validation.json" }
        return try CheckRun(path, settings)
      }
      for path in manifests {
        do {
          let run = try CheckRun(path, settings, test: testRun?.dataset)
          try tell(run, testRun)
          if run.report.errorCount + (testRun?.report.errorCount ?? 0) > 0 {
            exit = exit ?? ExitCode(1)
          }
        } catch let problem as CheckProblem {
          Failure.say(problem.message(for: path))
          exit = problem.exitCode
        }
      }
    } catch let problem as CheckProblem {
      throw Failure.saying(problem.message(for: test ?? ""), problem.exitCode)
    }
    if let exit { throw exit }
  }

  private var settings: CheckRun.Settings {
    CheckRun.Settings(
      allowsPaths: local, images: images, s3Prefix: s3.prefix, attribute: attribute,
      repaired: fix, validated: summary.map { $0 + "/training_manifest_with_validation.json" },
      keepsFindings: json)
  }

  /// Sees that what is written does not take the place of what is read.
  private func prepareOutputs() throws {
    if let fix, (manifests + [test].compactMap { $0 }).contains(where: { Self.isSame($0, fix) }) {
      throw Failure.saying(
        "\(fix) is the manifest itself; name another file for --fix", Failure.usage)
    }
    if let images, FileKind.of(images) != .folder {
      throw Failure.saying("\(images): there is no such folder", Failure.noInput)
    }
    if let summary, mkdir(summary, 0o777) != 0, FileKind.of(summary) != .folder {
      throw Failure.saying(
        CheckProblem.unwritable(summary, errno).message, Failure.cannotCreate)
    }
  }

  private func tell(_ run: CheckRun, _ test: CheckRun?) throws {
    if let fix { tellRepairs(run, fix) }
    if let summary { try writeSummary(run, test, to: summary) }
    guard !json else { return try CheckJSON.write(run, test: test) }
    if let test { try print(test) }
    try print(run)
  }

  private func print(_ run: CheckRun) throws {
    try StandardOutput.write(Array(run.report.text(of: run.path, run.dataset).utf8))
  }

  private func tellRepairs(_ run: CheckRun, _ output: String) {
    for kind in LineRepair.Kind.allCases {
      guard let count = run.repairs[kind] else { continue }
      Failure.say("\(output): \(kind.sentence) on \(CheckReport.count(count, "line"))")
    }
    if run.repairs.isEmpty { Failure.say("\(output): nothing to repair, copied as it was") }
  }

  private func writeSummary(_ run: CheckRun, _ test: CheckRun?, to folder: String) throws {
    let output = try CheckOutput(folder + "/manifest_summary.json")
    try output.append(
      ManifestSummary.json(
        training: (run.dataset, run.wholeFindings),
        testing: test.map { ($0.dataset, $0.wholeFindings) }))
    try output.commit()
  }

  private static func isSame(_ first: String, _ second: String) -> Bool {
    var (a, b) = (stat(), stat())
    guard stat(first, &a) == 0, stat(second, &b) == 0 else { return false }
    return a.st_ino == b.st_ino && a.st_dev == b.st_dev
  }
}
