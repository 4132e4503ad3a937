import GroundTruth
import Raster

extension State {
  /// Makes one line's new bytes an edit: laid over the dataset, counted, on its way to the journal.
  mutating func commit(_ summary: String, line: Int, bytes: [UInt8]) -> [Effect] {
    let old = dataset.line(at: line)
    guard old != bytes else { return [] }
    let edit = Edit(summary: summary, splices: [Splice(line: line, from: old, to: bytes)])
    return take(.edit(edit))
  }

  /// Takes a step and sends it to the journal.
  mutating func take(_ record: JournalRecord) -> [Effect] {
    let touched: Set<Int>
    switch record {
    case .edit(let edit): touched = edit.lines
    case .undo: touched = dataset.history.undoable?.lines ?? []
    case .redo: touched = dataset.history.redoable?.lines ?? []
    case .append: touched = []
    }
    let before = touched.map { ($0, dataset.line(at: $0)) }
    let imageCount = imageCount
    do {
      try dataset.perform(record)
    } catch {
      message = .problem("that could not be done: the line is not as expected (\(error))")
      return []
    }
    for (line, old) in before { recount(line, from: old) }
    training.loop?.changed.formUnion(touched)
    review?.reread(touched, of: dataset)
    for (line, old) in before { followMissed(line, from: old) }
    progress.taken += 1
    if imageCount != self.imageCount { requeue() }
    loadSubject()
    return [.record(record, number: progress.taken)]
  }

  /// Who did it and when, as it is written into metadata.
  var provenance: Provenance {
    Provenance(
      creationDate: CreationDate.text(secondsSince1970: now),
      jobName: "labeling-job/\(settings.jobName)", isHumanAnnotated: true)
  }

  /// Writes the boxes of the image being worked on.
  mutating func writeBoxes(_ boxes: [Subject.ShownBox], summary: String) -> [Effect] {
    guard let subject, boxes != subject.boxes else { return [] }
    guard let facts else {
      message = .problem("the image is not loaded, so its boxes can't be changed")
      return []
    }
    let known = Set(subject.boxes.map(\.label))
    if let label = boxes.first(where: { !known.contains($0.label) })?.label, isUncounted(label) {
      return []
    }
    let space = settings.boxSpace
    let written = boxes.map { Subject.written($0, facts: facts, boxSpace: space) }
    let size = space == .stored ? facts.storedSize : facts.uprightSize
    do {
      let bytes: [UInt8]
      var provenance = provenance
      provenance.adjustment = review?.adjustment(
        of: written, mark: subject.entry.mark, at: subject.line)
      if written.isEmpty {
        bytes = try subject.entry.removingAttribute(settings.attribute)
      } else {
        bytes = try subject.entry.settingBoxes(
          written, of: settings.attribute,
          imageSize: ImageSize(width: size.width, height: size.height, depth: 3),
          classIDs: classIDs, provenance: provenance)
      }
      return commit(summary, line: subject.line, bytes: bytes)
    } catch {
      message = .problem(error.message)
      return []
    }
  }

  /// The labels with their ids: as in the manifest; one without an id has its place in the list,
  /// or the next id where that is taken.
  var classIDs: ClassIDs {
    var ids = survey.classIDs
    for (place, label) in labels.enumerated() where ids.id(for: label) == nil {
      if !ids.note(label, id: place) { ids.add(label) }
    }
    return ids
  }

  // MARK: Undo

  /// Takes the last edit back and shows where it was.
  mutating func undo() -> [Effect] {
    if draft != nil {
      draft = nil
      return []
    }
    guard let edit = dataset.history.undoable else {
      message = .note("nothing to undo")
      return []
    }
    // A decision is undone where it was taken.
    if review?.decisions.last?.historyLength == dataset.history.position { return takeBack() }
    return retrace(.undo, edit: edit, word: "undone")
  }

  /// Does the last edit taken back again, and shows where it is.
  mutating func redo() -> [Effect] {
    guard let edit = dataset.history.redoable else {
      message = .note("nothing to redo")
      return []
    }
    return retrace(.redo, edit: edit, word: "done again")
  }

  private mutating func retrace(_ record: JournalRecord, edit: Edit, word: String) -> [Effect] {
    canvas.selection = nil
    review?.selection = nil
    var effects = take(record)
    guard !effects.isEmpty else { return [] }
    retraceLabels(record)
    reopen(edit.lines)
    if let line = edit.splices.last?.line { effects += go(toLine: line) }
    focusOnItem()
    message = .note("\(word): \(edit.summary)")
    return effects
  }
}
