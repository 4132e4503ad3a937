import Dispatch
import GroundTruth
import Prediction
import Synchronization
import Workstation

/// A project's versions on AWS, through the person's own `aws` program: listed, started, asked,
/// stopped, removed.
final class ServiceModels: Sendable {
  private struct Work {
    /// What is known of the versions, by their names.
    var arns: [String: ServiceARN] = [:]
    /// Who asks those that run.
    var predictors: [String: any Predictor] = [:]
    /// The versions that are looked at until they come to rest.
    var watched: Set<String> = []
    var isFinished = false
  }

  private let project: ServiceARN
  private let service: AWSService
  private let inquiry: ModelInquiry
  private let mailbox: Mailbox
  private let work = Mutex(Work())

  /// Takes a project; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - project: Its ARN.
  ///   - inquiry: Asks what runs.
  ///   - mailbox: Gets what becomes of it.
  /// - Throws: ``Failure`` if there is no `aws`.
  init(of project: ServiceARN, inquiry: ModelInquiry, mailbox: Mailbox) throws {
    self.project = project
    self.inquiry = inquiry
    self.mailbox = mailbox
    service = try AWSService(to: "show the models on AWS", region: project.region)
  }

  /// All versions, the oldest first; those on their way to another status are watched.
  ///
  /// - Throws: ``CallFailure``.
  func list() throws -> [ListedModel] {
    let versions = try service.versions(of: project)
    work.withLock { work in
      work.arns = Dictionary(
        versions.map { ($0.name, $0.arn) }, uniquingKeysWith: { first, _ in first })
    }
    for version in versions where version.isBusy { watch(version.name, from: version.status) }
    return versions.reversed().map { ListedModel($0, project: project.project) }
  }

  /// Has a version started; its status comes as AWS tells it.
  ///
  /// - Throws: ``CallFailure``.
  func start(_ name: ListedModel.Name, inferenceUnits: Int) throws {
    let version = try service.version(name.version, of: project)
    // One that was started elsewhere meanwhile must not be started for money twice.
    if !["STARTING", "RUNNING"].contains(version.status) {
      _ = try service.answer(
        .startVersion(version.arn.text, minimum: inferenceUnits, maximum: nil),
        about: "version \(name.version)")
    }
    watch(name.version, from: "")
  }

  /// Has a version stopped.
  ///
  /// - Throws: ``CallFailure``.
  func stop(_ name: ListedModel.Name) throws {
    work.withLock { $0.predictors.removeValue(forKey: name.version) }?.finish()
    _ = try service.answer(.stopVersion(try arn(name).text), about: "version \(name.version)")
    watch(name.version, from: "")
  }

  /// Has a version removed for good.
  ///
  /// - Throws: ``CallFailure``.
  func remove(_ name: ListedModel.Name) throws {
    _ = try service.answer(.deleteVersion(try arn(name).text), about: "version \(name.version)")
    watch(name.version, from: "")
  }

  /// Asks a running version about an image; the answer comes by itself.
  ///
  /// - Throws: ``Failure`` if the image can't be had.
  func detect(_ name: ListedModel.Name, _ image: TestedImage) throws {
    let arn = try arn(name)
    var predictor = work.withLock { $0.predictors[name.version] }
    if predictor == nil {
      let model = RekognitionModel.customLabels(arn)
      predictor = RekognitionPredictor(model, service: try AWSDetection(model) { _ in })
    }
    guard let predictor else { return }
    work.withLock { $0.predictors[name.version] = predictor }
    try inquiry.ask(predictor, name, about: image) { request in
      JSONStyle.spaced.object([
        ("ProjectVersionArn", JSONText.encode(arn.text)),
        ("Image", JSONStyle.spaced.object([("Bytes", JSONText.encode(request.path))])),
      ])
    }
  }

  /// Ends what is asked here; what runs on AWS goes on.
  func finish() {
    let predictors = work.withLock { work in
      defer { work.predictors = [:] }
      work.isFinished = true
      return Array(work.predictors.values)
    }
    service.stopAll()
    for predictor in predictors { predictor.finish() }
  }

  private func arn(_ name: ListedModel.Name) throws -> ServiceARN {
    if let known = work.withLock({ $0.arns[name.version] }) { return known }
    return try service.version(name.version, of: project).arn
  }

  // MARK: Watching

  /// Tells each change of a version's status until it comes to rest.
  private func watch(_ name: String, from status: String) {
    let isNew = work.withLock { $0.watched.insert(name).inserted && !$0.isFinished }
    guard isNew else { return }
    DispatchQueue(label: "version \(name)", qos: .utility).async { [self] in
      follow(name, from: status)
      _ = work.withLock { $0.watched.remove(name) }
    }
  }

  private func follow(_ name: String, from status: String) {
    let listed = ListedModel.Name(project: project.project, version: name, home: .aws)
    var told = status
    while !work.withLock(\.isFinished) {
      guard let found = try? service.versions(of: project, named: name) else { return }
      guard let version = found.first else {
        // It is gone.
        if let all = try? list() { mailbox.post(.models(.listing(all, of: .aws))) }
        return
      }
      if version.status != told, let status = VersionStatus(rawValue: version.status) {
        mailbox.post(.models(.status(listed, status, message: version.message)))
      }
      told = version.status
      guard version.isBusy else { return }
      service.wait(service.pace)
    }
  }
}

extension AWSCall {
  /// Removes a version for good.
  static func deleteVersion(_ version: String) -> AWSCall {
    AWSCall(
      service: "rekognition", operation: "delete-project-version",
      input: .object(["ProjectVersionArn": .text(version)]))
  }
}

extension ListedModel {
  /// A version on AWS.
  init(_ version: ServiceVersion, project: String) {
    self.init(
      name: Name(project: project, version: version.name, home: .aws),
      status: VersionStatus(rawValue: version.status) ?? .failed)
    statusMessage = version.message
    f1 = version.f1
    date = version.trainingEnded ?? version.created ?? ""
  }
}
