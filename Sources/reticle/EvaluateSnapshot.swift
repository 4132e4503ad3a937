import Evaluation
import GroundTruth
import Storage

/// The evaluation manifest that Custom Labels writes when it trains, of our figures.
///
/// A line an image: the truth again, the predictions, and for each whether it is right. A truth
/// that nothing found stands among the predictions with a confidence of 0, so that as many are
/// present in the truth as it has boxes; it is left out when the manifest is evaluated again. (Custom Labels guide, “Evaluation manifest snapshot”)
struct EvaluateSnapshot {
  private typealias Members = [(name: String, value: [UInt8])]

  private static let truth = "rekognition-custom-labels-training"
  /// The attribute of the predictions; image-level labels' go on with their numbers.
  static let evaluation = "rekognition-custom-labels-evaluation"

  private let result: EvaluateResult
  private let places: [String: Int]
  private let date: String
  private let style = JSONStyle.compact

  init(_ result: EvaluateResult) {
    self.result = result
    places = Dictionary(
      result.board.labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    date = "\(Timestamp.now)".dropLast() + ".000000"
  }

  /// Writes the manifest; nothing is left if it can't be written.
  ///
  /// - Throws: ``Failure``, which says why.
  func write(to path: String) throws {
    do throws(CheckProblem) {
      let output = try CheckOutput(path)
      for index in result.input.images.indices { try output.append(line(index) + [0x0A]) }
      try output.commit()
    } catch {
      throw Failure.saying(error.message, error.exitCode)
    }
  }

  private func line(_ index: Int) -> [UInt8] {
    let image = result.input.images[index]
    let match = ImageMatch(result.board.scores[index], thresholds: result.board.thresholds)
    let source: Members = [("source-ref", JSONText.encode(image.name))]
    return style.object(
      source
        + (result.input.isImageLevel ? labelMembers(image, match) : boxMembers(image, match)))
  }

  // MARK: Boxes

  private func boxMembers(_ image: EvaluateInput.Image, _ match: ImageMatch) -> Members {
    let found = Set(match.predictions.compactMap { $0.isPresent ? $0.truth : nil })
    let missed = image.truth.boxes.indices.filter {
      !found.contains($0) && match.truths[$0].verdict == .missed
    }
    let predicted = image.predicted?.boxes ?? []
    let rows =
      zip(predicted, match.predictions).map { ($0, $0.confidence ?? 1, details($1)) }
      + missed.map { (image.truth.boxes[$0], 0, details(isPresent: true, isAbove: false)) }
    let size = style.object([
      ("width", JSONNumber.encode(image.size?.width ?? 0)),
      ("depth", JSONNumber.encode(image.size?.depth ?? 3)),
      ("height", JSONNumber.encode(image.size?.height ?? 0)),
    ])
    func value(_ boxes: [LabeledBox]) -> [UInt8] {
      style.object([
        ("annotations", style.array(boxes.map(annotation))), ("image_size", style.array([size])),
      ])
    }
    return [
      (Self.truth + "-0", value(image.truth.boxes)),
      (
        Self.truth + "-0-metadata",
        boxMetadata(
          image.truth.boxes, image.truth.boxes.map { _ in object(1, nil) },
          job: Self.truth + "-job",
          isHuman: true)
      ),
      (Self.evaluation, value(rows.map(\.0))),
      (
        Self.evaluation + "-metadata",
        boxMetadata(
          rows.map(\.0), rows.map { object($0.1, $0.2) }, job: Self.evaluation + "-job",
          isHuman: false)
      ),
    ]
  }

  private func annotation(_ box: LabeledBox) -> [UInt8] {
    style.object([
      ("class_id", JSONNumber.encode(places[box.label] ?? 0)),
      ("width", JSONNumber.encode(box.width)), ("top", JSONNumber.encode(box.top)),
      ("height", JSONNumber.encode(box.height)), ("left", JSONNumber.encode(box.left)),
    ])
  }

  private func object(_ confidence: Double, _ details: [UInt8]?) -> [UInt8] {
    style.object(
      [("confidence", JSONNumber.encode(confidence))]
        + (details.map { [(Self.evaluation + "-details", $0)] } ?? []))
  }

  private func boxMetadata(
    _ boxes: [LabeledBox], _ objects: [[UInt8]], job: String, isHuman: Bool
  ) -> [UInt8] {
    let used = Set(boxes.map(\.label)).sorted { (places[$0] ?? 0) < (places[$1] ?? 0) }
    return style.object(
      [
        ("objects", style.array(objects)),
        (
          "class-map", style.object(used.map { (String(places[$0] ?? 0), JSONText.encode($0)) })
        ),
      ] + provenance("groundtruth/object-detection", job: job, isHuman: isHuman))
  }

  // MARK: Labels of whole images

  private func labelMembers(_ image: EvaluateInput.Image, _ match: ImageMatch) -> Members {
    var members: Members = []
    var seen: Set<String> = []
    for label in image.truth.imageLabels where seen.insert(label.label).inserted {
      members += pair(Self.truth, label.label, confidence: 1, details: nil)
    }
    // What is ignored is a label that is given twice.
    for (label, outcome) in zip(image.predicted?.imageLabels ?? [], match.predictions)
    where outcome.verdict != .ignored {
      members += pair(
        Self.evaluation, label.label, confidence: label.confidence ?? 1, details: details(outcome))
    }
    let given = Set((image.predicted?.imageLabels ?? []).map(\.label))
    for label in image.truth.imageLabels
    where !given.contains(label.label) && seen.remove(label.label) != nil {
      members += pair(
        Self.evaluation, label.label, confidence: 0,
        details: details(isPresent: true, isAbove: false))
    }
    return members
  }

  private func pair(
    _ prefix: String, _ label: String, confidence: Double, details: [UInt8]?
  ) -> Members {
    let place = places[label] ?? 0
    var metadata: Members = [
      ("confidence", JSONNumber.encode(confidence)), ("class-name", JSONText.encode(label)),
    ]
    metadata += provenance(
      "groundtruth/image-classification", job: prefix + "-job", isHuman: details == nil)
    if let details { metadata.append((Self.evaluation + "-details", details)) }
    return [
      ("\(prefix)-\(place)", JSONNumber.encode(place)),
      ("\(prefix)-\(place)-metadata", style.object(metadata)),
    ]
  }

  // MARK: Both

  private func provenance(_ type: String, job: String, isHuman: Bool) -> Members {
    [
      ("type", JSONText.encode(type)), ("job-name", JSONText.encode(job)),
      ("human-annotated", JSONText.encode(isHuman ? "yes" : "no")),
      ("creation-date", JSONText.encode(date)),
    ]
  }

  private func details(_ prediction: ImageMatch.Prediction) -> [UInt8] {
    details(
      isPresent: prediction.isPresent, isAbove: prediction.verdict != .belowThreshold)
  }

  /// Whether a prediction is right: what is in the truth is positive, what is above counts.
  private func details(isPresent: Bool, isAbove: Bool) -> [UInt8] {
    func flag(_ value: Bool) -> [UInt8] { Array((value ? "true" : "false").utf8) }
    return style.object([
      ("version", JSONNumber.encode(1)),
      ("ground-truth-labelling-jobs", style.array([JSONText.encode(Self.truth + "-job")])),
      ("is-true-positive", flag(isAbove && isPresent)),
      ("is-true-negative", flag(!isAbove && !isPresent)),
      ("is-false-positive", flag(isAbove && !isPresent)),
      ("is-false-negative", flag(!isAbove && isPresent)),
      ("is-present-in-ground-truth", flag(isPresent)),
    ])
  }
}
