/// Which labels are taken for which, with a row and a column for the background.
///
/// A row is a truth's label, a column a prediction's. Each truth that counts is in one cell, and so
/// is each prediction that counts: found truths are on the diagonal; a missed truth and a false
/// prediction of another label that overlap are one cell's; what remains is on the background.
/// So the sum of a row is the label's support, that of a column the number of its predictions.
public struct ConfusionMatrix: Hashable, Sendable {
  /// A cell; nil is the background.
  public struct Cell: Hashable, Sendable {
    /// The truth's label.
    public let truth: Int?
    /// The prediction's label.
    public let prediction: Int?

    /// Creates a cell's name; nil is the background.
    public init(truth: Int?, prediction: Int?) {
      self.truth = truth
      self.prediction = prediction
    }
  }

  /// The number of labels.
  public let labelCount: Int
  private var values: [Cell: Int]

  init(labelCount: Int, values: [Cell: Int]) {
    self.labelCount = labelCount
    self.values = values
  }

  /// Makes the matrix from the counts of labels and the cells off the diagonal.
  init(_ counts: [Counts], confusions: [Cell: Int]) {
    labelCount = counts.count
    values = confusions
    var misses = counts.map(\.falseNegatives)
    var wrong = counts.map(\.falsePositives)
    for (cell, value) in confusions {
      if let truth = cell.truth { misses[truth] -= value }
      if let prediction = cell.prediction { wrong[prediction] -= value }
    }
    for label in counts.indices {
      add(counts[label].truePositives, to: Cell(truth: label, prediction: label))
      add(misses[label], to: Cell(truth: label, prediction: nil))
      add(wrong[label], to: Cell(truth: nil, prediction: label))
    }
  }

  private mutating func add(_ count: Int, to cell: Cell) {
    if count != 0 { values[cell, default: 0] += count }
  }

  /// How often a label is taken for another; nil is the background.
  public subscript(truth truth: Int?, prediction prediction: Int?) -> Int {
    values[Cell(truth: truth, prediction: prediction)] ?? 0
  }

  /// The number of truths in a row, or of predictions on the background.
  public func rowSum(_ truth: Int?) -> Int {
    values.reduce(0) { $1.key.truth == truth ? $0 + $1.value : $0 }
  }

  /// The cells that aren't 0, the fullest first; equally full ones by row and column.
  public var filledCells: [(cell: Cell, count: Int)] {
    values.filter { $0.value != 0 }.map { (cell: $0.key, count: $0.value) }.sorted {
      let (first, second) = ($0.cell, $1.cell)
      return (-$0.count, first.truth ?? labelCount, first.prediction ?? labelCount)
        < (-$1.count, second.truth ?? labelCount, second.prediction ?? labelCount)
    }
  }
}
