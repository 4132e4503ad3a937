import ArgumentParser
import Dispatch
import Prediction
import Storage
import Synchronization
import Workstation

/// Does what the models' screen asks for, off the drawing thread.
///
/// What is here and what is on AWS are asked one thing after the other each, and don't wait for
/// each other.
final class ModelsDesk: Sendable {
  private let here = DispatchQueue(label: "models", qos: .userInitiated)
  private let there = DispatchQueue(label: "models on AWS", qos: .userInitiated)
  private let inquiry: ModelInquiry
  private let local: LocalModels
  /// The project on AWS, once it was needed.
  private let service = Mutex<ServiceModels?>(nil)
  private let mailbox: Mailbox

  /// Takes the models of a manifest's project; nothing is read yet.
  ///
  /// - Parameters:
  ///   - project: What is being worked on.
  ///   - mailbox: Gets the news.
  init(of project: Project, mailbox: Mailbox) {
    self.mailbox = mailbox
    inquiry = ModelInquiry(project.locator, mailbox: mailbox)
    local = LocalModels(of: project, inquiry: inquiry, mailbox: mailbox)
  }

  /// Begins what is asked; its outcome is left in the mailbox.
  func perform(_ request: ModelsRequest) {
    switch request {
    case .list:
      begin(request, on: here) { [self] in
        mailbox.post(.models(.listing(try local.list(), of: .here)))
      }
      begin(request, on: there) { [self] in try listService() }
    case .start(let name, let units):
      begin(request, on: queue(of: name)) { [self] in
        if name.home == .here { return try local.start(name) }
        try serviceModels()?.start(name, inferenceUnits: units)
      }
    case .stop(let name):
      begin(request, on: queue(of: name)) { [self] in
        if name.home == .here { return local.stop(name) }
        try serviceModels()?.stop(name)
      }
    case .remove(let name):
      begin(request, on: queue(of: name)) { [self] in
        guard name.home == .here else { return try serviceModels()?.remove(name) ?? () }
        try local.remove(name)
        mailbox.post(.models(.listing(try local.list(), of: .here)))
      }
    case .detect(let name, let image):
      begin(request, on: queue(of: name)) { [self] in
        if name.home == .here { return try local.detect(name, image) }
        try serviceModels()?.detect(name, image)
      }
    }
  }

  /// Ends what was started on this machine; what runs on AWS goes on.
  func finish() {
    service.withLock { $0 }?.finish()
    here.sync {}
    local.finish()
    inquiry.finish()
  }

  private func queue(of name: ListedModel.Name) -> DispatchQueue {
    name.home == .here ? here : there
  }

  private func begin(
    _ request: ModelsRequest, on queue: DispatchQueue, _ work: @escaping @Sendable () throws -> Void
  ) {
    queue.async { [mailbox] in
      do {
        try work()
      } catch let failure as Failure {
        mailbox.post(.models(.failed(request, failure.message)))
      } catch let failure as CallFailure {
        guard !failure.isStopped else { return }
        mailbox.post(.models(.failed(request, failure.sentence)))
      } catch {
        mailbox.post(.models(.failed(request, Reticle.message(for: error))))
      }
    }
  }

  // MARK: AWS

  private func listService() throws {
    guard let service = try serviceModels() else { return }
    mailbox.post(.models(.listing(try service.list(), of: .aws)))
  }

  /// The project on AWS that the one here names; nil if it names none.
  ///
  /// - Throws: ``Failure`` if it names it wrongly, or if there is no `aws`.
  private func serviceModels() throws -> ServiceModels? {
    if let known = service.withLock({ $0 }) { return known }
    let folder = try local.folder()
    guard let text = folder.settings.aws[AWSOptions.setting] else { return nil }
    guard let arn = ServiceARN(text), arn.isProject else {
      throw Failure.saying(
        "\(ProjectFile.path(in: folder.path)): “\(text)” is no ARN of a project; write what 'aws "
          + "rekognition describe-projects' prints, or take the line out", Failure.data)
    }
    let made = try ServiceModels(of: arn, inquiry: inquiry, mailbox: mailbox)
    service.withLock { $0 = made }
    return made
  }
}
