import Dispatch
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
  private struct Work {
    /// What runs, by the version's name.
    var running: [String: any Predictor] = [:]
    /// The number of the last request.
    var lastRequest = 0
  }

  private let project: Project
  private let files: RemoteImages
  private let mailbox: Mailbox
  private let work = Mutex(Work())

  /// Takes the project of a manifest, if there will be one.
  ///
  /// - Parameters:
  ///   - project: What is being worked on.
  ///   - mailbox: Gets the answers.
  init(of project: Project, mailbox: Mailbox) {
    self.project = project
    self.mailbox = mailbox
    files = RemoteImages(locator: project.locator)
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
    let running = Set(work.withLock(\.running).keys)
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
    let predictor = try VersionPredictor.make(version)
    let old = work.withLock { $0.running.updateValue(predictor, forKey: name.version) }
    old?.finish()
    mailbox.post(.models(.status(name, .running, message: "")))
  }

  /// Stops a version.
  func stop(_ name: ListedModel.Name) {
    work.withLock { $0.running.removeValue(forKey: name.version) }?.finish()
    mailbox.post(.models(.status(name, .stopped, message: "")))
  }

  /// Removes a version for good.
  ///
  /// - Throws: ``Failure`` if it is at work, or what the system says.
  func remove(_ name: ListedModel.Name) throws {
    work.withLock { $0.running.removeValue(forKey: name.version) }?.finish()
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
    let running = work.withLock { work in
      defer { work.running = [:] }
      return work.running.values
    }
    for predictor in running { predictor.finish() }
    files.finish()
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
  /// - Throws: ``Failure`` if the image can't be had.
  func detect(_ name: ListedModel.Name, _ image: TestedImage) throws {
    let (predictor, id) = work.withLock { work in
      work.lastRequest += 1
      return (work.running[name.version], work.lastRequest)
    }
    guard let predictor else {
      mailbox.post(.models(.status(name, .stopped, message: "")))
      throw Failure.saying("\(name) does not run; start it again", Failure.temporary)
    }
    let opened: OpenedImage
    do throws(Unreadable) {
      opened = try OpenedImage(image.sourceRef, files: files)
    } catch {
      throw Failure.saying(error.reason, Failure.noInput)
    }
    let size = opened.header.uprightSize
    let request = PredictionRequest(
      id: id, path: opened.path, size: ImageSize(width: size.width, height: size.height))
    // What was asked before nobody waits for.
    predictor.cancel()
    predictor.predict([request]) { [mailbox] answer in
      Self.post(answer, to: request, of: name, image, in: mailbox)
    }
  }

  private static func post(
    _ answer: PredictionAnswer, to request: PredictionRequest, of name: ListedModel.Name,
    _ image: TestedImage, in mailbox: Mailbox
  ) {
    switch answer.outcome {
    case .success(let labels):
      let response = String(decoding: DetectCustomLabels.answer(labels), as: UTF8.self)
      mailbox.post(
        .models(
          .detected(
            ModelAnswer(
              model: name, image: image, labels: labels, request: text(of: request),
              response: response))))
    case .failure(let error) where error.kind == .cancelled: break
    case .failure(let error):
      let reason = "\(name): \(error.message)"
      mailbox.post(.models(.failed(.detect(name, image), reason)))
    }
  }

  /// The request as a predictor's program gets it.
  private static func text(of request: PredictionRequest) -> String {
    let bytes = JSONStyle.spaced.object([
      ("id", JSONText.encode(String(request.id))), ("path", JSONText.encode(request.path)),
      ("width", JSONNumber.encode(request.size.width)),
      ("height", JSONNumber.encode(request.size.height)),
    ])
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ListedModel {
  /// A version on this machine.
  init(_ row: VersionRow, project: String, isRunning: Bool) {
    let record = row.record
    let status = Status(rawValue: record.status.rawValue) ?? .failed
    self.init(
      name: Name(project: project, version: row.version.name.description), home: .here,
      status: isRunning ? .running : status)
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
