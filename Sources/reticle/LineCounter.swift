import Dispatch
import GroundTruth
import Storage
import Synchronization
import Workstation

/// Counts the lines of a large manifest while it is worked on already.
final class LineCounter: Sendable {
  private let project: Project
  private let mailbox: Mailbox
  private let isStopped = Atomic(false)

  init(project: Project, mailbox: Mailbox) {
    self.project = project
    self.mailbox = mailbox
  }

  /// Begins to count, if that isn't done; the session gets the counts part by part.
  func start() {
    guard !project.isCounted else { return }
    DispatchQueue.global(qos: .utility).async { [self] in
      Survey.forEachPart(
        of: project.dataset, truth: project.attribute,
        isCancelled: { [self] in isStopped.load(ordering: .relaxed) }
      ) { [self] part in
        mailbox.post(.counted(part))
      }
    }
  }

  /// Counts no further.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
  }
}
