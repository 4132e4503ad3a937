import Dispatch
import GroundTruth
import Storage
import Synchronization
import Workstation

/// Counts the lines of a large manifest while it is worked on already.
final class LineCounter: Sendable {
  private let project: Project
  private let mailbox: Mailbox
  private let wishes = Atomic(0)
  private let isBegun = Atomic(false)
  private let isStopped = Atomic(false)

  init(project: Project, mailbox: Mailbox) {
    self.project = project
    self.mailbox = mailbox
  }

  /// Begins to count, unless that is done, once the cores are not needed for the first picture.
  func start() {
    guard !project.isCounted else { return }
    // In case there is no picture to wait for.
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + .milliseconds(300)) {
      [self] in begin()
    }
  }

  /// Notes that pictures were asked for.
  ///
  /// The second time they are others: the first has come, or never will.
  func notePicturesWanted() {
    guard !project.isCounted, wishes.add(1, ordering: .relaxed).newValue == 2 else { return }
    DispatchQueue.global(qos: .utility).async { [self] in begin() }
  }

  /// Counts all lines; the session gets the counts part by part.
  private func begin() {
    guard !isBegun.exchange(true, ordering: .relaxed) else { return }
    let isCancelled = { @Sendable [self] in isStopped.load(ordering: .relaxed) }
    Survey.forEachPart(of: project.dataset, truth: project.attribute, isCancelled: isCancelled) {
      [self] part in mailbox.post(.counted(part))
    }
  }

  /// Counts no further.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
  }
}
