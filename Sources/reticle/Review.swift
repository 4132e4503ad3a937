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

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(0...1).contains(threshold) { throw ValidationError("--threshold is from 0 to 1") }
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
    var options = ProjectOptions(paths: [manifest], attribute: attribute, work: work)
    var project = try Project.open(options, preferences: preferences)
    defer { project.store.close() }
    let source = PredictionSource(name: predictions, format: from, images: work.images)
    let found = try source.read(for: &project, truth: attribute)
    if work.task == nil, !found.imageLabels.isEmpty, found.boxes.isEmpty {
      options.work.task = .classification
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
