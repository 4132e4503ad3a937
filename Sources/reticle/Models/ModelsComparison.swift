import Cells
import Evaluation
import GroundTruth

/// Two versions' figures on the same images.
struct ModelsComparison {
  let names: [String]
  let results: [EvaluateResult]
  /// How many images each was tested on.
  let counts: [Int]
  /// How many of them count here.
  let shared: Int

  /// The labels of both, those of the first in their order.
  private var labels: [String] {
    var seen: Set<String> = []
    return results.flatMap { $0.labels.map(\.name) }.filter { seen.insert($0).inserted }
  }

  private var isImageLevel: Bool { results.allSatisfy(\.input.isImageLevel) }

  // MARK: For people

  /// The comparison, its lines free of anything harmful.
  var text: String {
    var lines: [String] = []
    if counts.allSatisfy({ $0 == shared }) {
      lines.append("both tested on the same \(CheckReport.count(shared, "image"))")
    } else {
      lines.append(
        "tested on different images: \(names[0]) on \(counts[0]), \(names[1]) on \(counts[1]); "
          + "only the \(shared) that they share count here")
    }
    let head = ["", "F1", "", ""] + (isImageLevel ? [] : ["AP50", "", ""])
    let columns = names + ["change"]
    let second = ["label"] + columns + (isImageLevel ? [] : columns)
    var rows = [head, second]
    rows.append(
      ["all labels"] + cells(results.map(\.overall.f1))
        + (isImageLevel ? [] : cells(results.map(\.overall.ap50))))
    for label in labels {
      let figures = results.map { $0.labels.first { $0.name == label } }
      rows.append(
        [label] + cells(figures.map { $0?.counts.f1 })
          + (isImageLevel ? [] : cells(figures.map { $0?.curve.ap50 })))
    }
    lines += [""] + EvaluateTable(rows: rows).lines
    return lines.map { PrintableText.escaping($0) + "\n" }.joined()
  }

  private func cells(_ values: [Double?]) -> [String] {
    var change = "–"
    if let first = values[0], let second = values[1] {
      let text = EvaluateReport.share(second - first)
      change = text.hasPrefix("-") ? text : "+" + text
    }
    return values.map(EvaluateReport.share) + [change]
  }

  // MARK: For machines

  /// One object on one line.
  var json: [UInt8] {
    let style = JSONStyle.compact
    func pair(_ values: [Double?]) -> [UInt8] {
      style.array(values.map { $0.map(JSONNumber.encode) ?? Array("null".utf8) })
    }
    let overall = style.object([
      ("F1Score", pair(results.map(\.overall.f1))), ("AP50", pair(results.map(\.overall.ap50))),
      ("Precision", pair(results.map(\.overall.precision))),
      ("Recall", pair(results.map(\.overall.recall))),
    ])
    let rows = labels.map { label in
      let figures = results.map { $0.labels.first { $0.name == label } }
      return style.object([
        ("Label", JSONText.encode(label)), ("F1Score", pair(figures.map { $0?.counts.f1 })),
        ("AP50", pair(figures.map { $0?.curve.ap50 })),
        ("Precision", pair(figures.map { $0?.counts.precision })),
        ("Recall", pair(figures.map { $0?.counts.recall })),
      ])
    }
    return style.object([
      ("Versions", style.array(names.map(JSONText.encode))),
      (
        "TestImages",
        style.array(counts.map { JSONNumber.encode($0) })
      ),
      ("Shared", JSONNumber.encode(shared)), ("Overall", overall),
      ("Labels", style.array(rows)),
    ]) + [0x0A]
  }
}
