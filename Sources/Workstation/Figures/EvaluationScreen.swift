import Evaluation

/// Where the person is on the evaluation screen, and what it shows.
struct EvaluationScreen: Sendable {
  /// Which part takes the arrows.
  enum Focus: Int, CaseIterable, Sendable {
    case labels
    case matrix
    case threshold

    /// The one before or after, round and round.
    func moved(by step: Int) -> Focus {
      let count = Self.allCases.count
      return Focus(rawValue: (rawValue + step + count) % count) ?? self
    }
  }

  /// A column of the table.
  enum Column: Int, CaseIterable, Sendable {
    case label
    case truth
    case truePositives
    case falsePositives
    case falseNegatives
    case precision
    case recall
    case f1
    case ap50

    /// What stands over it.
    var title: String {
      switch self {
      case .label: "label"
      case .truth: "truth"
      case .truePositives: "TP"
      case .falsePositives: "FP"
      case .falseNegatives: "FN"
      case .precision: "prec"
      case .recall: "rec"
      case .f1: "F1"
      case .ap50: "AP50"
      }
    }

    /// What a label has there, to sort by; labels without a figure come last.
    func value(of label: LabelFigures) -> Double {
      switch self {
      case .label: Double(label.label)
      case .truth: Double(label.support)
      case .truePositives: Double(label.counts.truePositives)
      case .falsePositives: Double(label.counts.falsePositives)
      case .falseNegatives: Double(label.counts.falseNegatives)
      case .precision: label.counts.precision ?? .infinity
      case .recall: label.counts.recall ?? .infinity
      case .f1: label.counts.f1 ?? .infinity
      case .ap50: label.curve.ap50 ?? .infinity
      }
    }

    /// Whether the greatest come first unless one says otherwise: what asks for attention does.
    var isDescending: Bool {
      switch self {
      case .truth, .truePositives, .falsePositives, .falseNegatives: true
      case .label, .precision, .recall, .f1, .ap50: false
      }
    }
  }

  /// Whether the figures are of labels for whole images.
  var isOfImages: Bool
  var focus = Focus.labels
  /// The label under the cursor; `nil` for all of them.
  var label: Int?
  /// The cell under the cursor.
  var cell: ConfusionMatrix.Cell
  var column = Column.f1
  /// Whether the order of the column is turned round.
  var isReversed = false
  var figures: EvaluationFigures

  init(_ review: Review, isOfImages: Bool, step: Int) {
    self.isOfImages = isOfImages
    figures = EvaluationFigures(review, isOfImages: isOfImages, label: nil, step: step)
    cell = figures.worstCell
  }

  /// The rows of the table: all labels together, then each in the order of the column.
  var rows: [LabelFigures?] {
    let isDescending = column.isDescending != isReversed
    let sorted = figures.labels.sorted { first, second in
      let (a, b) = (column.value(of: first), column.value(of: second))
      if a == b { return first.label < second.label }
      if a.isInfinite || b.isInfinite { return b.isInfinite }
      return isDescending ? a > b : a < b
    }
    return [nil] + sorted.map(Optional.some)
  }

  /// The place of the cursor among the rows.
  var row: Int { rows.firstIndex { $0?.label == label } ?? 0 }

  /// Moves the cursor in the table.
  mutating func moveRow(by step: Int) {
    let rows = rows
    label = rows[max(0, min(rows.count - 1, row + step))]?.label
  }

  /// Moves to another column of the table.
  mutating func moveColumn(by step: Int) {
    let all = Column.allCases.filter { $0 != .ap50 || !isOfImages }
    let place = (all.firstIndex(of: column) ?? 0) + step
    column = all[max(0, min(all.count - 1, place))]
    isReversed = false
  }

  /// Moves the cursor in the matrix; the background is after the last label.
  mutating func moveCell(rows: Int, columns: Int) {
    let last = figures.labels.count
    func moved(_ place: Int?, by step: Int) -> Int? {
      let next = max(0, min(last, (place ?? last) + step))
      return next == last ? nil : next
    }
    cell = ConfusionMatrix.Cell(
      truth: moved(cell.truth, by: rows), prediction: moved(cell.prediction, by: columns))
  }
}
