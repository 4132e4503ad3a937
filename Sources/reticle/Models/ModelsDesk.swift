import ArgumentParser
import Dispatch
import Workstation

/// Does what the models' screen asks for, off the drawing thread and one thing after the other.
final class ModelsDesk: Sendable {
  private let queue = DispatchQueue(label: "models", qos: .userInitiated)
  private let local: LocalModels
  private let mailbox: Mailbox

  /// Takes the models of a manifest's project; nothing is read yet.
  ///
  /// - Parameters:
  ///   - project: What is being worked on.
  ///   - mailbox: Gets the news.
  init(of project: Project, mailbox: Mailbox) {
    self.mailbox = mailbox
    local = LocalModels(of: project, mailbox: mailbox)
  }

  /// Begins what is asked; its outcome is left in the mailbox.
  func perform(_ request: ModelsRequest) {
    queue.async { [self] in
      do {
        try carryOut(request)
      } catch let failure as Failure {
        mailbox.post(.models(.failed(request, failure.message)))
      } catch {
        mailbox.post(.models(.failed(request, Reticle.message(for: error))))
      }
    }
  }

  /// Ends what was started on this machine.
  func finish() {
    queue.sync {}
    local.finish()
  }

  private func carryOut(_ request: ModelsRequest) throws {
    switch request {
    case .list: try list()
    case .start(let name, _): try local.start(name)
    case .stop(let name): local.stop(name)
    case .remove(let name):
      try local.remove(name)
      try list()
    case .detect(let name, let image): try local.detect(name, image)
    }
  }

  private func list() throws {
    mailbox.post(.models(.listing(try local.list())))
  }
}
