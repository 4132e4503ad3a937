import GroundTruth
import ImageCoding
import Prediction
import Raster
import Storage
import Synchronization
import Workstation

/// The versions of a manifest's project on this machine: listed, started, asked, stopped, removed.
///
/// What takes time is done by whoever calls; answers come from another thread.
final class LocalModels: Sendable {
  private let project: Project
  private let inquiry: ModelInquiry
  private let mailbox: Mailbox
  /// What runs, by the version's name.
  private let running = Mutex<[String: any Predictor]>([:])

  /// Takes the project of a manifest, if there will be one.
  ///
  /// - Parameters:
  ///   - project: What is being worked on.
  ///   - inquiry: Asks what runs.
  ///   - mailbox: Gets what becomes of it.
  init(of project: Project, inquiry: ModelInquiry, mailbox: Mailbox) {
    self.project = project
    self.inquiry = inquiry
    self.mailbox = mailbox
  }

  /// The project's folder and what its settings say.
  ///
  /// - Throws: ``Failure`` if they can't be read.
  func folder() throws -> ProjectFolder {
    try ProjectPath(
      ofManifest: project.outputPath,
      overrides: .init(
        images: project.locator.imagesFolder, s3Prefix: project.locator.s3Prefix)
    ).project
  }

  /// All versions, the oldest first.
  ///
  /// - Throws: ``Failure`` if they can't be read.
  func list() throws -> [ListedModel] {
    let folder = try folder()
    let running = Set(running.withLock { $0 }.keys)
    return try folder.versionRows().map { row in
      ListedModel(
        row, project: folder.settings.name.description,
        isRunning: running.contains(row.version.name.description))
    }
  }

  /// Makes a version ready to answer.
  ///
  /// - Throws: ``Failure``, which says what is missing.
  func start(_ name: ListedModel.Name) throws {
    let version = try version(name)
    let predictor = try VersionPredictor.make(version, of: name.project)
    let old = running.withLock { $0.updateValue(predictor, forKey: name.version) }
    old?.finish()
    mailbox.post(.models(.status(name, .running, message: "")))
  }

  /// Stops a version.
  func stop(_ name: ListedModel.Name) {
    running.withLock { $0.removeValue(forKey: name.version) }?.finish()
    mailbox.post(.models(.status(name, .stopped, message: "")))
  }

  /// Removes a version for good.
  ///
  /// - Throws: ``Failure`` if it is at work, or what the system says.
  func remove(_ name: ListedModel.Name) throws {
    running.withLock { $0.removeValue(forKey: name.version) }?.finish()
    let version = try version(name)
    do throws(StorageError) {
      try version.remove()
    } catch {
      throw Failure.saying(
        TrainFailure.message(error, of: version, doing: "remove"), error.exitCode)
    }
  }

  /// Ends all that runs.
  func finish() {
    let all = running.withLock { running in
      defer { running = [:] }
      return Array(running.values)
    }
    for predictor in all { predictor.finish() }
  }

  private func version(_ name: ListedModel.Name) throws -> ModelVersion {
    guard let known = VersionName(name.version) else {
      throw Failure.saying("\(name): \(VersionName.rule)", Failure.usage)
    }
    return try folder().version(known)
  }

  // MARK: Asking

  /// Asks a running version about an image; the answer comes by itself.
  ///
  /// - Throws: ``Failure`` if the image can't be had, or the version doesn't run.
  func detect(_ name: ListedModel.Name, _ image: TestedImage) throws {
    guard let predictor = running.withLock({ $0[name.version] }) else {
      mailbox.post(.models(.status(name, .stopped, message: "")))
      throw Failure.saying("\(name) does not run; start it again", Failure.temporary)
    }
    try inquiry.ask(predictor, name, about: image, text: Self.text)
  }

  /// The request as a predictor's program gets it.
  @Sendable private static func text(of request: PredictionRequest) -> [UInt8] {
    JSONStyle.spaced.object([
      ("id", JSONText.encode(String(request.id))), ("path", JSONText.encode(request.path)),
      ("width", JSONNumber.encode(request.size.width)),
      ("height", JSONNumber.encode(request.size.height)),
    ])
  }
}

extension ListedModel {
  /// A version on this machine.
  init(_ row: VersionRow, project: String, isRunning: Bool) {
    let record = row.record
    self.init(
      name: Name(project: project, version: row.version.name.description),
      status: isRunning ? .running : record.status)
    statusMessage = record.message
    isInterrupted = record.status == .trainingInProgress && !row.isBusy
    f1 = record.f1
    meanAveragePrecision = record.averagePrecision
    trainingImages = record.trainingCount
    testImages = record.testCount
    date = record.trained ?? record.created
    guard let model = try? row.version.model() else { return }
    labels = model.labels.map { Label(name: $0, threshold: model.thresholds[$0]) }
    warnings = model.warnings
  }
}
