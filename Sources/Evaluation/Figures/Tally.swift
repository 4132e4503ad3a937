/// Counts of a dataset at some thresholds that need whole images, kept as images change.
struct Tally: Hashable, Sendable {
  /// False predictions on missed truths of other labels.
  private(set) var confusions: [ConfusionMatrix.Cell: Int] = [:]
  /// The surest label of each image against its own; only of labels for whole images.
  private(set) var surest: [ConfusionMatrix.Cell: Int] = [:]
  /// Images with labels, and those whose surest label is one of them.
  private(set) var labelled = 0
  private(set) var hits = 0
  private var errors: [Int]

  init(labelCount: Int) {
    errors = Array(repeating: 0, count: labelCount * ErrorKind.allCases.count)
  }

  /// How many errors of a kind a label has: of its predictions, or of its truths if missed.
  func errors(_ kind: ErrorKind, of label: Int) -> Int {
    errors[label * ErrorKind.allCases.count + Int(kind.rawValue)]
  }

  /// Makes room for one more label.
  mutating func addLabel() {
    errors += Array(repeating: 0, count: ErrorKind.allCases.count)
  }

  /// Adds what an image has so many times; -1 takes it away.
  mutating func add(_ score: ImageScore, at thresholds: Thresholds, times: Int) {
    for rank in score.predictions.indices where score.predictions[rank].isFalse {
      let label = Int(score.predictions[rank].label)
      guard score.predictions[rank].confidence >= thresholds[label] else { continue }
      count(score.predictions[rank].flags.kind ?? .background, of: label, times)
    }
    addMisses(score, at: thresholds, times)
    for (rank, truth) in score.confusions(at: thresholds) {
      let cell = ConfusionMatrix.Cell(
        truth: Int(score.truths[truth].label), prediction: Int(score.predictions[rank].label))
      Self.change(&confusions, cell, times)
    }
    if score.isImageLevel { addSurest(score, times) }
  }

  private mutating func addMisses(_ score: ImageScore, at thresholds: Thresholds, _ times: Int) {
    for place in score.truths.indices where score.isMissed(place, at: thresholds) {
      count(.missed, of: Int(score.truths[place].label), times)
    }
    for (_, truth) in score.explanations(at: thresholds) {
      count(.missed, of: Int(score.truths[truth].label), -times)
    }
  }

  /// Compares the surest label with an image's own, whatever the threshold.
  private mutating func addSurest(_ score: ImageScore, _ times: Int) {
    guard !score.truths.isEmpty else { return }
    let prediction = score.predictions.first.map { Int($0.label) }
    let own = score.truths.map { Int($0.label) }
    labelled += times
    if let prediction, own.contains(prediction) {
      hits += times
      Self.change(&surest, .init(truth: prediction, prediction: prediction), times)
    } else {
      for label in own { Self.change(&surest, .init(truth: label, prediction: prediction), times) }
    }
  }

  private mutating func count(_ kind: ErrorKind, of label: Int, _ times: Int) {
    errors[label * ErrorKind.allCases.count + Int(kind.rawValue)] += times
  }

  private static func change(
    _ values: inout [ConfusionMatrix.Cell: Int], _ cell: ConfusionMatrix.Cell, _ times: Int
  ) {
    let value = (values[cell] ?? 0) + times
    values[cell] = value == 0 ? nil : value
  }
}
