import Cells
import Evaluation
import GroundTruth
import Prediction

/// What automated labelling was measured by, and what came of it.
struct AutoLabelReport {
  /// What became of the images.
  struct Outcome {
    let labelled: Int
    let queued: Int
    /// Why images are left to people, the commonest reason first.
    let reasons: [(text: String, count: Int)]
    /// What was labelled of each label.
    let given: [String: Int]
  }

  let lines: AutoLabelLines
  let evidence: AutoLabelEvidence
  let labelling: AutoLabelling
  let model: PredictionModel
  /// The order of the labels.
  let order: ClassIDs
  /// nil if nothing was labelled, since the target isn't reached.
  var outcome: Outcome?

  private var rules: AutoLabelRules { labelling.rules }
  private var noun: String { lines.isImageLevel ? "label" : "box" }

  /// The labels that people or the model gave, in the order of their ids, with their places.
  private var labels: [(name: String, place: Int)] {
    let places = evidence.labels.indices.sorted {
      (order.id(for: evidence.labels[$0]) ?? .max, $0)
        < (order.id(for: evidence.labels[$1]) ?? .max, $1)
    }
    return places.map { (evidence.labels[$0], $0) }
  }

  /// The labels that the model may give.
  private var trusted: [Int] { labelling.trust.indices.filter { labelling.trust[$0].missing == 0 } }

  // MARK: For people

  /// The report, its lines free of anything harmful; the manifest that was written is named to be
  /// looked at.
  func text(output: String) -> String {
    var all = [head] + remarks + [""] + EvaluateTable(rows: rows).lines + [""] + [trial]
    if let outcome {
      all += [""] + words(outcome, output)
    }
    return all.map { PrintableText.escaping($0) + "\n" }.joined()
  }

  private var head: String {
    var from: [String] = []
    if evidence.manifestCount > 0 || evidence.testCount == 0 {
      from.append("\(CheckReport.count(evidence.manifestCount, "image")) that people labelled here")
    }
    if evidence.testCount > 0 {
      from.append("\(CheckReport.count(evidence.testCount, "image")) of the test of \(model.title)")
    }
    return "measured on \(from.joined(separator: " and ")); asked for: "
      + "\(Self.percent(rules.target)) right with 95 % certainty"
  }

  /// What a person should know of the images that it was measured on.
  private var remarks: [String] {
    var remarks: [String] = []
    if lines.learnedCount > 0 {
      let verb = lines.learnedCount == 1 ? "doesn't" : "don't"
      remarks.append(
        "\(CheckReport.count(lines.learnedCount, "labelled image")) \(verb) count, since "
          + "\(model.title) learned from \(lines.learnedCount == 1 ? "it" : "them")")
    }
    guard let history = lines.history, history.isKnown else {
      remarks.append(
        "nobody knows what \(model.title) learned from: if these images are among it, the figures "
          + "are too good; --validation says which images it never saw")
      return remarks
    }
    let chosen = lines.knownPaths.union(history.tests.compactMap(\.path))
      .intersection(history.chosenOn).count
    if chosen > 0 {
      remarks.append(
        "\(model.title) learned from none of them; its thresholds were chosen on \(chosen)")
    } else {
      remarks.append("\(model.title) learned from none of them")
    }
    return remarks
  }

  private var rows: [[String]] {
    let nouns = lines.isImageLevel ? "labels" : "boxes"
    var rows = [
      [
        "label", nouns, "threshold", "right", "of", "precision", "at least", "recall",
      ] + (lines.isImageLevel ? [] : ["mean IoU"]) + ["floor", ""]
    ]
    for (label, place) in labels {
      let trust = labelling.trust[place]
      rows.append(
        [
          label, "\(trust.support)", EvaluateReport.share(trust.threshold), "\(trust.right)",
          "\(trust.predicted)", EvaluateReport.share(trust.precision),
          EvaluateReport.share(trust.precisionBound), EvaluateReport.share(trust.recall),
        ] + (lines.isImageLevel ? [] : [EvaluateReport.share(trust.meanIoU)])
          + [
            labelling.isReached ? EvaluateReport.share(labelling.floor(of: place)) : "–",
            Self.lack(trust, rules: rules),
          ])
    }
    return rows
  }

  /// Why a label has no threshold, and what it takes.
  private static func lack(_ trust: LabelTrust, rules: AutoLabelRules) -> String {
    guard trust.threshold == nil else { return "" }
    let isFew = trust.total < rules.missing(0, of: 0) || (trust.precision ?? 0) >= rules.target
    return isFew
      ? "too few: \(trust.missing) more right ones, and no wrong one"
      : "wrong too often, even the surest"
  }

  private var trial: String {
    let trial = labelling.trial
    guard trial.images > 0 else {
      return "of these images it would label none: it isn't sure of all on any of them"
    }
    let share = trial.truths > 0 ? Double(trial.right) / Double(trial.truths) : nil
    return "of these images it would label \(trial.images): \(trial.wholeImages) of them all right "
      + "with nothing missing, \(trial.right) of \(trial.labels) \(plural(trial.labels)) right, and "
      + "\(trial.right) of the \(trial.truths) there are "
      + "(\(EvaluateReport.share(share)), at least \(EvaluateReport.share(labelling.recallBound)))"
  }

