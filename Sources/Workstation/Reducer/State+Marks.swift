import GroundTruth
import Raster

extension State {
  /// Says that the image is right as it is, and goes on; with nothing labelled, that nothing is
  /// there.
  mutating func verify() -> [Effect] {
    if review != nil { return acceptHere() }
    guard let subject else { return [] }
    let isNothing = subject.boxes.isEmpty && subject.imageLabels.isEmpty
    if isNothing, facts == nil {
      // Nobody can say that nothing is there before there is a picture to look at.
      message =
        pictures[subject.line]?.failure == nil
        ? .note("wait for the picture: then Space says that nothing is there")
        : .problem("without a picture nobody can say what is there: s skips, D leaves it out")
      return []
    }
    do {
      let bytes = try verified(subject)
      let effects = commit(
        isNothing ? "verify: nothing there" : "verify", line: subject.line, bytes: bytes)
      guard queue.line(offset: 1) != nil else {
        message = .note("verified; this is the last image")
        return effects
      }
      return effects + step(by: 1)
    } catch {
      message = .problem(error.message)
      return []
    }
  }

  private func verified(_ subject: Subject) throws(ManifestError) -> [UInt8] {
    let entry = try vouched(subject).vouchingForImageLabels(provenance)
    var mark = entry.mark
    mark.isVerified = true
    mark.isSkipped = false
    return try entry.settingMark(mark)
  }

  /// The entry with a person vouching for its boxes, or for there being none.
  private func vouched(_ subject: Subject) throws(ManifestError) -> Entry {
    let entry = subject.entry
    let set = entry.boxSet(settings.attribute)
    if set?.isHumanAnnotated == true { return entry }
    if let set, !set.boxes.isEmpty {
      return try Entry(
        line: entry.vouching(for: set.attribute, creationDate: provenance.creationDate))
    }
    guard subject.imageLabels.isEmpty, settings.task == .boxes,
      let facts = pictures[subject.line]?.facts
    else { return entry }
    let size = settings.boxSpace == .stored ? facts.storedSize : facts.uprightSize
    return try Entry(
      line: entry.settingBoxes(
        [], of: settings.attribute,
        imageSize: ImageSize(width: size.width, height: size.height, depth: 3),
        classIDs: classIDs, provenance: provenance))
  }

  /// Changes what is said of the whole image.
  ///
  /// - Parameters:
  ///   - summary: What undo calls it.
  ///   - step: Whether to go on to the next image if the mark is now set.
  ///   - change: What changes.
  /// - Returns: The effects.
  mutating func changeMark(
    _ summary: String, step: Bool, _ change: (inout Mark) -> Void
  )
    -> [Effect]
  {
    guard let subject else { return [] }
    var mark = subject.entry.mark
    change(&mark)
    do {
      let effects = commit(
        summary, line: subject.line, bytes: try subject.entry.settingMark(mark))
      let isSet = step ? mark.isSkipped : mark.isExcluded
      message = .note(isSet ? "\(summary); u takes it back" : "\(summary): taken back")
      guard step, isSet, queue.line(offset: 1) != nil else { return effects }
      let skipped = subject.entry.sourceRef.lastPathComponent
      let more = self.step(by: 1)
      message = .note("skipped \(skipped); u takes it back")
      return effects + more
    } catch {
      message = .problem(error.message)
      return []
    }
  }

  /// Asks for the note of a flag; a flagged image has its note to change, or to clear.
  mutating func askForNote() {
    guard let subject else { return }
    overlay = .prompt(Prompt(purpose: .note, line: LineEditor(subject.entry.mark.flag ?? "")))
    message = .note(
      subject.entry.mark.flag == nil
        ? "Enter flags the image, with or without a note"
        : "Enter changes the note; - takes the flag away")
  }

  /// Flags the image with a note; `-` takes the flag away.
  mutating func setNote(_ text: String) -> [Effect] {
    let note = text.trimmingSpaces
    let effects = changeMark(note == "-" ? "unflag" : "flag", step: false) {
      $0.flag = note == "-" ? nil : note
    }
    message = .note(note == "-" ? "flag taken away" : "flagged; is:flagged finds it again")
    return effects
  }
}
