import Evaluation
import GroundTruth
import Prediction
import Storage
import Workstation

extension PredictJob {
  /// The share of labels that is to be right if nobody says otherwise.
  ///
  /// Ground Truth asks for 95 % of whole images, and for boxes only that they lie on the truth by
  /// 0.6 to 0.7 in the mean; that 9 boxes of 10 are certainly right asks for more.
  private static func target(isImageLevel: Bool) -> Double { isImageLevel ? 0.95 : 0.9 }

  /// Sees to it that something tells how good the model is before it is asked.
  ///
  /// - Throws: ``Failure``, which says what to do.
  func checkEvidence() throws {
    guard let autoLabel, autoLabel.known.isEmpty, autoLabel.tests.isEmpty else { return }
    let reason =
      autoLabel.learnedCount > 0
      ? "the model learned from all \(autoLabel.learnedCount) images that people labelled"
      : options.autoLabel?.validation == nil
        ? "nobody has labelled an image of it" : "no labelled image answers to --validation"
    throw Failure.saying(
      "\(path): \(reason), so that nothing tells how good the model is; label some more "
        + "('reticle label \(path)') and start again", Failure.data)
  }

  /// Measures the model, and labels what it is sure of.
  ///
  /// - Returns: What was done, which is nothing if the target isn't reached: the answers are kept
  ///   then.
  /// - Throws: ``Failure`` if the manifest can't be written; the answers are kept then, too.
  func label(
    by model: PredictionModel, _ tally: PredictionRun.Tally, _ contents: PredictionLog.Contents,
    _ rules: PredictedLines.Rules
  ) throws -> PredictSummary {
    guard let autoLabel, let options = options.autoLabel else {
      throw Failure.saying("\(path): there is nothing to label", Failure.usage)
    }
    let evidence = AutoLabelEvidence(
      autoLabel, of: dataset, answers: contents, boxSpace: rules.boxSpace)
    let labelling = AutoLabelling(
      evidence.scores, labelCount: evidence.labels.count,
      rules: AutoLabelRules(
        target: options.target ?? Self.target(isImageLevel: autoLabel.isImageLevel),
        isExclusive: autoLabel.isImageLevel && evidence.isExclusive))
    var report = AutoLabelReport(
      lines: autoLabel, evidence: evidence, labelling: labelling, model: model,
      order: rules.classIDs)
    var summary = PredictSummary(
      manifest: path, output: path, attribute: self.options.attribute, model: model,
      images: lines.count, predicted: 0, skipped: 0, failed: tally.failed, boxes: [:],
      imageLabels: [:], order: rules.classIDs)
    if labelling.isReached {
      let lines = AutoLabelledLines(
        dataset, writtenRange, contents, lines: autoLabel, measured: (evidence, labelling),
        rules: rules)
      let written = try keep(lines, isChanged: !autoLabel.open.isEmpty)
      for problem in lines.tally.problems { Failure.say(problem) }
      report.outcome = lines.tally.outcome
      summary = PredictSummary(
        manifest: path, output: written, attribute: self.options.attribute, model: model,
        images: self.lines.count, predicted: lines.tally.labelled + lines.tally.queued, skipped: 0,
        failed: tally.failed + lines.tally.problems.count, boxes: lines.tally.boxes,
        imageLabels: lines.tally.imageLabels, order: rules.classIDs)
    }
    summary.autoLabel = report
    return summary
  }
}
