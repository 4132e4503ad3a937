/// A step of a dataset's life; replaying the steps on the saved manifest gives the dataset again.
public enum JournalRecord: Hashable, Sendable {
  /// Lines added at the end, for images that the manifest did not name. Not undone.
  case append([[UInt8]])
  /// An edit; what could be redone is forgotten.
  case edit(Edit)
  /// The last edit taken back.
  case undo
  /// The last edit taken back, done again.
  case redo
}
