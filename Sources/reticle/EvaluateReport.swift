import Cells
import Evaluation

/// The figures for people: a head, a table by label, what is mistaken for what.
struct EvaluateReport {
  private let result: EvaluateResult
  private let path: String
  private let change: EvaluateChange?
  /// How many cells of the confusion matrix are told.
  private static let confusionsShown = 8

  init(_ result: EvaluateResult, path: String, change: EvaluateChange?) {
    self.result = result
    self.path = path
    self.change = change
  }

  /// The report, its lines free of anything harmful.
  var text: String {
    var lines = head + [""] + EvaluateTable(rows: rows).lines
    if let summary = result.summary { lines += [""] + beside(summary) }
    let confusions = self.confusions
    if !confusions.isEmpty { lines += [""] + confusions }
    if let version = result.version { lines += [""] + about(version) }
    return lines.map { PrintableText.escaping($0) + "\n" }.joined()
  }

  /// A share with three digits; “–” where there is none.
  static func share(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    let thousandths = Int((abs(value) * 1_000).rounded())
    let digits = String(thousandths % 1_000)
    let zeros = String(repeating: "0", count: 3 - digits.count)
    return "\(value < 0 && thousandths > 0 ? "-" : "")\(thousandths / 1_000).\(zeros)\(digits)"
  }

  // MARK: Head

  private var head: [String] {
    let (overall, input) = (result.overall, result.input)
    let all = result.labels.map { result.board.counts(of: $0.label, from: -.infinity).predicted }
    let noun = input.isImageLevel ? "label" : "box"
    let what =
      "\(CheckReport.count(input.images.count, "image")), "
      + "\(overall.counts.support) \(plural(noun, overall.counts.support)) of “\(input.truthName)”, "
      + "\(all.reduce(0, +)) predicted by “\(input.predictionName)”"
    var lines = ["\(path): \(what)"]
    lines.append("unweighted means over labels, \(thresholdRule):")
    lines.append(
      "       F1 \(figure("F1Score", overall.f1))   precision "
        + "\(figure("Precision", overall.precision))   recall \(figure("Recall", overall.recall))")
    let counts = overall.counts
    lines.append(
      "micro: F1 \(Self.share(counts.f1))   precision \(Self.share(counts.precision))   "
        + "recall \(Self.share(counts.recall))")
    if input.isImageLevel {
      let hits = result.board.surestHits
      lines.append(
        "top-1 \(Self.share(hits.recall)) \(interval(hits.recallInterval)): "
          + "\(hits.truePositives) of \(hits.support)")
    } else {
      lines.append(
        "COCO:  AP50 \(figure("AP50", overall.ap50))   AP75 \(Self.share(overall.ap75))   "
          + "AP50:95 \(figure("AP50:95", overall.ap))   "
          + "AR100 \(Self.share(overall.averageRecall))")
      let kinds = ErrorKind.allCases.map { "\($0.word) \(result.board.errorCount($0))" }
      lines.append("errors: \(kinds.joined(separator: ", "))")
    }
    if let change { lines.append("(in parentheses: the change since the run of \(change.since))") }
    return lines
  }

  private var thresholdRule: String {
    let rule =
      switch result.board.choice {
      case .assumed: "each at the threshold with its best F1"
      case .common(let value): "at threshold \(value)"
      case .given: "each at the model's own threshold"
      }
    return result.input.isImageLevel ? rule : "\(rule), IoU \(result.iou)"
  }

  /// A figure with its change since the last run.
  private func figure(_ name: String, _ value: Double?) -> String {
    guard let difference = change?.differences[name] else { return Self.share(value) }
    let text = Self.share(difference)
    return "\(Self.share(value)) (\(text.hasPrefix("-") ? text : "+" + text))"
  }

  private func interval(_ range: ClosedRange<Double>?) -> String {
    range.map { "(\(Self.share($0.lowerBound))–\(Self.share($0.upperBound)))" } ?? ""
  }