  private func words(_ outcome: Outcome, _ output: String) -> [String] {
    let place = lines.isImageLevel ? "image-level labels" : "“\(lines.truth)”"
    var text = [
      "\(CheckReport.count(outcome.labelled, "image")) labelled by \(model.title) in \(place) "
        + "(human-annotated: no), \(outcome.queued) left to people"
    ]
    if lines.automaticCount > 0 {
      text[0] += ", \(lines.automaticCount) as a model labelled them before (--again asks anew)"
    }
    let given = labels.compactMap { label in
      outcome.given[label.name].map { "\(label.name) \($0)" }
    }
    if !given.isEmpty { text.append("labelled: \(given.prefix(10).joined(separator: ", "))") }
    let reasons = outcome.reasons.prefix(6).map { "\($0.count) \($0.text)" }
    if !reasons.isEmpty { text.append("left to people: " + reasons.joined(separator: "; ")) }
    let name = output == "-" ? "MANIFEST" : output
    if outcome.labelled > 0 {
      text.append(
        "look at some: 'reticle label \(name)', then /is:auto and :sort random; Space vouches")
    }
    if outcome.queued > 0 {
      text.append(
        "the others, least sure first: 'reticle review \(name) --filter is:unlabelled'")
    }
    return text
  }

  private func plural(_ count: Int) -> String {
    count == 1 ? noun : (noun == "box" ? "boxes" : noun + "s")
  }

  /// Why nothing was labelled, and what helps.
  var refusal: String {
    let start: String
    if trusted.isEmpty {
      let least = labelling.trust.map(\.missing).min() ?? rules.missing(0, of: 0)
      start =
        "for no label it is certain that \(Self.percent(rules.target)) are right "
        + "(\(least) more right ones, and no wrong one, would do)"
    } else if labelling.trial.images == 0 {
      start = "on no image it is sure of all that it sees"
    } else {
      start =
        "too much would be missing on the images that it is sure of "
        + "(\(labelling.trial.right) of \(labelling.trial.truths) found)"
    }
    return "nothing was labelled: \(start); label more images, train a better model, or lower "
      + "--target-precision; without --auto-label the predictions are written for people, and the "
      + "answers are kept for that"
  }

  /// A share in percent, without a digit too many.
  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return (tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)") + " %"
  }

  // MARK: For machines

  /// The object for machines.
  func json(in style: JSONStyle) -> [UInt8] {
    let trial = labelling.trial
    return style.object([
      ("Target", JSONNumber.encode(rules.target)),
      ("Attribute", lines.isImageLevel ? Self.null : JSONText.encode(lines.truth)),
      (
        "Validation",
        style.object([
          ("Images", JSONNumber.encode(evidence.scores.count)),
          ("TestImages", JSONNumber.encode(evidence.testCount)),
          ("LearnedFrom", JSONNumber.encode(lines.learnedCount)),
          ("IsTrainingKnown", Array("\(lines.history?.isKnown ?? false)".utf8)),
          ("Labelled", JSONNumber.encode(trial.images)),
          ("WhollyRight", JSONNumber.encode(trial.wholeImages)),
          ("Given", JSONNumber.encode(trial.labels)), ("Right", JSONNumber.encode(trial.right)),
          ("Truths", JSONNumber.encode(trial.truths)),
          ("RecallAtLeast", Self.number(labelling.recallBound)),
        ])
      ),
      ("Labels", style.array(labels.map { label(style, $0.name, $0.place) })),
      ("IsReached", Array("\(labelling.isReached)".utf8)),
      ("Labelled", JSONNumber.encode(outcome?.labelled ?? 0)),
      ("ForPeople", JSONNumber.encode(outcome?.queued ?? 0)),
      ("LabelledBefore", JSONNumber.encode(lines.automaticCount)),
      (
        "Reasons",
        style.array(
          (outcome?.reasons ?? []).map { reason in
            style.object([
              ("Reason", JSONText.encode(reason.text)),
              ("Images", JSONNumber.encode(reason.count)),
            ])
          })
      ),
    ])
  }

  private func label(_ style: JSONStyle, _ name: String, _ place: Int) -> [UInt8] {
    let trust = labelling.trust[place]
    return style.object([
      ("Label", JSONText.encode(name)), ("Truths", JSONNumber.encode(trust.support)),
      ("Threshold", Self.number(trust.threshold)),
      ("Floor", labelling.isReached ? Self.number(labelling.floor(of: place)) : Self.null),
      ("Right", JSONNumber.encode(trust.right)), ("Predicted", JSONNumber.encode(trust.predicted)),
      ("Precision", Self.number(trust.precision)),
      ("PrecisionAtLeast", Self.number(trust.precisionBound)),
      ("Recall", Self.number(trust.recall)),
      ("MeanIoU", lines.isImageLevel ? Self.null : Self.number(trust.meanIoU)),
      ("Missing", JSONNumber.encode(trust.missing)),
      ("Labelled", JSONNumber.encode(outcome?.given[name] ?? 0)),
    ])
  }

  private static let null = Array("null".utf8)

  private static func number(_ value: Double?) -> [UInt8] { value.map(JSONNumber.encode) ?? null }
}

extension AutoLabelledLines.Tally {
  /// What was written.
  var outcome: AutoLabelReport.Outcome {
    let sorted = reasons.map { (text: $0.key.text, count: $0.value) }
      .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    return .init(labelled: labelled, queued: queued, reasons: sorted, given: given)
  }
}

extension AutoLabelledLines.Reason {
  /// What it is, behind a number of images.
  fileprivate var text: String {
    switch self {
    case .nothing: "with nothing that it is sure of"
    case .unsure(let label): "unsure of \(label)"
    case .several: "sure of several labels"
    case .tooMany: "with more than --max-results"
    case .putOff: "put off or flagged by a person"
    }
  }
}
