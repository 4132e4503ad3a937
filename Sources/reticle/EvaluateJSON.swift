import Evaluation
import GroundTruth
import Storage

/// The figures for machines: the members of Custom Labels' summary file, and more beside them.
struct EvaluateJSON {
  private typealias Members = [(name: String, value: [UInt8])]

  private let result: EvaluateResult
  private let path: String
  private let change: EvaluateChange?

  init(_ result: EvaluateResult, path: String, change: EvaluateChange?) {
    self.result = result
    self.path = path
    self.change = change
  }

  /// One JSON object on one line.
  var bytes: [UInt8] {
    var members: Members = [
      ("Version", JSONNumber.encode(1)), ("EvaluationDetails", details),
      ("AggregatedEvaluationResults", aggregated),
      ("LabelEvaluationResults", Self.array(result.labels.map(label))),
    ]
    if let change {
      let names = EvaluateMemory.figures(of: result.overall).map(\.name)
      members.append(
        (
          "ChangeSinceLastRun",
          Self.object(
            [("Since", JSONText.encode(change.since))]
              + names.map { ($0, Self.number(change.differences[$0])) })
        ))
    }
    if let summary = result.summary { members.append(("SummaryFile", self.summary(summary))) }
    if let version = result.version {
      if let baseline = version.baseline { members.append(("Baseline", self.baseline(baseline))) }
      members.append(("BestF1Score", Self.number(version.bestF1)))
      members.append(("Warnings", Self.array(version.warnings.map(JSONText.encode))))
    }
    return Self.object(members) + [UInt8(ascii: "\n")]
  }

  private var details: [UInt8] {
    let version = result.version
    return Self.object([
      // What was not trained on AWS has no such name.
      ("ProjectVersionArn", Array("null".utf8)),
      ("ProjectVersion", version.map { JSONText.encode($0.name) } ?? Array("null".utf8)),
      ("EvaluationEndTimestamp", JSONText.encode("\(Timestamp.now)".dropLast() + ".000000")),
      ("Labels", Self.array(result.labels.map(\.name).sorted().map(JSONText.encode))),
      (
        "NumberOfTrainingImages",
        version.map { JSONNumber.encode($0.trainingCount) } ?? Array("null".utf8)
      ),
      ("NumberOfTestingImages", JSONNumber.encode(result.input.images.count)),
      ("Dataset", JSONText.encode(path)), ("Truth", JSONText.encode(result.input.truthName)),
      ("Predictions", JSONText.encode(result.input.predictionName)),
      ("IoU", result.input.isImageLevel ? Array("null".utf8) : JSONNumber.encode(result.iou)),
    ])
  }

  private var aggregated: [UInt8] {
    let overall = result.overall
    let board = result.board
    var members: Members = [
      ("Precision", Self.number(overall.precision)), ("Recall", Self.number(overall.recall)),
      ("F1Score", Self.number(overall.f1)),
      ("MicroPrecision", Self.number(overall.counts.precision)),
      ("MicroRecall", Self.number(overall.counts.recall)),
      ("MicroF1Score", Self.number(overall.counts.f1)),
    ]
    members += Self.counts(overall.counts)
    if result.input.isImageLevel {
      members += [
        ("Top1Accuracy", Self.number(board.surestHits.recall)),
        ("Top1Interval", Self.interval(board.surestHits.recallInterval)),
        ("ConfusionMatrix", confusion(board.surestConfusion)),
      ]
    } else {
      members += [
        ("AveragePrecision", Self.number(overall.averagePrecisionAtRule)),
        ("AverageRecall", Self.number(overall.recallAtRule)),
        ("AP50", Self.number(overall.ap50)), ("AP75", Self.number(overall.ap75)),
        ("AP50:95", Self.number(overall.ap)),
        ("AR50:95", Self.number(overall.averageRecall)),
        ("Errors", errors(of: nil)), ("ConfusionMatrix", confusion(board.confusion)),
      ]
    }
    return Self.object(members)
  }

