import ArgumentParser
import Cells
import GroundTruth
import Prediction
import Storage
import Workstation

/// `reticle predict`: lets a model look at the images of a manifest.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add a model's predictions to a manifest as an attribute.",
    discussion: """
      Predictions stand beside the truth (human-annotated: no, a confidence each, the model as \
      job-name) and never change it; 'reticle review' goes through them. Interrupted or killed, \
      the same command goes on where it was. Images that the same model predicted before are \
      skipped.

      --command starts a program of yours once, without a shell. It reads a JSON object a line, \
      {"id":"7","path":"/abs/a.jpg","width":640,"height":480}, and answers each in any order with \
      {"id":"7","CustomLabels":[{"Name":"cat","Confidence":97.1,"Geometry":{"BoundingBox":\
      {"Left":0.1,"Top":0.2,"Width":0.3,"Height":0.4}}}]} or {"id":"7","error":"…"}. Ratios are of \
      the image as seen upright; without Geometry a label is for the whole image. A first line \
      {"model":{"name":"…","version":"…"}} may say who it is. --check-command tries a program on \
      made-up images and says which of these rules it keeps.

      --auto-label works as Ground Truth's automated labelling. What people labelled in the \
      manifest (and the images that a model trained here was tested on, but none that it learned \
      from) tells for each label from which confidence on --target-precision is reached with 95 % \
      certainty, and how much else may be passed over as noise so that as large a share of what is \
      there gets labelled. An image on which the model is sure of all it sees becomes truth with \
      human-annotated: no; the others get predictions for 'reticle review'. Lines with anything of \
      a person's keep their bytes. A report says what it was measured by; if the target isn't \
      reached, nothing is written, and the exit code is 1.

      --json prints one object: Manifest, Output, Attribute, Model (Name, Version, JobName), \
      Images, Predicted, Skipped, Failed, Labels (Name, Boxes, ImageLevel), and with --auto-label \
      AutoLabel (Target, Validation, Labels with Threshold, Precision and Recall, IsReached, \
      Labelled, ForPeople, Reasons).

      EXAMPLES
        reticle predict test.manifest --model photos/ --attribute model-v1
        reticle predict test.manifest --command 'python3 yolo.py' -o predicted.manifest
        reticle predict all.manifest --model bccd/v2 --filter is:unlabelled --threshold 0.3
        reticle predict all.manifest --model bccd --shard 2/4 -o part-2.manifest
        reticle predict all.manifest --model bccd --auto-label --dry-run
        reticle predict all.manifest --command 'python3 yolo.py' --auto-label \
      --validation 'name:val-*'
        reticle predict --check-command 'python3 yolo.py'
      """)

  @Argument(help: "A manifest.", completion: .file())
  var manifest: String?

  @Option(help: "The attribute that predictions go to.")
  var attribute = "predictions"

  @OptionGroup var predictor: PredictorOptions

  @Option(
    help: ArgumentHelp(
      "Try a program on made-up images, and say which rules it keeps.", valueName: "command"))
  var checkCommand: String?

  @Option(help: "Which lines are looked at, as / in the program takes it.")
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "The part I of N parts of the manifest alone; -o parts joined by cat are the whole.",
      valueName: "I/N"))
  var shard: Shard?

  @Option(help: "From which confidence on predictions are written, 0 to 1.")
  var threshold = 0.0

  @Option(help: "How many are written for an image, the surest; Custom Labels takes 50.")
  var maxResults = 50

  @Flag(help: "Label the images that the model is sure of, and leave the others to people.")
  var autoLabel = false

  @Option(
    help: ArgumentHelp(
      "What share of these labels is to be right (default: 0.95; of boxes, 0.9).",
      valueName: "share"))
  var targetPrecision: Double?

  @Option(
    help: ArgumentHelp(
      "Which labelled lines tell how good the model is, as / in the program takes it (default: all).",
      valueName: "query"))
  var validation: String?

  @Option(
    name: .shortAndLong, help: "The manifest to write (default: the one given).",
    completion: .file())
  var output: String?

  @Flag(help: "Replace an output that is there already.")
  var force = false

  @Flag(help: "Look at images again that the same model looked at before.")
  var again = false

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Where the images of the manifest lie.", completion: .directory)
  var images: String?

  @OptionGroup var s3: S3Options

  @Option(help: "The pixels that boxes of turned images are in (default: upright).")
  var boxSpace: BoxSpace?

  func validate() throws {
    if checkCommand != nil {
      guard manifest == nil, !predictor.isGiven else {
        throw ValidationError("--check-command stands alone")
      }
      return
    }
    if manifest == nil { throw ValidationError("name a manifest") }
    if manifest == "-" {
      throw ValidationError("standard input can't be gone on with; name a file")
    }
    if !predictor.isGiven, !dryRun {
      throw ValidationError("say who predicts: --command, --model or --rekognition")
    }
    if !(0...1).contains(threshold) { throw ValidationError("--threshold is from 0 to 1") }
    if !(1...10_000).contains(maxResults) {
      throw ValidationError("--max-results is from 1 to 10000")
    }
    if shard != nil, output == nil {
      throw ValidationError("--shard writes a part of the manifest: name it with -o")
    }
    if json, output == "-" { throw ValidationError("--json and -o - both take standard output") }
    if !autoLabel, targetPrecision != nil || validation != nil {
      throw ValidationError("--target-precision and --validation are of use with --auto-label")
    }
    if let targetPrecision, !(0.5...0.999).contains(targetPrecision) {
      throw ValidationError("--target-precision is from 0.5 to 0.999")
    }
    for (name, query) in [("filter", filter), ("validation", validation)] {
      do throws(QueryError) {
        try Query(query ?? "").checkAnswerable()
      } catch {
        throw ValidationError("--\(name): \(error.message)")
      }
    }
  }

  func run() throws {
    if let checkCommand { return try check(checkCommand) }
    guard let manifest else { return }
    let job = try PredictJob(
      manifest,
      options: .init(
        attribute: attribute, filter: filter, shard: shard, threshold: threshold,
        limit: maxResults, output: output, isForced: force, isAgain: again, images: images,
        s3Prefix: s3.prefix, boxSpace: boxSpace,
        autoLabel: autoLabel
          ? .init(target: targetPrecision, validation: validation, model: predictor.model) : nil))
    defer { job.close() }
    if dryRun {
      try StandardOutput.write(Array((job.plan + "\n").utf8))
      return
    }
    let summary = try job.run { remark in try predictor.predictor(remark: remark) }
    if json {
      try StandardOutput.write(summary.json)
    } else if let report = summary.autoLabel {
      try show(report.text(output: summary.output))
      if summary.failed > 0 {
        Failure.say("\(CheckReport.count(summary.failed, "image")) failed, and stay as they are")
      }
    } else {
      for line in summary.text { Failure.say(line) }
    }
    if let report = summary.autoLabel, report.outcome == nil {
      throw Failure.saying(report.refusal, ExitCode(1))
    }
    if summary.failed > 0 { throw ExitCode(1) }
  }

  /// Shows a report, on standard error where the manifest goes to standard output.
  private func show(_ text: String) throws {
    if output != "-" { return try StandardOutput.write(Array(text.utf8)) }
    for line in text.split(separator: "\n") { Failure.say(String(line)) }
  }

  private func check(_ command: String) throws {
    let check = try CommandCheck(command, limits: predictor.limits)
    let verdicts = try check.verdicts()
    let lines = verdicts.map { verdict in
      (verdict.problem == nil ? "pass  " : "FAIL  ") + verdict.rule
        + (verdict.problem.map { ": \($0)" } ?? "")
    }
    let text = lines.map { PrintableText.escaping($0) + "\n" }.joined()
    try StandardOutput.write(Array(text.utf8))
    guard verdicts.contains(where: { $0.problem != nil }) else { return }
    if !check.messages.isEmpty { Failure.say("what it said last on standard error:") }
    for line in check.messages { Failure.say("  \(line)") }
    throw ExitCode(1)
  }
}

/// One of several equal parts, as `2/4`.
struct Shard: ExpressibleByArgument {
  let number: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...1_000_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  /// The lines of a manifest that are in the part.
  func range(of lineCount: Int) -> Range<Int> {
    lineCount * (number - 1) / count..<lineCount * number / count
  }

  var text: String { "\(number)/\(count)" }
}
