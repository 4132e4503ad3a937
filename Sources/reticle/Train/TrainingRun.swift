import GroundTruth
import Storage
import Synchronization
import Workstation

/// A training from the labels to the figures of its test; may be stopped from any thread.
final class TrainingRun: Sendable {
  /// What a person asked for.
  struct Options: Sendable {
    /// The version's name; nil for an interrupted version with the same labels, else the next.
    var name: VersionName?
    /// How long it may take; nil for the quick training.
    var minutes: Double?
    var seed = 1
    /// The version to go on from.
    var from: VersionName?
    /// Whether to begin with nothing; else the newest version that fits is gone on from.
    var isFromScratch = false
  }

  /// How far it is.
  enum Report: Sendable {
    /// The version, and in sentences what it is trained on.
    case begun(ModelVersion, TrainingJob, notes: [String], isResumed: Bool)
    case progress(EngineTraining.Progress)
    /// So many test images are looked at.
    case testing(Int, of: Int)
  }

  /// What it came to.
  enum Outcome {
    /// There is a model, and figures unless there was nothing to test it on.
    case ready(ModelVersion, EvaluateResult?)
    /// It stopped at a checkpoint; the same command goes on.
    case stopped(ModelVersion)
  }

  private struct Life {
    var isStopped = false
    var engine: EngineTraining?
    var model: VersionAtWork?
  }

  let project: ProjectFolder
  private let options: Options
  private let dataset: Dataset?
  private let life = Mutex(Life())

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - project: The project.
  ///   - options: What a person asked for.
  ///   - dataset: The training manifest as it is in memory; nil to read it.
  init(project: ProjectFolder, options: Options, dataset: Dataset? = nil) {
    self.project = project
    self.options = options
    self.dataset = dataset
  }

  /// Asks it to stop; `run` then returns soon, and nothing that was learned is lost.
  func stop() {
    let (engine, model) = life.withLock { life in
      life.isStopped = true
      return (life.engine, life.model)
    }
    engine?.stop()
    model?.stop()
  }

  private var isStopped: Bool { life.withLock(\.isStopped) }

  /// Trains and tests.
  ///
  /// - Parameter report: Told how far it is, on this thread.
  /// - Returns: What it came to.
  /// - Throws: ``Failure``, which says what is wrong and the way out.
  func run(report: (Report) -> Void) throws -> Outcome {
    let engine = try EngineProgram.path()
    do {
      let preparation = try TrainingPreparation(
        project, options, dataset: dataset, while: { !isStopped })
      let (version, lock, isResumed) = try preparation.begin()
      defer { lock.release() }
      guard let job = try version.job() else {
        throw StorageError.malformed(
          path: version.path(of: .job), reason: "it is gone; train a new version")
      }
      report(.begun(version, job, notes: preparation.notes, isResumed: isResumed))
      if !version.isFitted {
        guard try fit(version, engine, lock, report: report) else { return .stopped(version) }
      }
      try preparation.keepHeldOut(of: version)
      return try test(version, report: report)
    } catch let error as StorageError {
      throw Failure.saying(error.description, error.exitCode)
    }
  }

  // MARK: Training

  /// Lets the engine make the model; tells whether it did, or was stopped.
  private func fit(
    _ version: ModelVersion, _ engine: String, _ lock: VersionLock, report: (Report) -> Void
  ) throws -> Bool {
    var record = try version.record()
    record.status = .trainingInProgress
    record.message = ""
    try version.keep(record)
    let training = try EngineTraining(engine, version, lock: lock)
    let wasStopped = life.withLock { life in
      life.engine = training
      return life.isStopped
    }
    if wasStopped { training.stop() }
    let ending = training.wait { report(.progress($0)) }
    life.withLock { $0.engine = nil }
    switch ending {
    case .finished where version.isFitted: return true
    case .stopped:
      record.message = "interrupted; \(again(version)) goes on"
      try version.keep(record)
      return false
    case .failed(let message):
      record.status = .trainingFailed
      record.message = message
      try version.keep(record)
      throw Failure.saying("\(version.folder): \(message)", Failure.data)
    case .crashed(let message):
      try crash(version, &record, message)
    case .finished:
      try crash(version, &record, "the engine says that it finished, but there is no model")
    }
    return false
  }

  private func crash(
    _ version: ModelVersion, _ record: inout VersionRecord, _ message: String
  ) throws {
    record.status = .trainingFailed
    record.message = message
    try version.keep(record)
    throw Failure.saying(
      "\(version.folder): \(message); \(again(version)) goes on from where it was, and "
        + "\(version.path(of: .log)) has all that it said", Failure.temporary)
  }

  private func again(_ version: ModelVersion) -> String {
    "'reticle train \(project.path) --name \(version.name)'"
  }

  // MARK: Testing

  private func test(_ version: ModelVersion, report: (Report) -> Void) throws -> Outcome {
    let test = try VersionTest(version, of: project)
    guard version.has(.test) else {
      try test.keepUntested()
      return .ready(version, nil)
    }
    let input = try working(version) { model in
      try VersionPredictions(version: version, project: project, model: model)
        .testInput { report(.testing($0, of: $1)) }
    }
    guard let input else {
      var record = try version.record()
      record.message = "trained; its test was interrupted, and \(again(version)) goes on"
      try version.keep(record)
      return .stopped(version)
    }
    let result = test.result(of: input)
    try test.keep(result)
    return .ready(version, result)
  }

  /// Predicts lines of a dataset with a version that is ready.
  ///
  /// - Parameters:
  ///   - lines: The lines, the most urgent first.
  ///   - dataset: The training manifest as it is.
  ///   - version: The version.
  ///   - report: Told how many images are done, of how many.
  /// - Returns: The predictions; nil if it was stopped.
  /// - Throws: ``Failure``, which says what can't be done.
  func predictions(
    of lines: [Int], in dataset: Dataset, by version: ModelVersion, report: (Int, Int) -> Void
  ) throws -> Predictions? {
    try working(version) { model in
      try VersionPredictions(version: version, project: project, model: model)
        .predictions(of: lines, in: dataset, report: report)
    }
  }

  /// Has a model at work that ``stop()`` stops.
  private func working<Result>(
    _ version: ModelVersion, _ body: (VersionAtWork) throws -> Result
  ) throws -> Result {
    let model = try VersionAtWork(version)
    defer { model.finish() }
    let wasStopped = life.withLock { life in
      life.model = model
      return life.isStopped
    }
    defer { life.withLock { $0.model = nil } }
    if wasStopped { model.stop() }
    return try body(model)
  }
}

extension ModelVersion {
  /// Whether the engine's work on it is done.
  var isFitted: Bool { has(.model) && has(.weights) }
}
