import Dispatch
import GroundTruth
import Storage
import Synchronization
import Workstation

/// Writes steps and saves off the drawing thread, in order, and tells the session how far it got.
///
/// What cannot be written is kept and tried again with the next step or save.
final class DatasetWriter: Sendable {
  private struct Work {
    /// Steps not in the journal yet; the lines added for new images come before the first edit.
    var pending: [JournalRecord]
    /// The number of the last step taken over.
    var number = 0
    /// The store's count of records less the session's number of steps.
    var offset = 0
  }

  private let queue = DispatchQueue(label: "dataset", qos: .userInitiated)
  private let work: Mutex<Work>
  private let project: Project
  private let mailbox: Mailbox

  init(project: Project, mailbox: Mailbox) {
    self.project = project
    self.mailbox = mailbox
    let recovered = project.recovered
    work = Mutex(
      Work(
        pending: project.preamble, number: recovered,
        offset: project.store.recordCount - recovered))
  }

  /// Puts a step in the journal; those that wait meanwhile go with one flush.
  func record(_ record: JournalRecord, number: Int) {
    work.withLock {
      $0.pending.append(record)
      $0.number = number
    }
    queue.async { [self] in report(writePending()) }
  }

  /// Writes the manifest as it is after so many steps.
  func save(_ dataset: Dataset, through: Int) {
    queue.async { [self] in report(saveNow(dataset, through: through)) }
  }

  /// Keeps a label added at work: in the label file, else in the state folder.
  func keepLabel(_ label: String) {
    queue.async { [self] in
      if let problem = project.keepLabel(label) {
        mailbox.post(.notice("the label is not kept for next time: \(problem)", isProblem: true))
      }
    }
  }

  /// Keeps a setting of this manifest.
  func keepSetting(_ name: String, _ value: String) {
    queue.async { [self] in
      project.change { $0.settings[name] = value }
    }
  }

  /// Keeps how long a decision took; what can't be kept is let go.
  func keepPace(_ record: Pace.Record) {
    guard project.readOnlyReason == nil else { return }
    queue.async { [self] in PaceLog.standard?.append(record, of: project.store.path) }
  }

  /// Writes all that is left and waits for it; returns what could not be written.
  func finish(_ state: State) -> String? {
    queue.sync {
      guard state.hasEdits else { return nil }
      if let event = saveNow(state.dataset, through: state.stepsTaken),
        case .storageFailed(let reason) = event
      {
        let journaled = work.withLock { $0.pending.isEmpty }
        let what = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        return journaled
          ? "\(what); your edits are safe in \(project.outputPath).journal and come back next time"
          : "\(what); the last edits could not be written anywhere"
      }
      return nil
    }
  }

  private func report(_ event: Event?) {
    if let event { mailbox.post(event) }
  }

  /// Writes the steps that wait to the journal.
  private func writePending() -> Event? {
    let (records, number) = work.withLock { ($0.pending, $0.number) }
    guard !records.isEmpty else { return .recorded(through: number) }
    do {
      let count = try project.store.record(records)
      work.withLock {
        $0.pending.removeFirst(records.count)
        $0.offset = count - number
      }
      return .recorded(through: number)
    } catch {
      return .storageFailed(onScreen(error))
    }
  }

  private func saveNow(_ dataset: Dataset, through: Int) -> Event? {
    if let event = writePending(), case .storageFailed = event { return event }
    let offset = work.withLock { $0.offset }
    do {
      let problem = try project.store.save(dataset, including: through + offset)
      if let problem {
        mailbox.post(.notice("undo will not reach back beyond now: \(problem)", isProblem: true))
      }
      return .saved(through: through)
    } catch {
      return .storageFailed(onScreen(error))
    }
  }

  /// The error without the folder that the manifest is in: a row has no room for it.
  private func onScreen(_ error: StorageError) -> String {
    guard let slash = project.store.path.lastIndex(of: "/") else { return error.description }
    return error.description.replacing(project.store.path[...slash], with: "")
  }
}
