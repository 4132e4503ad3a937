import GroundTruth

extension ManifestStore {
  /// What changes while a manifest is open.
  struct State: Sendable {
    /// What the dataset's source must be.
    let source: Fingerprint
    var journal: Journal
    var lock: ManifestLock?
    var isClosed = false
    /// The manifest on disk, to notice when someone else changes it.
    var manifest: Fingerprint
    var status: FileStatus?
    /// The history that the records lead to.
    private(set) var history: History
    /// How far the dataset was after each record from the last save on; the first is the save's.
    private(set) var marks: [Mark]

    /// What tells how many records a dataset includes.
    struct Mark: Hashable, Sendable {
      var lineCount: Int
      var editCount: Int
      var position: Int

      init(of dataset: Dataset) {
        lineCount = dataset.count
        editCount = dataset.history.edits.count
        position = dataset.history.position
      }
    }

    /// The state of a store whose dataset includes what the journal gave back.
    init(
      dataset: Dataset, file: ManifestFile, journal: Journal, lock: ManifestLock?
    ) {
      source = file.fingerprint
      manifest = file.fingerprint
      status = file.status
      self.journal = journal
      self.lock = lock
      history = dataset.history
      // A save must not go back before what came back, so the marks start there.
      marks = [Mark(of: dataset)]
    }

    /// The number of the record that the first mark follows.
    var firstMark: Int { journal.count - marks.count + 1 }

    /// How far a dataset is that includes the records up to a number; nil if that isn't known.
    func mark(after number: Int) -> Mark? {
      let index = number - firstMark
      return marks.indices.contains(index) ? marks[index] : nil
    }

    /// Forgets how far the dataset was before a save.
    mutating func forgetMarks(before number: Int) {
      marks.removeFirst(number - firstMark)
    }

    /// The edit that each record takes back or does again.
    ///
    /// - Returns: nil if there is nothing to undo or redo.
    func editsUndoneAndRedone(by records: [JournalRecord]) -> [Edit?]? {
      if !records.contains(where: { $0 == .undo || $0 == .redo }) {
        return records.map { _ in nil }
      }
      var later = self
      var edits: [Edit?] = []
      for record in records {
        switch record {
        case .undo:
          guard let edit = later.history.undoable else { return nil }
          edits.append(edit)
        case .redo:
          guard let edit = later.history.redoable else { return nil }
          edits.append(edit)
        case .append, .edit: edits.append(nil)
        }
        later.advance(over: record)
      }
      return edits
    }

    /// Follows the dataset over a record.
    mutating func advance(over record: JournalRecord) {
      var mark = marks[marks.count - 1]
      switch record {
      case .append(let lines): mark.lineCount += lines.count
      case .edit(let edit): history.record(edit)
      case .undo: history.stepBack()
      case .redo: history.stepForward()
      }
      mark.editCount = history.edits.count
      mark.position = history.position
      marks.append(mark)
    }
  }
}
