import ArgumentParser
import GroundTruth
import Storage
import Workstation

/// `reticle review`: goes through a model's predictions, most telling first.
struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Go through predictions, most telling first.",
    discussion: """
      Space accepts a prediction and steps on, x rejects it, a digit or c gives it another label, \
      arrows or the mouse move it. What is accepted goes to the truth attribute; the predictions \
      themselves are never changed. Everything is saved as you work. ? shows the keys.

      Orders: \(Queue.Order.allCases.map(\.rawValue).joined(separator: ", ")).

      EXAMPLES
        reticle review test.manifest
        reticle review test.manifest --predictions detections.json --images photos/
        reticle review test.manifest --predictions model-v2 --sort missing
        reticle review test.manifest --filter "is:fp label:RBC score>0.8"
        reticle review test.manifest --queue images --sort random --seed 7
      """)

  @Argument(help: "The manifest.", completion: .file())
  var manifest: String

  @Option(
    help: "An attribute, or a file or folder that convert reads (default: what a model wrote).")
  var predictions: String?

  @Option(help: "The order of the queue.")
  var sort: Queue.Order = .uncertainty

  @Option(help: "What the queue is made of: images or boxes (default: what the order is about).")
  var queue: ReviewUnit?

  @Option(help: "What is gone through, as / in the program takes it.")
  var filter: String = ""

  @Option(help: "From which confidence on predictions count, 0 to 1.")
  var threshold: Double = 0.5

  @Option(help: "What --sort random begins with.")
  var seed: UInt64 = 1

  @Option(help: "The format of the predictions, if they are in a file.")
  var from: Format?

  @Option(help: "The attribute of the truth (default: the one that people vouch for most).")
  var attribute: String?

  @Option(help: "Labels, as cat,dog or a file: a label category file, or one label a line.")
  var labels: String?

  @Option(help: "Where the images of the manifest lie.", completion: .directory)
  var images: String?

  @Option(help: "What source-ref begins with, as s3://bucket/prefix/; --images says where it lies.")
  var s3Prefix: String?

  @Flag(help: "Look without writing.")
  var readOnly = false

  @Option(help: "What digits and Space mean (default: by what the manifest holds).")
  var task: LabellingTask?

  @Option(help: "The pixels that boxes of turned images are in (default: upright).")
  var boxSpace: BoxSpace?

  @Option(help: "The job named in the manifest's metadata.")
  var job: String = "reticle"

  @Option(help: "Keys to begin with.")
  var preset: Preset?

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if !(0...1).contains(threshold) { throw ValidationError("--threshold is from 0 to 1") }
    if let s3Prefix, !s3Prefix.hasPrefix("s3://") {
      throw ValidationError("--s3-prefix begins with s3://, as s3://bucket/prefix/")
    }
    do {
      _ = try Query(filter)
    } catch {
      throw ValidationError("--filter: \(error.message)")
    }
  }

  func run() throws {
    try MainActor.assumeIsolated { try runOnMainThread() }
  }

  @MainActor
  private func runOnMainThread() throws {
    let preferences = try Preferences.load()
    var options = ProjectOptions(
      paths: [manifest], labels: labels, attribute: attribute, images: images, s3Prefix: s3Prefix,
      readOnly: readOnly, task: task, boxSpace: boxSpace, job: job, preset: preset,
      drawing: drawing)
    var project = try Project.open(options, preferences: preferences)
    defer { project.store.close() }
    let source = PredictionSource(name: predictions, format: from, images: images)
    let found = try source.read(for: &project, truth: attribute)
    if task == nil, !found.imageLabels.isEmpty, found.boxes.isEmpty {
      options.task = .classification
    }
    let memory = EvaluateMemory(
      of: project.store.path, truth: project.attribute, rule: "review")
    let review = ReviewOptions(
      predictions: found, threshold: threshold, order: sort, filter: filter, unit: queue,
      seed: seed, pace: PaceLog.standard?.sums(of: project.store.path) ?? Pace.Sums(),
      lastRun: memory.last.map { EvaluationRun(date: $0.date, figures: $0.figures) })
    var workplace = Workplace(project: project, preferences: preferences, options: options)
    workplace.prepare = { state in
      do {
        try state.startReview(review)
      } catch {
        throw Failure.saying("--filter: \(error)", Failure.usage)
      }
    }
    workplace.finish = { state in
      guard let run = state.evaluationRun else { return }
      if let problem = memory.keep(run.figures.sorted { $0.key < $1.key }.map { ($0, $1) }) {
        Failure.say(problem)
      }
    }
    try workplace.work()
  }
}
