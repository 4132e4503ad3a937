import Dispatch
import Evaluation
import GroundTruth
import Storage
import Synchronization
import Workstation

/// The training beside the work: one at a time, its news left in the mailbox.
final class BackgroundTraining: Sendable {
  private struct Work {
    /// Whether one is asked for and not at its end.
    var isBusy = false
    /// Whether it is to stop, be it that it runs already or not.
    var isStopped = false
    var run: TrainingRun?
    /// What it last came to, for the shell.
    var lastWord: String?
  }

  /// How often the screen hears of progress.
  private static let pause = Duration.milliseconds(200)

  private let queue = DispatchQueue(label: "training", qos: .utility)
  private let work = Mutex(Work())
  private let project: Project
  private let mailbox: Mailbox

  init(project: Project, mailbox: Mailbox) {
    self.project = project
    self.mailbox = mailbox
  }

  /// Begins a training.
  func start(_ wish: TrainingWish, _ dataset: Dataset) {
    work.withLock { work in
      work.isBusy = true
      work.isStopped = false
    }
    queue.async { [self] in
      do {
        try train(wish, dataset)
      } catch let failure as Failure {
        tell(.failed(failure.message))
      } catch {
        tell(.failed("\(error)"))
      }
      work.withLock { work in
        work.run = nil
        work.isBusy = false
      }
    }
  }

  /// Asks the training that runs to stop at a checkpoint.
  func stop() {
    let run = work.withLock { work in
      work.isStopped = true
      return work.run
    }
    run?.stop()
  }

  /// Stops what runs and waits for it; returns what became of it, if something ran.
  func finish() -> String? {
    guard work.withLock(\.isBusy) else { return nil }
    Failure.say("stopping the training at a checkpoint…")
    work.withLock { $0.lastWord = nil }
    stop()
    queue.sync {}
    return work.withLock(\.lastWord)
  }

  private func tell(_ news: TrainingNews) {
    switch news {
    case .stopped(let text), .failed(let text): work.withLock { $0.lastWord = text }
    case .ready(let version): work.withLock { $0.lastWord = "\(version.name): \(version.summary)" }
    case .begun, .progress: break
    }
    mailbox.post(.training(news))
  }

  private func train(_ wish: TrainingWish, _ dataset: Dataset) throws {
    let name = try wish.name.map { text in
      guard let name = VersionName(text) else {
        throw Failure.saying("“\(text)” can't be a name: \(VersionName.rule)", Failure.usage)
      }
      return name
    }
    _ = try EngineProgram.path()
    let folder = try projectFolder(wish)
    let run = TrainingRun(
      project: folder, options: .init(name: name, minutes: wish.minutes), dataset: dataset)
    let wasStopped = work.withLock { work in
      work.run = run
      return work.isStopped
    }
    if wasStopped { run.stop() }
    var last = ContinuousClock.now - Self.pause
    let outcome = try run.run { report in
      switch report {
      case .begun(let version, let job, _, _):
        tell(.begun(version: version.name.description, imageCount: job.train.count))
      case .progress(let progress):
        // The rest of the bar is for the test and the predictions.
        let share = 0.9 * Double(progress.step) / Double(progress.steps)
        tell(.progress(share: share, text: TrainingWords.detail(progress)))
      case .testing(let done, let count):
        guard .now - last >= Self.pause else { return }
        last = .now
        tell(.progress(share: 0.9, text: "testing \(done)/\(count)"))
      }
    }
    switch outcome {
    case .stopped(let version):
      tell(.stopped("\(version.name) stopped at a checkpoint; :train goes on with it"))
    case .ready(let version, let result):
      try tellReady(version, result, run, wish, dataset)
    }
  }

  private func tellReady(
    _ version: ModelVersion, _ result: EvaluateResult?, _ run: TrainingRun, _ wish: TrainingWish,
    _ dataset: Dataset
  ) throws {
    var last = ContinuousClock.now
    let predictions = try run.predictions(of: wish.lines, in: dataset, by: version) { done, count in
      guard .now - last >= Self.pause else { return }
      last = .now
      tell(.progress(share: 0.95, text: "predicting \(done)/\(count)"))
    }
    let thresholds = (try? version.model())?.thresholds.values.sorted() ?? []
    tell(
      .ready(
        TrainedVersion(
          name: version.name.description, summary: summary(result), predictions: predictions,
          threshold: thresholds.isEmpty ? 0.5 : thresholds[thresholds.count / 2])))
  }

  /// How good a version is, in a few words.
  private func summary(_ result: EvaluateResult?) -> String {
    guard let result else { return "not tested" }
    let count = CheckReport.count(result.input.images.count, "image")
    let score =
      result.input.isImageLevel
      ? "top-1 \(EvaluateReport.share(result.board.surestHits.recall))"
      : "AP50 \(EvaluateReport.share(result.overall.ap50))"
    return "F1 \(EvaluateReport.share(result.overall.f1)), \(score) on \(count)"
  }

  /// The project of the manifest that is being worked on; its folder becomes one if it is none.
  private func projectFolder(_ wish: TrainingWish) throws -> ProjectFolder {
    let found = try ProjectPath(
      ofManifest: project.outputPath,
      overrides: .init(
        images: project.locator.imagesFolder, s3Prefix: project.locator.s3Prefix))
    var settings = found.project.settings
    if !found.hasFile {
      if wish.boxSpace != .upright { settings.boxSpace = wish.boxSpace.rawValue }
      try ProjectFile.write(settings, in: found.project.path)
    }
    // What is on the screen goes before what the file says.
    settings.attribute = wish.attribute
    settings.boxSpace = wish.boxSpace.rawValue
    return ProjectFolder(at: found.project.path, settings: settings)
  }
}
