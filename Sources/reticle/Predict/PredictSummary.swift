import GroundTruth
import Prediction

/// What a prediction came to.
struct PredictSummary {
  let manifest: String
  let output: String
  let attribute: String
  let model: PredictionModel
  let images: Int
  let predicted: Int
  let skipped: Int
  let failed: Int
  let boxes: [String: Int]
  let imageLabels: [String: Int]
  /// The order of the labels.
  let order: ClassIDs
  /// What automated labelling came to, if that was asked for.
  var autoLabel: AutoLabelReport?

  /// The labels that were written, in the order of their ids.
  private var labels: [String] {
    order.names.filter { boxes[$0] != nil || imageLabels[$0] != nil }
  }

  /// The lines for people.
  var text: [String] {
    var what = "\(output): \(predicted) of \(CheckReport.count(images, "image")) predicted by "
    what += "\(model.title) in “\(attribute)”"
    if skipped > 0 { what += ", \(skipped) skipped as it had predicted them before" }
    if failed > 0 { what += ", \(failed) failed" }
    let found = labels.prefix(10).map { label in
      "\(label) \((boxes[label] ?? 0) + (imageLabels[label] ?? 0))"
    }
    let count = labels.count
    guard count > 0 else { return [what] }
    return [
      what, found.joined(separator: ", ") + (count > 10 ? " and \(count - 10) labels more" : ""),
    ]
  }

  /// The object for machines.
  var json: [UInt8] {
    let style = JSONStyle.spaced
    let labels = labels.map { label in
      style.object([
        ("Name", JSONText.encode(label)), ("Boxes", JSONNumber.encode(boxes[label] ?? 0)),
        ("ImageLevel", JSONNumber.encode(imageLabels[label] ?? 0)),
      ])
    }
    let autoLabel: [(name: String, value: [UInt8])] =
      autoLabel.map { [("AutoLabel", $0.json(in: style))] } ?? []
    return style.object(
      [
        ("Manifest", JSONText.encode(manifest)), ("Output", JSONText.encode(output)),
        ("Attribute", JSONText.encode(attribute)),
        (
          "Model",
          style.object([
            ("Name", JSONText.encode(model.name)),
            ("Version", model.version.map(JSONText.encode) ?? Array("null".utf8)),
            ("JobName", JSONText.encode(model.jobName)),
          ])
        ),
        ("Images", JSONNumber.encode(images)), ("Predicted", JSONNumber.encode(predicted)),
        ("Skipped", JSONNumber.encode(skipped)), ("Failed", JSONNumber.encode(failed)),
        ("Labels", style.array(labels)),
      ] + autoLabel) + [0x0A]
  }
}
