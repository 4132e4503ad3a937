import Evaluation
import GroundTruth

/// The figures that the evaluation screen shows: taken from the board when something under them
/// changes, and not for each frame.
struct EvaluationFigures: Sendable {
  /// What they were taken from.
  struct Source: Hashable, Sendable {
    /// How many steps were taken on the dataset.
    var step: Int
    var hundredths: Int
    /// The label of the curves; `nil` for all.
    var label: Int?
    var isOfImages: Bool
  }

  let source: Source
  let imageCount: Int
  /// The number of predictions, sure enough or not.
  let predictedCount: Int
  let labels: [LabelFigures]
  let overall: OverallFigures
  /// What counts for and against the label of the curves.
  let counts: Counts
  let confusion: ConfusionMatrix
  /// Interpolated precision at the recalls 0, 0.01 … 1; empty without truths.
  let precisions: [Double]
  /// F1 at the thresholds 0, 0.01 … 1.
  let f1s: [Double?]
  /// Predictions by tenths of confidence.
  let reliability: [ReliabilityBin]
  /// By size of the box; empty for labels of whole images.
  let sizes: [(bin: SizeBin, counts: Counts)]
  /// How often each kind of error is made.
  let errors: [(kind: ErrorKind, count: Int)]

  /// Takes the figures of a review.
  ///
  /// - Complexity: O(predictions + images).
  init(_ review: Review, isOfImages: Bool, label: Int?, step: Int) {
    let board = isOfImages ? review.labelBoard ?? review.board : review.board
    source = Source(
      step: step, hundredths: review.hundredths, label: label, isOfImages: isOfImages)
    imageCount = board.scores.count
    predictedCount =
      isOfImages ? review.predictions.imageLabels.count : review.predictions.boxes.count
    let labels = board.labelFigures
    self.labels = labels
    overall = OverallFigures(labels)
    counts = label.flatMap { labels[safe: $0]?.counts } ?? overall.counts
    confusion = isOfImages ? board.surestConfusion : board.confusion
    precisions = board.precisionByRecall(of: label) ?? []
    f1s = board.countsByThreshold(of: label).map(\.counts.f1)
    reliability = board.reliability(of: label)
    let bins = isOfImages ? [:] : board.countsBySize(of: label)
    sizes = SizeBin.allCases.map { ($0, bins[$0] ?? Counts()) }
    errors = ErrorKind.allCases.map { ($0, board.errorCount($0, of: label)) }
  }

  /// The fullest cell off the diagonal: where the cursor begins.
  var worstCell: ConfusionMatrix.Cell {
    confusion.filledCells.first { $0.cell.truth != $0.cell.prediction }?.cell
      ?? ConfusionMatrix.Cell(truth: labels.isEmpty ? nil : 0, prediction: labels.isEmpty ? nil : 0)
  }

  /// The threshold with the best F1, in hundredths; `nil` if nothing is ever found.
  var bestHundredths: Int? {
    let best = f1s.compactMap(\.self).max() ?? 0
    return best > 0 ? f1s.lastIndex { $0 == best } : nil
  }
}
