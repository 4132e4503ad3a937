public import GroundTruth
import Synchronization

extension ManifestStore {
  /// Replaces the manifest on disk by a dataset.
  ///
  /// Does nothing if there is nothing to save. Records made while this runs stay in the journal.
  /// At each instant the old or the new manifest is on disk whole, with a journal that leads from
  /// it to the last record: a checkpoint that names the new content is in the journal before the
  /// rename, and the journal starts anew after it.
  ///
  /// - Parameters:
  ///   - dataset: The dataset as opened, with exactly the first `count` records performed on it.
  ///   - count: What `record` returned last before the dataset was taken; nil if it includes all
  ///     records made before this call.
  /// - Returns: What went wrong beside the saving itself: undo may then not reach back before
  ///   this save after the next start.
  /// - Throws: `StorageError`; the old manifest is whole then, the journal holds all records, and
  ///   the save may be tried again.
  @discardableResult
  public func save(
    _ dataset: Dataset, including count: Int? = nil
  ) throws(StorageError) -> StorageError? {
    try saving.withLock { (_: inout Void) throws(StorageError) -> StorageError? in
      guard let last = try begin(dataset, including: count) else { return nil }
      let replacement = try ManifestFile.replacement(
        of: path, by: dataset, temporary: Replacement.fixedName(beside: path),
        operations: operations)
      let history = stateFolder.map {
        HistoryFile(folder: $0, manifest: path, operations: operations)
      }
      var problem: StorageError?
      do throws(StorageError) {
        try history?.keep(dataset.history, of: replacement.fingerprint)
      } catch {
        problem = error
      }
      try state.withLock { (state: inout State) throws(StorageError) in
        try commit(replacement, last: last, &state)
      }
      history?.removeOthers(than: replacement.fingerprint)
      return problem
    }
  }

  /// Replaces the manifest on disk by a text of another making, and closes the store.
  ///
  /// For changes of so many lines that they are no edits to be kept in memory; undo does not reach
  /// back beyond them.
  ///
  /// - Parameter pieces: The text in order, as `ManifestText` gives it; asked for one at a time.
  /// - Throws: `StorageError`, `.datasetOutOfStep` if there are unsaved records; the old manifest is
  ///   whole then, and the store open.
  public func replace(by pieces: some Sequence<[UInt8]>) throws(StorageError) {
    try saving.withLock { (_: inout Void) throws(StorageError) in
      try state.withLock { (state: inout State) throws(StorageError) in
        try check(state)
        guard state.journal.unsavedCount == 0 else { throw .datasetOutOfStep(path: path) }
        try checkUnchanged(&state)
        let replacement = try Replacement(
          of: path, temporary: Replacement.fixedName(beside: path), operations: operations
        ) { (output) throws(StorageError) in
          for piece in pieces { try output.append(piece) }
        }
        do throws(StorageError) {
          try checkUnchanged(&state)
          // It leads to nothing that the manifest doesn't hold.
          if state.journal.exists { try state.journal.remove() }
        } catch {
          replacement.discard()
          throw error
        }
        try replacement.commit()
      }
    }
    close()
  }

  /// Checks that a dataset is what the records lead to, and the manifest what it was.
  ///
  /// - Returns: The number of the last record to be saved; nil if nothing is to be saved.
  private func begin(_ dataset: Dataset, including count: Int?) throws(StorageError) -> Int? {
    try state.withLock { (state: inout State) throws(StorageError) -> Int? in
      try check(state)
      let last = count ?? state.journal.count
      guard (dataset.source as? ManifestFile)?.fingerprint == state.source,
        state.mark(after: last) == State.Mark(of: dataset)
      else { throw .datasetOutOfStep(path: path) }
      guard state.journal.count - last < state.journal.unsavedCount else { return nil }
      try checkUnchanged(&state)
      return last
    }
  }

  /// Puts the new manifest in the place of the old one and lets the journal build on it.
  private func commit(
    _ replacement: Replacement, last: Int, _ state: inout State
  ) throws(StorageError) {
    do {
      try checkUnchanged(&state)
      try state.journal.checkpoint(last, replacement.fingerprint)
    } catch {
      replacement.discard()
      throw error
    }
    try replacement.rename()
    state.manifest = replacement.fingerprint
    state.status = try? FileStatus(at: path)
    try replacement.synchronizeFolder()
    state.forgetMarks(before: last)
    // The journal as it is says, by its checkpoint, the same as the one that would follow it.
    try? state.journal.restart(after: last, on: replacement.fingerprint, at: clock())
  }

  /// Makes sure that no one else wrote the manifest since it was read or saved here.
  private func checkUnchanged(_ state: inout State) throws(StorageError) {
    let status = try? FileStatus(at: path)
    switch (status, state.status) {
    case (nil, nil): return
    case (let now?, let before?) where now.isSameContent(as: before): return
    default:
      guard try ManifestFile.open(path).fingerprint == state.manifest else {
        throw .changedElsewhere(path: path)
      }
      state.status = status
    }
  }
}
