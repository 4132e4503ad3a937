import Evaluation
import GroundTruth
import Storage

/// The test of a version: its predictions on the test images against the truth.
struct VersionTest {
  let project: ProjectFolder
  let version: ModelVersion
  private let job: TrainingJob?
  private let model: TrainedModel?

  /// Takes a version that is trained.
  ///
  /// - Throws: ``Failure``, which says what can't be read.
  init(_ version: ModelVersion, of project: ProjectFolder) throws {
    self.project = project
    self.version = version
    do throws(StorageError) {
      job = try version.job()
      model = try version.model()
    } catch {
      throw Failure.saying(error.description, error.exitCode)
    }
  }

  /// The figures of what stands in the version's snapshot.
  ///
  /// - Parameters:
  ///   - iou: The IoU from which on a box is found.
  ///   - threshold: From which confidence on predictions count; nil for the model's own.
  ///   - names: The images that count, by `source-ref`; nil for all.
  /// - Returns: The figures.
  /// - Throws: ``Failure``, which says what is missing.
  func result(
    iou: Double = 0.5, threshold: Double? = nil, only names: Set<String>? = nil
  ) throws -> EvaluateResult {
    guard version.has(.snapshot) else {
      throw Failure.saying(
        "\(version.folder): this version was not tested; train it to its end first "
          + "('reticle train \(project.path) --name \(version.name)')", Failure.noInput)
    }
    let manifest = try EvaluateManifest(version.path(of: .snapshot), truth: nil)
    var truth = try manifest.truth()
    var predictions = try manifest.predictions(nil)
    if let names {
      let images = truth.dataset.images
      let kept = images.indices.filter { names.contains(images[$0].name) }
      truth.dataset.images = kept.map { truth.dataset.images[$0] }
      predictions.dataset.images = kept.map { predictions.dataset.images[$0] }
    }
    return result(
      of: EvaluateInput(
        truth: (truth.name, truth.dataset),
        predictions: ("\(project.settings.name)/\(version.name)", predictions.dataset),
        isPaired: true, notes: manifest.notes),
      iou: iou, threshold: threshold)
  }

  /// The figures of predictions.
  func result(
    of input: EvaluateInput, iou: Double = 0.5, threshold: Double? = nil
  ) -> EvaluateResult {
    let choice = threshold.map { .common($0) } ?? ownThresholds(input)
    let board = input.board(iou: iou, choice: choice)
    var bestF1: Double?
    if choice != .assumed {
      var best = board
      best.choose(.assumed)
      bestF1 = best.overall.f1
    }
    let baseline = baseline(input, iou: iou)
    return EvaluateResult(
      input: input, board: board, iou: iou,
      version: EvaluatedVersion(
        name: version.name.description, trainingCount: trainingCount, baseline: baseline,
        bestF1: bestF1, warnings: warnings(input, board, baseline)))
  }

  /// Writes the figures, the snapshot and the version's new status.
  ///
  /// - Throws: ``Failure`` or `StorageError`, which say what can't be written.
  func keep(_ result: EvaluateResult) throws {
    try EvaluateSnapshot(result).write(to: version.path(of: .snapshot))
    do throws(CheckProblem) {
      let output = try CheckOutput(version.path(of: .evaluation))
      let path = "\(project.settings.name)/\(version.name)"
      try output.append(EvaluateJSON(result, path: path, change: nil).bytes)
      try output.commit()
    } catch {
      throw Failure.saying(error.message, error.exitCode)
    }
    var record = try version.record()
    record.f1 = result.overall.f1
    record.averagePrecision = result.input.isImageLevel ? nil : result.overall.ap50
    record.testCount = result.input.images.count
    try complete(&record, message: "")
  }

  /// Writes the new status of a version that there is nothing to test on.
  ///
  /// - Throws: `StorageError`, which says what can't be written.
  func keepUntested() throws {
    var record = try version.record()
    try complete(
      &record, message: "not tested: no image was held out, and there is no test manifest")
  }

  private func complete(_ record: inout VersionRecord, message: String) throws {
    record.status = .trainingCompleted
    record.message = message
    record.trained = "\(Timestamp.now)"
    record.trainingCount = trainingCount
    try version.keep(record)
  }

  private var trainingCount: Int { job?.train.count ?? 0 }

  /// The thresholds that the engine chose, where it chose any.
  private func ownThresholds(_ input: EvaluateInput) -> ThresholdChoice {
    guard let thresholds = model?.thresholds, !thresholds.isEmpty else { return .assumed }
    return .given(Thresholds(0.5, byLabel: input.labels.map { thresholds[$0] ?? 0.5 }))
  }

  // MARK: What something without eyes scores

  private func baseline(_ input: EvaluateInput, iou: Double) -> EvaluatedVersion.Baseline? {
    guard let job else { return nil }
    let known = Set(input.labels)
    let places = job.labels.map { known.contains($0) ? input.place($0) : nil }
    func place(_ label: Int) -> Int? { places.indices.contains(label) ? places[label] : nil }
    let mean = MeanBox(
      job.train.lazy.map { image in
        MeanBox.Example(
          boxes: image.boxes.compactMap { box in
            place(box.label).map { TruthBox(Rectangle(box), label: $0) }
          }, width: Double(image.width), height: Double(image.height))
      })
    let shares = LabelShares(job.train.lazy.map { Set($0.labels.compactMap(place)) })
    let board = input.board(
      guessing: { mean.predictions(width: $0, height: $1) }, labels: shares.predictions, iou: iou)
    return EvaluatedVersion.Baseline(
      name: input.isImageLevel ? "the commonest labels" : "one mean box a label",
      overall: board.overall, top1: input.isImageLevel ? board.surestHits.recall : nil)
  }

  // MARK: What a person should know

  private func warnings(
    _ input: EvaluateInput, _ board: Scoreboard, _ baseline: EvaluatedVersion.Baseline?
  ) -> [String] {
    var warnings = model?.warnings ?? []
    if project.settings.test == nil {
      warnings.append(
        "there is no test manifest: these are images that training held out and chose its "
          + "thresholds on, so expect a little less of new ones; 'reticle split' makes one")
    }
    let overall = board.overall
    let better =
      input.isImageLevel
      ? (board.surestHits.recall ?? 0) > (baseline?.top1 ?? 0)
      : (overall.ap50 ?? 0) > (baseline?.overall.ap50 ?? 0)
    if let baseline, !better {
      warnings.append(
        "the model is no better than \(baseline.name): label more images and train again")
    } else if (overall.f1 ?? 0) < 0.5 {
      warnings.append("the model is weak: take what it predicts for hints, and label more images")
    }
    let few = board.labelFigures.filter { (1..<10).contains($0.support) }.map(\.name)
    if !few.isEmpty {
      warnings.append(
        "fewer than ten in the test, so that the figures may be chance: "
          + few.prefix(5).joined(separator: ", ") + (few.count > 5 ? "…" : ""))
    }
    let learned = Set(job?.labels ?? input.labels)
    let unknown = board.labelFigures.filter { $0.support > 0 && !learned.contains($0.name) }
    if !unknown.isEmpty {
      warnings.append(
        "in the test, but not in the training: "
          + unknown.prefix(5).map(\.name).joined(separator: ", "))
    }
    return warnings
  }
}

extension Rectangle {
  fileprivate init(_ box: TrainingJob.Box) {
    self.init(left: box.left, top: box.top, width: box.width, height: box.height)
  }
}