  private func label(_ figures: LabelFigures) -> [UInt8] {
    let counts = figures.counts
    var metrics: Members = [
      ("Threshold", Self.number(figures.threshold)), ("Precision", Self.number(counts.precision)),
      ("Recall", Self.number(counts.recall)), ("F1Score", Self.number(counts.f1)),
      ("PrecisionInterval", Self.interval(counts.precisionInterval)),
      ("RecallInterval", Self.interval(counts.recallInterval)),
    ]
    metrics += Self.counts(counts)
    if !result.input.isImageLevel {
      metrics += [
        ("AP50", Self.number(figures.curve.ap50)), ("AP75", Self.number(figures.curve.ap75)),
        ("AP50:95", Self.number(figures.curve.ap)), ("Errors", errors(of: figures.label)),
      ]
    }
    return Self.object([
      ("Label", JSONText.encode(figures.name)),
      ("NumberOfTestingImages", JSONNumber.encode(figures.imageCount)),
      ("Metrics", Self.object(metrics)),
    ])
  }

  private func errors(of label: Int?) -> [UInt8] {
    Self.object(
      ErrorKind.allCases.map { kind in
        (kind.key, JSONNumber.encode(result.board.errorCount(kind, of: label)))
      })
  }

  /// Cells with their shares of their rows, as Custom Labels writes them; the background is null.
  private func confusion(_ matrix: ConfusionMatrix) -> [UInt8] {
    let names = result.board.labels
    let rows = Dictionary(grouping: matrix.filledCells) { $0.cell.truth }
      .mapValues { $0.reduce(0) { $0 + $1.count } }
    func name(_ label: Int?) -> [UInt8] {
      label.map { JSONText.encode(names[$0]) } ?? Array("null".utf8)
    }
    return Self.array(
      matrix.filledCells.map { cell, count in
        Self.object([
          ("GroundTruthLabel", name(cell.truth)), ("PredictedLabel", name(cell.prediction)),
          ("Value", Self.number(Double(count) / Double(rows[cell.truth] ?? count))),
          ("Count", JSONNumber.encode(count)),
        ])
      })
  }

  private func summary(_ summary: EvaluateSummary) -> [UInt8] {
    func figures(_ figures: EvaluateSummary.Figures) -> Members {
      [
        ("Precision", Self.number(figures.precision)), ("Recall", Self.number(figures.recall)),
        ("F1Score", Self.number(figures.f1)),
      ]
    }
    let labels = summary.labels.sorted { $0.key < $1.key }
    return Self.object([
      ("AggregatedEvaluationResults", Self.object(figures(summary.overall))),
      (
        "LabelEvaluationResults",
        Self.array(
          labels.map { name, values in
            Self.object([
              ("Label", JSONText.encode(name)),
              (
                "Metrics",
                Self.object([("Threshold", Self.number(values.threshold))] + figures(values))
              ),
            ])
          })
      ),
    ])
  }

  private func baseline(_ baseline: EvaluatedVersion.Baseline) -> [UInt8] {
    var members: Members = [
      ("Name", JSONText.encode(baseline.name)), ("F1Score", Self.number(baseline.overall.f1)),
    ]
    if result.input.isImageLevel {
      members.append(("Top1Accuracy", Self.number(baseline.top1)))
    } else {
      members.append(("AP50", Self.number(baseline.overall.ap50)))
    }
    return Self.object(members)
  }

  // MARK: Values

  private static func counts(_ counts: Counts) -> Members {
    [
      ("Support", JSONNumber.encode(counts.support)),
      ("TruePositives", JSONNumber.encode(counts.truePositives)),
      ("FalsePositives", JSONNumber.encode(counts.falsePositives)),
      ("FalseNegatives", JSONNumber.encode(counts.falseNegatives)),
    ]
  }

  private static func object(_ members: Members) -> [UInt8] { JSONStyle.compact.object(members) }

  private static func array(_ elements: [[UInt8]]) -> [UInt8] { JSONStyle.compact.array(elements) }

  private static func number(_ value: Double?) -> [UInt8] {
    value.map(JSONNumber.encode) ?? Array("null".utf8)
  }

  private static func interval(_ range: ClosedRange<Double>?) -> [UInt8] {
    range.map { array([number($0.lowerBound), number($0.upperBound)]) } ?? Array("null".utf8)
  }
}

extension ErrorKind {
  /// What machines call it.
  fileprivate var key: String {
    switch self {
    case .duplicate: "Duplicate"
    case .localisation: "Localisation"
    case .classification: "Class"
    case .both: "Both"
    case .background: "Background"
    case .missed: "Missed"
    }
  }
}
