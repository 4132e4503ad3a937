import GroundTruth

/// A record as it stands in a journal.
struct JournalEntry: Hashable, Sendable {
  /// Counts on from record to record.
  let number: Int
  /// The number of the first record that was written together with this one.
  ///
  /// Before they were all on disk, none of them was acknowledged.
  let batch: Int
  let moment: Timestamp
  let record: JournalRecord
  /// The edit that an undo takes back or a redo does again, so that the journal can be replayed
  /// where the older history is lost.
  let edit: Edit?

  var json: JSONValue {
    let what: JSONValue.Member =
      switch record {
      case .append(let lines):
        .init(key: "append", value: .array(lines.map(JSONValue.bytes)))
      case .edit(let edit): .init(key: "edit", value: edit.json)
      case .undo: .init(key: "undo", value: edit?.json ?? .null)
      case .redo: .init(key: "redo", value: edit?.json ?? .null)
      }
    return .object([
      .init(key: "n", value: .number(number)), .init(key: "batch", value: .number(batch)),
      .init(key: "at", value: .number(moment.seconds)), what,
    ])
  }
}

extension JournalEntry {
  init?(json: JSONValue) {
    guard let number = json["n"]?.integer, let batch = json["batch"]?.integer,
      let seconds = json["at"]?.integer
    else { return nil }
    let record: JournalRecord
    var carried: Edit?
    if let lines = json["append"]?.elements {
      let bytes = lines.compactMap(\.bytes)
      guard bytes.count == lines.count else { return nil }
      record = .append(bytes)
    } else if let edit = json["edit"].flatMap(Edit.init(json:)) {
      record = .edit(edit)
    } else if let undone = json["undo"] {
      record = .undo
      carried = Edit(json: undone)
    } else if let redone = json["redo"] {
      record = .redo
      carried = Edit(json: redone)
    } else {
      return nil
    }
    self.init(
      number: number, batch: batch, moment: Timestamp(seconds: seconds), record: record,
      edit: carried)
  }
}
