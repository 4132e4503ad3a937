import GroundTruth

/// The records of a journal done again on the manifest that they build on.
enum Replay {
  /// Does the records again.
  ///
  /// - Parameters:
  ///   - entries: The records that the manifest does not hold.
  ///   - source: The manifest.
  ///   - history: What was kept of the history before; nil or another's if it was lost.
  /// - Returns: The dataset; nil if the records don't fit the manifest.
  static func dataset(
    _ entries: ArraySlice<JournalEntry>, on source: any LineSource, history: History?
  ) -> Dataset? {
    if let history, let dataset = replay(entries, on: source, history) { return dataset }
    return replay(entries, on: source, historyBefore(entries))
  }

  private static func replay(
    _ entries: ArraySlice<JournalEntry>, on source: any LineSource, _ history: History
  ) -> Dataset? {
    var dataset = Dataset(source: source, history: history)
    for entry in entries {
      let edit =
        switch entry.record {
        case .undo: dataset.history.undoable
        case .redo: dataset.history.redoable
        case .append, .edit: entry.edit
        }
      guard edit == entry.edit, (try? dataset.perform(entry.record)) != nil else { return nil }
    }
    return dataset
  }

  /// The part of the earlier history that records reach back to, from what they carry along.
  static func historyBefore(_ entries: ArraySlice<JournalEntry>) -> History {
    var inForce: [Edit] = []
    var takenBack: [Edit] = []
    var history = History()
    var canRedoEarlier = true
    for entry in entries {
      switch (entry.record, entry.edit) {
      case (.edit(let edit), _):
        history.record(edit)
        canRedoEarlier = false
      case (.undo, let edit?) where history.undoable == nil:
        inForce.insert(edit, at: 0)
        history = History(edits: [edit] + history.edits, position: 0)
      case (.redo, let edit?) where history.redoable == nil && canRedoEarlier:
        takenBack.append(edit)
        history.record(edit)
      case (.undo, _): history.stepBack()
      case (.redo, _): history.stepForward()
      case (.append, _): break
      }
    }
    return History(edits: inForce + takenBack, position: inForce.count)
  }
}
