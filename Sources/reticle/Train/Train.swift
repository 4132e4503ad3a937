import ArgumentParser
import Dispatch
import Glibc
import GroundTruth
import Storage

/// `reticle train`: trains a version of a project's model.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on this machine with what is labelled.",
    discussion: """
      A project is a folder with a reticle.toml; for a folder with an output.manifest, or for a \
      manifest, one is written. It names the manifests (training, test), and where needed \
      attribute, images, s3-prefix and box-space.

      Boxes make a detector, one label an image a classifier, several a classifier of many \
      labels. The model, what it was trained on and how it fared go to PROJECT/models/NAME. It is \
      tested on the test manifest, else on images that training holds out. Training goes on from \
      the last version unless told otherwise. Ctrl+C stops it at a checkpoint; the same command \
      goes on.

      EXAMPLES
        reticle train photos/
        reticle train bccd --name v2 --minutes 10
        reticle train bccd --from-scratch --seed 3
        reticle evaluate bccd/v2
      """)

  @Argument(help: "The project's folder, or its training manifest.", completion: .file())
  var project: String

  @Option(help: "The version's name (default: v1, v2, …).")
  var name: String?

  @Option(help: "How long it may take (default: a few minutes at most).")
  var minutes: Double?

  @Option(help: "A number; the same gives the same model.")
  var seed = 1

  @Option(help: "The version to go on from (default: the last).")
  var from: String?

  @Flag(help: "Begin with nothing.")
  var fromScratch = false

  @Option(help: "The test manifest.", completion: .file())
  var test: String?

  @Option(help: "The box attribute that counts (default: the manifest's truth).")
  var attribute: String?

  @Option(help: "Where the images of the manifests lie.", completion: .directory)
  var images: String?

  @OptionGroup var s3: S3Options

  @Flag(help: "Print JSON: the version's name and status, and the figures of its test.")
  var json = false

  func validate() throws {
    if let minutes, !(minutes > 0 && minutes <= 100_000) {
      throw ValidationError("--minutes is more than 0")
    }
    guard seed >= 0, seed <= Int(Int32.max) else {
      throw ValidationError("--seed is 0 to \(Int32.max)")
    }
    for (option, text) in [("--name", name), ("--from", from)] {
      guard let text, VersionName(text) == nil else { continue }
      throw ValidationError("\(option): “\(text)” can't be a name: \(VersionName.rule)")
    }
    if from != nil, fromScratch {
      throw ValidationError("--from and --from-scratch exclude each other")
    }
  }

  func run() throws {
    let found = try ProjectPath(
      project,
      overrides: .init(attribute: attribute, images: images, s3Prefix: s3.prefix, test: test))
    if let version = found.version, name == nil {
      throw Failure.saying(
        "\(project) is a version; name the project and say --name \(version.name)", Failure.usage)
    }
    // Before anything is written: without the engine nothing comes of it.
    _ = try EngineProgram.path()
    if !found.hasFile { try ProjectFile.write(found.project.settings, in: found.project.path) }
    let run = TrainingRun(
      project: found.project,
      options: .init(
        name: name.flatMap { VersionName($0) }, minutes: minutes, seed: seed,
        from: from.flatMap { VersionName($0) }, isFromScratch: fromScratch))
    let signals = StopSignals { run.stop() }
    defer { signals.end() }
    var screen = TrainScreen()
    let outcome: TrainingRun.Outcome
    do {
      outcome = try run.run { screen.show($0) }
    } catch {
      screen.clear()
      throw error
    }
    screen.clear()
    switch outcome {
    case .stopped(let version):
      throw Failure.saying(
        "\(version.folder): stopped; 'reticle train \(found.project.path) --name \(version.name)' "
          + "goes on", Failure.temporary)
    case .ready(let version, let result): try tell(version, result)
    }
  }

  private func tell(_ version: ModelVersion, _ result: EvaluateResult?) throws {
    guard let result else {
      Failure.say("\(version.folder): trained, but there was no image to test it on")
      return
    }
    for note in result.input.notes { Failure.say(note) }
    if json {
      try StandardOutput.write(EvaluateJSON(result, path: version.folder, change: nil).bytes)
    } else {
      let report = EvaluateReport(result, path: version.folder, change: nil)
      try StandardOutput.write(Array(report.text.utf8))
    }
  }
}