  private func plural(_ noun: String, _ count: Int) -> String {
    count == 1 ? noun : (noun == "box" ? "boxes" : noun + "s")
  }

  // MARK: Tables

  private var rows: [[String]] {
    let isImageLevel = result.input.isImageLevel
    let head =
      ["label", "truth", "TP", "FP", "FN", "precision", "(95 %)", "recall", "(95 %)", "F1"]
      + (isImageLevel ? [] : ["AP50", "AP50:95"]) + ["threshold"]
    return [head]
      + result.labels.map { label in
        let counts = label.counts
        let average = isImageLevel ? [] : [label.curve.ap50, label.curve.ap].map(Self.share)
        return [
          label.name, "\(label.support)", "\(counts.truePositives)", "\(counts.falsePositives)",
          "\(counts.falseNegatives)", Self.share(counts.precision),
          interval(counts.precisionInterval), Self.share(counts.recall),
          interval(counts.recallInterval), Self.share(counts.f1),
        ] + average + [Self.share(label.threshold)]
      }
  }

  /// Our figures and those of a summary file.
  private func beside(_ summary: EvaluateSummary) -> [String] {
    func cells(_ ours: Double?, _ theirs: Double?) -> [String] {
      [Self.share(ours), Self.share(theirs)]
    }
    var rows = [
      ["", "F1", "AWS", "precision", "AWS", "recall", "AWS", "threshold", "AWS"],
      ["all labels"] + cells(result.overall.f1, summary.overall.f1)
        + cells(result.overall.precision, summary.overall.precision)
        + cells(result.overall.recall, summary.overall.recall) + ["", ""],
    ]
    for label in result.labels {
      let theirs = summary.labels[label.name]
      rows.append(
        [label.name] + cells(label.counts.f1, theirs?.f1)
          + cells(label.counts.precision, theirs?.precision)
          + cells(label.counts.recall, theirs?.recall) + cells(label.threshold, theirs?.threshold))
    }
    return EvaluateTable(rows: rows).lines
  }

  /// What a model without eyes would score, and what a person should know of the version.
  private func about(_ version: EvaluatedVersion) -> [String] {
    var lines: [String] = []
    if let baseline = version.baseline {
      let figures =
        result.input.isImageLevel
        ? "top-1 \(Self.share(baseline.top1))" : "AP50 \(Self.share(baseline.overall.ap50))"
      lines.append(
        "baseline, \(baseline.name): F1 \(Self.share(baseline.overall.f1))   \(figures)")
    }
    if let best = version.bestF1 {
      lines.append("with the thresholds that are best for these images: F1 \(Self.share(best))")
    }
    return lines + version.warnings.map { "note: \($0)" }
  }

  /// Which labels are taken for which others most often.
  private var confusions: [String] {
    let matrix = result.input.isImageLevel ? result.board.surestConfusion : result.board.confusion
    let names = result.board.labels
    let wrong = matrix.filledCells.filter { entry in
      entry.cell.truth != nil && entry.cell.prediction != nil
        && entry.cell.truth != entry.cell.prediction
    }
    let rows = wrong.prefix(Self.confusionsShown).map { entry in
      let truth = entry.cell.truth.map { names[$0] } ?? ""
      let prediction = entry.cell.prediction.map { names[$0] } ?? ""
      return ["\(truth) taken for \(prediction)", "\(entry.count)"]
    }
    let more = wrong.count - rows.count
    return EvaluateTable(rows: rows).lines + (more > 0 ? ["and \(more) more pairs of labels"] : [])
  }
}

extension ErrorKind {
  /// What a person calls it.
  var word: String {
    switch self {
    case .duplicate: "duplicate"
    case .localisation: "place"
    case .classification: "label"
    case .both: "place and label"
    case .background: "background"
    case .missed: "missed"
    }
  }
}
