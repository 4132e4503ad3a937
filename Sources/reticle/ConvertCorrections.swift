import GroundTruth
import Storage

/// People's answers about a model's predictions on their way into its manifest.
struct ConvertCorrections {
  /// The manifest with the predictions.
  let manifest: String
  /// The manifest to write.
  let output: String
  /// The format of the answers, which is named as the job.
  let format: Format

  /// Writes the manifest with the answers as its truth.
  ///
  /// - Parameters:
  ///   - answers: What people answered.
  ///   - isDry: Whether only to say what would be written.
  /// - Throws: ``Failure`` if nothing can be written.
  func write(_ answers: LabeledDataset, isDry: Bool) throws {
    let dataset = try ManifestInput(manifest).dataset
    let provenance = Provenance(
      creationDate: CreationDate.text(secondsSince1970: WallClock.secondsSince1970()),
      jobName: "labeling-job/\(format.rawValue)")
    let corrections = Corrections(
      answers, over: dataset, truth: Self.truth(in: dataset), provenance: provenance)
    let report = corrections.report
    for name in report.missing.prefix(10) {
      Failure.say("\(name): no line of \(manifest) is of this image, so its answer is left out")
    }
    if report.missing.count > 10 { Failure.say("and \(report.missing.count - 10) more") }
    for name in report.unsized.prefix(10) {
      Failure.say("\(name): its size is known nowhere; --images DIR says where it lies")
    }
    guard !corrections.lines.isEmpty else {
      throw Failure.saying(
        "\(manifest): none of the answers belongs to its images, so nothing was written",
        Failure.data)
    }
    if !isDry {
      let lines = (0..<dataset.count).lazy.map { index in
        dataset.manifestLine(at: index, replacedBy: corrections.lines[index])
      }
      try ManifestOutput(output, isForced: false).write(lines, like: dataset)
    }
    Failure.say(
      "\(output): \(report.unadjusted) predictions confirmed, \(report.adjusted) corrected, "
        + "\(report.unpredicted) answered without one, \(report.unanswered) that nobody answered"
        + (isDry ? " (not written)" : ""))
  }

  /// Where people's boxes go: where they are, and not where a model wrote.
  private static func truth(in dataset: Dataset) -> String {
    let survey = Survey(dataset)
    let found = survey.boxAttributes.first { $0.name == survey.truth }
    guard let found, found.humanCount == 0 else { return survey.truth }
    let standard = Survey.defaultAttribute
    let isTaken = survey.boxAttributes.contains { $0.name == standard && $0.humanCount == 0 }
    return isTaken ? standard + "-reviewed" : standard
  }
}
