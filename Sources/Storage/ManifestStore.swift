public import GroundTruth
import Synchronization

/// The one handle through which a program opens, edits and saves a manifest.
///
/// Edits are recorded as they are made and are on disk when `record` returns; `save` replaces the
/// manifest. All calls may come from any thread, and records may be made while a save runs. The
/// process may be killed or the power cut at any instant: the next `open` gives back every record
/// that was acknowledged.
public final class ManifestStore: Sendable {
  /// What a manifest is opened for.
  public enum Access: Hashable, Sendable {
    /// Looking: nothing on disk is touched.
    case read
    /// Editing: others are kept from editing meanwhile.
    case write
  }

  /// The real path of the manifest, links followed.
  public let path: String
  /// What the manifest was opened for.
  public let access: Access

  let stateFolder: StateFolder?
  let operations: FileOperations
  let clock: @Sendable () -> Timestamp
  let state: Mutex<State>
  /// Held for the whole of a save, so that there is one at a time.
  let saving = Mutex(())

  init(
    path: String, access: Access, stateFolder: StateFolder?, operations: FileOperations,
    clock: @escaping @Sendable () -> Timestamp, state: consuming sending State
  ) {
    self.path = path
    self.access = access
    self.stateFolder = stateFolder
    self.operations = operations
    self.clock = clock
    self.state = Mutex(state)
  }

  /// How many records were made since the manifest's journal began, those that came back included.
  public var recordCount: Int { state.withLock { $0.journal.count } }

  /// How many records the manifest on disk does not hold yet.
  public var unsavedCount: Int { state.withLock { $0.journal.unsavedCount } }

  /// Keeps records in the journal; when this returns they are on disk.
  ///
  /// - Parameter records: Steps already taken on the dataset, in that order. Several cost one
  ///   flush to disk, as one does.
  /// - Returns: The record count that includes them: give it to `save` with the dataset.
  /// - Throws: `StorageError`; then none of the records counts, and they may be given again.
  @discardableResult
  public func record(_ records: [JournalRecord]) throws(StorageError) -> Int {
    try state.withLock { (state: inout State) throws(StorageError) -> Int in
      try check(state)
      for record in records { try Self.checkLineBreaks(record) }
      guard let edits = state.editsUndoneAndRedone(by: records) else {
        throw .datasetOutOfStep(path: path)
      }
      try state.journal.append(Array(zip(records, edits)), at: clock())
      for record in records { state.advance(over: record) }
      return state.journal.count
    }
  }

  /// Ends the work: gives up the lock, and leaves a journal only if there are unsaved records.
  ///
  /// Waits for a save that is under way. Closing twice is harmless.
  public func close() {
    saving.withLock { _ in
      state.withLock { state in
        guard !state.isClosed else { return }
        state.isClosed = true
        if state.journal.exists, state.journal.unsavedCount == 0, access == .write {
          // If it can't be removed, the next open finds that the manifest holds all of it.
          try? state.journal.remove()
        }
        state.lock?.release()
        state.lock = nil
      }
    }
  }

  func check(_ state: borrowing State) throws(StorageError) {
    guard access == .write else { throw .openedReadOnly(path: path) }
    guard !state.isClosed else { throw .closed(path: path) }
  }

  private static func checkLineBreaks(_ record: JournalRecord) throws(StorageError) {
    switch record {
    case .append(let lines):
      if lines.contains(where: { $0.contains(0x0A) }) { throw .lineBreakInLine(0) }
    case .edit(let edit):
      for splice in edit.splices where splice.inserted.contains(0x0A) {
        throw .lineBreakInLine(splice.line)
      }
    case .undo, .redo: break
    }
  }
}
