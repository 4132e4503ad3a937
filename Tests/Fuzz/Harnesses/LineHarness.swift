import GroundTruth
import Storage

/// Lines of a manifest: found, read, edited and put back.
enum LineHarness {
  /// How many lines of an input are edited; the others are only read.
  private static let editedLines = 2

  static func run(_ bytes: [UInt8]) throws(Violation) {
    let file = ManifestFile(bytes: bytes)
    try checkLines(file, bytes)
    var dataset = Dataset(source: file)
    var survey = Survey(dataset)
    let states = survey.stateCounts
    for index in 0..<dataset.count {
      let line = dataset.line(at: index)
      if let value = try? JSONValue(parsing: line) { try value.checkParts() }
      guard let entry = try? Entry(line: line) else { continue }
      try expect((try? JSONValue(parsing: line))?.kind == .object, "an entry is an object")
      guard index < editedLines else { continue }
      for edit in LineEdit.all(of: entry) {
        guard let new = try edit.perform(on: entry) else { continue }
        try edit.check(entry, new)
        try putBack(index, line, new, &dataset, &survey)
      }
    }
    try expect(survey.stateCounts == states, "a survey returns to what it was")
  }

  /// The lines and what ends them are the file.
  private static func checkLines(_ file: ManifestFile, _ bytes: [UInt8]) throws(Violation) {
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for index in 0..<file.lineCount {
      let line = file.line(at: index)
      try expect(bytes[at...].starts(with: line), "a line is in the file")
      at += line.count
      let isLast = index == file.lineCount - 1
      if bytes[at...].starts(with: [0x0A]) {
        at += 1
      } else if bytes[at...].starts(with: [0x0D, 0x0A]) {
        at += 2
      } else {
        try expect(isLast, "a line has an end")
      }
    }
    try expect(at == bytes.count, "the lines are the whole file")
  }

  /// An edit that is done, undone, done again and undone leaves the line as it was.
  private static func putBack(
    _ index: Int, _ old: [UInt8], _ new: [UInt8], _ dataset: inout Dataset, _ survey: inout Survey
  ) throws(Violation) {
    let edit = Edit(summary: "", splices: [Splice(line: index, from: old, to: new)])
    for (record, wanted) in [
      (JournalRecord.edit(edit), new), (.undo, old), (.redo, new), (.undo, old),
    ] {
      let before = dataset.line(at: index)
      do throws(EditError) {
        try dataset.perform(record)
      } catch {
        throw Violation("an edit can be done and undone: \(error)")
      }
      try expect(dataset.line(at: index) == wanted, "an edit gives the line it was made of")
      survey.replace(line: index, from: before, with: wanted)
    }
  }
}
