import GroundTruth
import Storage
import Workstation

/// What a version is to be trained on, found out and written down.
struct TrainingPreparation {
  /// What a person should know, a sentence each.
  private(set) var notes: [String]
  private let project: ProjectFolder
  private let options: TrainingRun.Options
  private let training: Dataset
  private let test: Dataset?
  private let job: TrainingJob

  /// Finds out what can be learned.
  ///
  /// - Parameters:
  ///   - project: The project.
  ///   - options: What a person asked for.
  ///   - dataset: The training manifest as it is in memory; nil to read it.
  ///   - isWanted: Asked before each image; no more are looked at when it says no.
  /// - Throws: ``Failure`` or `StorageError`, which say what is wrong.
  init(
    _ project: ProjectFolder, _ options: TrainingRun.Options, dataset: Dataset?,
    while isWanted: () -> Bool
  ) throws {
    self.project = project
    self.options = options
    training = try dataset ?? ManifestInput(project.trainingManifest).dataset
    test = try project.testManifest.map { try ManifestInput($0).dataset }
    let survey = Survey(onAllCores: training, truth: project.settings.attribute)
    var plan = TrainingPlan(training, survey: survey)
    try Self.check(plan, of: project.trainingManifest)
    var warmStart: ModelVersion?
    if !options.isFromScratch {
      warmStart = try Self.warmStart(project, options.from, task: plan.task)
    }
    if let known = try warmStart?.model()?.labels {
      plan = TrainingPlan(training, survey: survey, task: plan.task, knownLabels: known)
    }
    let images = TrainingImages(
      plan, locator: project.locator(of: project.trainingManifest), boxSpace: project.boxSpace,
      while: isWanted)
    notes = images.notes
    guard images.images.count > 1 else {
      let missing = images.notes.first.map { " (\($0))" } ?? ""
      throw Failure.saying(
        "\(project.trainingManifest): there are not even two labelled images here to learn "
          + "from\(missing); label some more, or say with --images where they lie",
        Failure.data)
    }
    let all = Array(zip(images.images, images.lines)).map { (image: $0, line: $1) }
    var held: Set<Int> = []
    if test == nil {
      let people = all.indices.filter { !images.areAutomatic[$0] }
      let heldOut = HeldOutImages(
        among: people.map { all[$0] }, of: training, attribute: plan.attribute,
        previous: try warmStart?.job())
      held = Set(heldOut.places.map { people[$0] })
      if heldOut.areKnown, let name = warmStart?.name {
        notes.append(
          "\(name) learned from all images, so that the figures will be better than the model is; "
            + "label more, or say --from-scratch")
      }
    }
    job = TrainingJob(
      task: plan.task, labels: plan.labels, seed: options.seed, minutes: options.minutes,
      warmStart: warmStart.map { Sources.real($0.folder) },
      train: all.indices.filter { !held.contains($0) }.map { all[$0].image },
      validation: held.sorted().map { all[$0].image })
    if let warmStart { notes.append("goes on from \(warmStart.name)") }
    notes += overlapNotes(plan)
    let count = images.areAutomatic.count(where: \.self)
    if count > 0 { notes.append("\(count) of the images were labelled by a model alone") }
  }

  /// Says what is missing where nothing can be learned.
  private static func check(_ plan: TrainingPlan, of manifest: String) throws {
    if plan.labels.isEmpty {
      throw Failure.saying(
        "\(manifest): no image of it has a label yet; label some with 'reticle label \(manifest)'",
        Failure.data)
    }
    if plan.task == .classification, plan.labels.count < 2 {
      throw Failure.saying(
        "\(manifest): all labelled images are “\(plan.labels[0])”; to tell labels apart a model "
          + "needs images of two", Failure.data)
    }
  }

  /// The version to go on from: the one asked for, else the newest that was trained for the task.
  private static func warmStart(
    _ project: ProjectFolder, _ name: VersionName?, task: TrainingTask
  ) throws -> ModelVersion? {
    if let name {
      let version = project.version(name)
      guard version.isFitted else {
        throw Failure.saying(
          "\(version.folder): there is no trained model to go on from", Failure.noInput)
      }
      guard try version.model()?.task == task.rawValue else {
        throw Failure.saying(
          "\(version.folder): it was not trained for \(task.rawValue), so that nothing can go on "
            + "from it; say --from-scratch", Failure.data)
      }
      return version
    }
    let fit = try project.versions().filter { version in
      try version.isFitted && version.record().status.isTrained
        && version.model()?.task == task.rawValue
    }
    return try fit.enumerated().map { (try $1.record().trained ?? "", $0) }.max { $0 < $1 }
      .map { fit[$0.1] }
  }

