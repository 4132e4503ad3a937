import ArgumentParser
import Evaluation
import Glibc
import TestSupport

/// `Benchmarks evaluation`: matching, all figures, and the figures after one decision.
struct EvaluationBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluation",
    abstract: "Measure evaluating predictions, and keeping up with decisions.",
    discussion: "Processor time of this process alone; the predictions are made up, seeded.")

  @Option(help: "The number of images.")
  var images = 100_000

  @Option(help: "The number of predictions of each image.")
  var predictions = 10

  @Option(help: "The number of labels.")
  var labels = 3

  @Option(help: "The number of decisions.")
  var decisions = 200

  @Flag(help: "Print JSON: machine, measurements, notes.")
  var json = false

  func validate() throws {
    guard images > 0, predictions > 0, labels > 0, decisions > 0 else {
      throw ValidationError("all numbers are 1 at least")
    }
  }

  func run() throws {
    var report = Report()
    var random = SeededGenerator(seed: 1)
    let inputs = (0..<images).map { _ in Self.input(predictions, labels, &random) }
    var scores: [ImageScore] = []
    scores.reserveCapacity(images)
    report.add("matching all images", bar: nil) {
      scores = inputs.map { ImageScore(truths: $0.truths, predictions: $0.predictions) }
    }
    let names = (0..<labels).map { "label \($0)" }
    var board = Scoreboard(labels: names, scores: [])
    report.add("sorting, and all figures", bar: 2_000) {
      board = Scoreboard(labels: names, scores: scores)
    }
    measureDecisions(&board, inputs, &random, into: &report)
    measureThreshold(&board, into: &report)
    report.add("F1 at 101 thresholds", bar: nil) { _ = board.countsByThreshold() }
    report.add("reliability, 10 bins", bar: nil) { _ = board.reliability() }
    report.add("by size", bar: nil) { _ = board.countsBySize() }
    report.notes = ["\(images) images, \(images * predictions) predictions, \(labels) labels"]
    print(json ? try report.json() : report.table)
  }

  /// Takes back a prediction, or accepts it into the truth, and reads all figures.
  private func measureDecisions(
    _ board: inout Scoreboard, _ inputs: [Input], _ random: inout SeededGenerator,
    into report: inout Report
  ) {
    var times: [Double] = []
    for decision in 0..<decisions {
      let image = Int.random(in: inputs.indices, using: &random)
      var input = inputs[image]
      let chosen = input.predictions.remove(at: decision % input.predictions.count)
      if decision.isMultiple(of: 2) {
        input.truths.append(TruthBox(chosen.rectangle, label: chosen.label))
      }
      times.append(
        Report.time {
          board.replace(
            ImageScore(truths: input.truths, predictions: input.predictions), at: image)
          _ = board.overall
          _ = board.confusion
        })
    }
    report.measurements.append(
      Measurement(
        what: "a decision, all figures", unit: "ms", samples: Samples(times), bar: 50))
  }

  /// Moves the threshold of all labels by steps as `[` and `]` do.
  private func measureThreshold(_ board: inout Scoreboard, into report: inout Report) {
    board.choose(.common(0.3))
    var times: [Double] = []
    for step in 1...10 {
      times.append(
        Report.time {
          board.choose(.common(0.3 + Double(step) * 0.05))
          _ = board.overall
          _ = board.confusion
        })
    }
    report.measurements.append(
      Measurement(
        what: "the threshold moved by 0.05", unit: "ms", samples: Samples(times), bar: nil))
  }

  private struct Input {
    var truths: [TruthBox]
    var predictions: [PredictedBox]
  }

  /// An image: most predictions lie about a truth, one of ten has another label, the rest anywhere.
  private static func input(
    _ count: Int, _ labels: Int, _ random: inout SeededGenerator
  ) -> Input {
    let truths = (0..<max(1, count * 8 / 10)).map { _ in
      TruthBox(rectangle(&random), label: Int.random(in: 0..<labels, using: &random))
    }
    let predictions = (0..<count).map { place in
      var confidence = Double.random(in: 0...1, using: &random)
      guard place * 10 < count * 6 else {
        confidence *= confidence
        return PredictedBox(
          rectangle(&random), label: Int.random(in: 0..<labels, using: &random),
          confidence: confidence)
      }
      let truth = truths[place % truths.count]
      var box = truth.rectangle
      box.left += Double.random(in: -20...20, using: &random)
      box.top += Double.random(in: -20...20, using: &random)
      let isWrong = Int.random(in: 0..<10, using: &random) == 0
      return PredictedBox(
        box, label: isWrong ? Int.random(in: 0..<labels, using: &random) : truth.label,
        confidence: 1 - confidence * confidence)
    }
    return Input(truths: truths, predictions: predictions)
  }

  private static func rectangle(_ random: inout SeededGenerator) -> Rectangle {
    Rectangle(
      left: Double.random(in: 0...500, using: &random),
      top: Double.random(in: 0...400, using: &random),
      width: Double.random(in: 8...200, using: &random),
      height: Double.random(in: 8...200, using: &random))
  }
}

extension Report {
  /// Measures some work once.
  fileprivate mutating func add(_ what: String, bar: Double?, _ work: () -> Void) {
    measurements.append(
      Measurement(what: what, unit: "ms", samples: Samples([Self.time(work)]), bar: bar))
  }

  /// The processor time of some work, in milliseconds.
  fileprivate static func time(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
    }
    let start = now()
    work()
    return now() - start
  }
}
