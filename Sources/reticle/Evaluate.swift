import ArgumentParser
import Evaluation
import GroundTruth
import Storage

/// `reticle evaluate`: how good predictions are.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure predictions against the truth, label by label.",
    discussion: """
      A prediction finds a truth of its label from an IoU of --iou on, the surest first. Precision, \
      recall and F1 are taken at the threshold with the best F1 of each label, as in Custom \
      Labels, or at --threshold; AP50 and AP50:95 are COCO's. Only images that somebody looked at \
      count. Crowds and difficult boxes count neither way.

      A project, as PROJECT or PROJECT/v2, is that version's test (else the newest version's); \
      --json then also has Baseline, BestF1Score and Warnings.

      Predictions are an attribute of the manifest, or a file or folder in any format that \
      'reticle convert' reads. An attribute's name also stands for those that go on with - or _, \
      as rekognition-custom-labels-evaluation does for all its numbers.

      EXAMPLES
        reticle evaluate test.manifest --predictions predictions
        reticle evaluate instances.json --predictions results.json --json
        reticle evaluate test.manifest --predictions detections/ --min-f1 0.8
        reticle evaluate test.manifest --predictions model-2 --summary EvaluationResultSummary.json
        reticle evaluate bccd/v2
      """)

  @Argument(
    help: "A manifest, a dataset in any format that 'reticle convert' reads, or a project.",
    completion: .file())
  var dataset: String

  @Option(help: "The attribute that holds the truth (default: the one people vouch for most).")
  var truth: String?

  @Option(
    help: "An attribute, a file or a folder (default: the only attribute that a model wrote).",
    completion: .file())
  var predictions: String?

  @Option(help: "The IoU from which on a box is found, above 0 and up to 1.")
  var iou = 0.5

  @Option(help: "The confidence from which on predictions count (default: best F1 by label).")
  var threshold: Double?

  @Option(help: "End with 1 if the mean F1 is below, 0 to 1.")
  var minF1: Double?

  @Option(help: "An evaluation summary file of Custom Labels to show beside.", completion: .file())
  var summary: String?

  @Option(help: "Write the evaluation manifest that Custom Labels would; it must not exist.")
  var snapshot: String?

  @Option(help: "The format of the predictions (default: by what stands in them).")
  var from: Format?

  @Option(help: "Where the images lie, for formats that need their sizes.", completion: .directory)
  var images: String?

  @Option(help: "The labels in the order of their numbers, as cat,dog or a file.")
  var labels: String?

  @Flag(help: "Print JSON: the fields of Custom Labels' summary file and more.")
  var json = false

  func validate() throws {
    guard iou > 0, iou <= 1 else { throw ValidationError("--iou is above 0 and up to 1") }
    for (name, value) in [("--threshold", threshold), ("--min-f1", minF1)] {
      if let value, !(0...1).contains(value) { throw ValidationError("\(name) is 0 to 1") }
    }
  }

  func run() throws {
    if ProjectPath.names(dataset) {
      try showVersion()
      return
    }
    if let snapshot, FileKind.of(snapshot) != .missing {
      throw Failure.saying(
        "\(snapshot) exists already; name a new file, or remove it first", Failure.cannotCreate)
    }
    let reference = try summary.map { try EvaluateSummary($0) }
    let source = try EvaluateSource(self)
    let input = try source.input()
    for note in input.notes { Failure.say(note) }
    let result = EvaluateResult(
      input: input, board: input.board(iou: iou, threshold: threshold), iou: iou, summary: reference
    )
    if let snapshot { try EvaluateSnapshot(result).write(to: snapshot) }
    let memory = EvaluateMemory(of: dataset, truth: input.truthName, iou: iou, threshold: threshold)
    let change = memory.last.map { EvaluateChange(from: $0, to: result.overall) }
    if json {
      try StandardOutput.write(EvaluateJSON(result, path: dataset, change: change).bytes)
    } else {
      try StandardOutput.write(
        Array(EvaluateReport(result, path: dataset, change: change).text.utf8))
    }
    if let problem = memory.keep(result.overall) {
      Failure.say("the next run won't know this one: \(problem)")
    }
    if let minF1, (result.overall.f1 ?? 0) < minF1 {
      throw Failure.saying(
        "F1 is \(EvaluateReport.share(result.overall.f1)), below \(minF1)", ExitCode(1))
    }
  }
}

/// What was compared and what came out.
struct EvaluateResult {
  let input: EvaluateInput
  let board: Scoreboard
  let iou: Double
  /// What Custom Labels said, if it was asked to be shown beside.
  let summary: EvaluateSummary?
  let overall: OverallFigures
  /// By F1, the best first, as in Custom Labels' summary; labels without anything are left out.
  let labels: [LabelFigures]
  /// The version of a project's model that made the predictions, if one did.
  let version: EvaluatedVersion?

  init(
    input: EvaluateInput, board: Scoreboard, iou: Double, summary: EvaluateSummary? = nil,
    version: EvaluatedVersion? = nil
  ) {
    self.version = version
    self.input = input
    self.board = board
    self.iou = iou
    self.summary = summary
    let figures = board.labelFigures
    overall = OverallFigures(figures)
    let candidates = board.countsByLabelAtZero
    labels = figures.filter { $0.support > 0 || candidates[$0.label].predicted > 0 }.sorted {
      (-($0.counts.f1 ?? 0), $0.label) < (-($1.counts.f1 ?? 0), $1.label)
    }
  }
}

extension Scoreboard {
  /// The counts of each label with all predictions.
  fileprivate var countsByLabelAtZero: [Counts] {
    labels.indices.map { counts(of: $0, from: -.infinity) }
  }
}
