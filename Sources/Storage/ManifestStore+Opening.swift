import Glibc
public import GroundTruth

extension ManifestStore {
  /// A manifest that was opened.
  public struct Opened: Sendable {
    /// Through which it is edited and saved.
    public let store: ManifestStore
    /// Its lines, with the unsaved edits and the history of earlier sittings.
    public let dataset: Dataset
    /// What came back from a journal; nil if there was nothing.
    public let recovery: Recovery?
    /// Why the edits in the journal are not shown, when opened for looking.
    public let problem: StorageError?
  }

  /// Opens a manifest; one that isn't there yet has no lines, and is made by the first save.
  ///
  /// Nothing is written but the lock, and nothing at all when opened for looking.
  ///
  /// - Parameters:
  ///   - path: The manifest; links are followed to the real file.
  ///   - access: Looking or editing.
  ///   - stateFolder: Where its history is kept; nil to keep none.
  ///   - program: The name and version to write into a journal.
  /// - Returns: The store and the dataset.
  /// - Throws: `StorageError`: `.locked` if another is editing, `.journalDoesNotFit`,
  ///   `.journalDamaged` and `.journalOfAnotherVersion` when opened for editing. Nothing was
  ///   touched then, and opening for looking may still go.
  public static func open(
    _ path: String, access: Access, stateFolder: StateFolder? = .standard,
    program: String = "reticle"
  ) throws(StorageError) -> Opened {
    try open(
      path, access: access, stateFolder: stateFolder, program: program, operations: .system,
      clock: { .now })
  }

  static func open(
    _ path: String, access: Access, stateFolder: StateFolder?, program: String,
    operations: FileOperations, clock: @escaping @Sendable () -> Timestamp
  ) throws(StorageError) -> Opened {
    let real = try RealPath.resolve(path)
    if access == .read { return try look(at: real, stateFolder, operations, clock) }
    let lock = try ManifestLock.acquire(for: real, holder: .current(at: clock()))
    do throws(StorageError) {
      for file in [real, Journal.path(for: real)] {
        // What a crash left half written. Only the holder of the lock makes files of this name.
        unlink(Replacement.fixedName(beside: file))
      }
      let found = try Found(at: real, stateFolder)
      let journal = try found.journal(of: real, program: program, operations: operations)
      return found.opened(
        ManifestStore(
          path: real, access: .write, stateFolder: stateFolder, operations: operations,
          clock: clock,
          state: State(dataset: found.dataset, file: found.file, journal: journal, lock: lock)))
    } catch {
      lock.release()
      throw error
    }
  }

  private static func look(
    at path: String, _ stateFolder: StateFolder?, _ operations: FileOperations,
    _ clock: @escaping @Sendable () -> Timestamp
  ) throws(StorageError) -> Opened {
    var found = try? Found(at: path, stateFolder)
    // Its editor may be saving between our reading the manifest and our reading the journal.
    for _ in 0..<3 where found == nil { found = try? Found(at: path, stateFolder) }
    let seen: Found
    if let found { seen = found } else { seen = try Found(withoutJournalAt: path, stateFolder) }
    let journal = Journal(
      manifest: path, base: seen.file.fingerprint, program: "", operations: operations)
    return seen.opened(
      ManifestStore(
        path: path, access: .read, stateFolder: stateFolder, operations: operations, clock: clock,
        state: State(dataset: seen.dataset, file: seen.file, journal: journal, lock: nil)))
  }
}

/// What stands on disk of a manifest and its journal.
private struct Found {
  let file: ManifestFile
  let contents: JournalContents?
  /// How many records of the journal the manifest holds.
  let saved: Int
  let dataset: Dataset
  var problem: StorageError?

  private var entries: ArraySlice<JournalEntry> { contents?.entries.dropFirst(saved) ?? [] }

  init(at path: String, _ stateFolder: StateFolder?) throws(StorageError) {
    file = try ManifestFile.open(path)
    let journal = Journal.path(for: path)
    contents = try JournalContents.read(journal)
    guard let contents else {
      saved = 0
      let history = Self.history(file, path, stateFolder)
      dataset = Dataset(source: file, history: history ?? History())
      return
    }
    guard let saved = contents.savedCount(in: file.fingerprint),
      let dataset = Replay.dataset(
        contents.entries.dropFirst(saved), on: file,
        history: Self.history(file, path, stateFolder))
    else { throw .journalDoesNotFit(journal: journal, manifest: path) }
    self.saved = saved
    self.dataset = dataset
  }

  /// The manifest as it is on disk, with the reason why the journal says no more.
  init(withoutJournalAt path: String, _ stateFolder: StateFolder?) throws(StorageError) {
    file = try ManifestFile.open(path)
    contents = nil
    saved = 0
    let history = Self.history(file, path, stateFolder)
    dataset = Dataset(source: file, history: history ?? History())
    do throws(StorageError) {
      _ = try Found(at: path, stateFolder)
    } catch {
      problem = error
    }
  }

  private static func history(
    _ file: ManifestFile, _ path: String, _ folder: StateFolder?
  ) -> History? {
    folder.flatMap { HistoryFile(folder: $0, manifest: path).history(of: file.fingerprint) }
  }

  /// The journal to go on with; a file that says nothing any more is removed.
  func journal(
    of path: String, program: String, operations: FileOperations
  ) throws(StorageError) -> Journal {
    if let contents {
      var journal = try Journal(
        manifest: path, contents: contents, saved: saved, program: program,
        operations: operations)
      guard entries.isEmpty else { return journal }
      try journal.remove()
    } else if (try? FileStatus(at: Journal.path(for: path), followingLinks: false)) != nil {
      try attempting(.remove, Journal.path(for: path)) { () throws(SystemCode) in
        try operations.remove(Journal.path(for: path))
      }
    }
    return Journal(
      manifest: path, base: file.fingerprint, program: program, operations: operations)
  }

  func opened(_ store: ManifestStore) -> ManifestStore.Opened {
    ManifestStore.Opened(
      store: store, dataset: dataset,
      recovery: Recovery(entries, hadTornEnd: contents?.isTorn ?? false), problem: problem)
  }
}