  /// Says that a test is too easy.
  private func overlapNotes(_ plan: TrainingPlan) -> [String] {
    guard let test else { return [] }
    let trained = Set(plan.items.map(\.sourceRef))
    let both = TrainingPlan(
      test, survey: Survey(onAllCores: test, truth: project.settings.attribute), task: plan.task
    ).items.count { trained.contains($0.sourceRef) }
    guard both > 0 else { return [] }
    return [
      "\(CheckReport.count(both, "test image")) \(both == 1 ? "is" : "are") trained on too, so "
        + "that the figures will be better than the model is"
    ]
  }

  // MARK: The version

  /// Writes down what is to be done, or finds what was begun.
  ///
  /// - Returns: The version, its lock, and whether it was begun before.
  /// - Throws: ``Failure`` or `StorageError`, which say what is wrong.
  func begin() throws -> (ModelVersion, VersionLock, isResumed: Bool) {
    if let version = try unfinished() {
      let lock = try acquire(version)
      return (version, lock, true)
    }
    let version = project.version(try options.name ?? project.nextName())
    try version.makeFolder()
    let lock = try acquire(version)
    do {
      try ManifestFile.write(training, to: version.path(of: .training))
      if let test { try ManifestFile.write(test, to: version.path(of: .test)) }
      // With its job the folder is a version that can be gone on with.
      try version.keep(job)
      try version.keep(
        VersionRecord(created: "\(Timestamp.now)", trainingCount: job.train.count))
    } catch {
      lock.release()
      throw error
    }
    return (version, lock, false)
  }

  private func acquire(_ version: ModelVersion) throws -> VersionLock {
    do throws(StorageError) {
      return try VersionLock.acquire(for: version)
    } catch {
      throw Failure.saying(
        TrainFailure.message(error, of: version, doing: "train"), error.exitCode)
    }
  }

  /// The version to go on with: the one that is named, else the last with the same job.
  private func unfinished() throws -> ModelVersion? {
    if let name = options.name {
      let version = project.version(name)
      guard version.exists, version.has(.job) else { return nil }
      let status = try version.record().status
      guard status.isResumable else {
        throw Failure.saying(
          "\(version.folder) is \(status.rawValue) already; take another name, or remove it with "
            + "'reticle models remove \(project.path)/\(name)'", Failure.cannotCreate)
      }
      return version
    }
    return try project.versions().last { version in
      try version.has(.job) && version.record().status.isResumable && version.job() == job
    }
  }

  /// Where there is no test manifest, writes one of the images that were held out.
  ///
  /// - Throws: ``Failure`` or `StorageError`, which say what is wrong.
  func keepHeldOut(of version: ModelVersion) throws {
    guard !version.has(.test), let held = try version.job()?.validation, !held.isEmpty else {
      return
    }
    let wanted = Set(held.map(\.path))
    let trained = try ManifestInput(version.path(of: .training)).dataset
    let locator = project.locator(of: project.trainingManifest)
    let files = RemoteImages(locator: locator)
    var seen: Set<String> = []
    let lines = (0..<trained.count).filter { line in
      guard let entry = try? Entry(line: trained.line(at: line)), !entry.mark.isExcluded,
        !entry.mark.isSkipped, let path = files.path(of: entry.sourceRef).map(Sources.real)
      else { return false }
      return wanted.contains(path) && seen.insert(path).inserted
    }
    try ManifestOutput(version.path(of: .test), isForced: true)
      .write(lines.lazy.map { trained.manifestLine(at: $0) }, like: trained)
  }
}

extension ProjectFolder {
  /// In which pixels the boxes of turned images are.
  var boxSpace: BoxSpace { settings.boxSpace.flatMap { BoxSpace(rawValue: $0) } ?? .upright }
}
