import GroundTruth

extension State {
  /// Renames a label everywhere in the manifest, as one edit.
  mutating func rename(_ argument: String, canMerge: Bool) -> [Effect] {
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    guard let words = LabelWords.words(of: argument), words.count == 2 else {
      let usage = (canMerge ? CommandLine.renameMerging : .rename).explanation.usage
      message = .problem("write :\(usage), names with spaces in quotes")
      return []
    }
    let (old, new) = (words[0], words[1])
    draft = nil
    do throws(LabelRenamingError) {
      let renaming = try LabelRenaming([(old, new)], in: dataset, canMerge: canMerge)
      let (edit, counts) = renaming.edit(of: dataset)
      let before = labels
      let place = dataset.history.position
      // What could be done again is forgotten with this edit, and so are its labels.
      renamings = renamings.filter { $0.key < place }
      let effects = take(.edit(edit))
      guard !effects.isEmpty else { return [] }
      renameInList(old, as: new)
      renamings[place] = (before, labels)
      message = .note(
        "\(old) is now \(new): \(Self.describe(counts[old])); u takes it back")
      return effects + [.keepLabel(new)]
    } catch {
      if case .noSuchLabel = error, labels.contains(old) {
        return renameUnused(old, as: new, canMerge: canMerge)
      }
      let wayOut = if case .labelExists = error { " (:rename! makes them one)" } else { "" }
      message = .problem("\(error)\(wayOut)")
      return []
    }
  }

  /// Renames a label that is only in the list so far.
  private mutating func renameUnused(_ old: String, as new: String, canMerge: Bool) -> [Effect] {
    guard canMerge || !labels.contains(new) else {
      message = .problem("\(LabelRenamingError.labelExists(new)) (:rename! makes them one)")
      return []
    }
    renameInList(old, as: new)
    message = .note("\(old) is now \(new); nothing had the label")
    return [.keepLabel(new)]
  }

  /// Follows an undo or redo: the list has the labels, in their order, of that time.
  mutating func retraceLabels(_ record: JournalRecord) {
    let place = record == .undo ? dataset.history.position : dataset.history.position - 1
    if let renaming = renamings[place] {
      let (from, to) =
        record == .undo
        ? (renaming.after, renaming.before) : (renaming.before, renaming.after)
      // Labels added meanwhile stay.
      replaceLabels(with: to + labels.filter { !from.contains($0) && !to.contains($0) })
    }
    // A renaming of an earlier sitting brings back names that the list no longer has.
    for label in survey.labels where label.imageCount > 0 && !labels.contains(label.name) {
      labels.append(label.name)
    }
  }

  private mutating func renameInList(_ old: String, as new: String) {
    for place in clipboard.indices where clipboard[place].label == old {
      clipboard[place].label = new
    }
    if lastBox?.label == old { lastBox?.label = new }
    guard let place = labels.firstIndex(of: old) else { return }
    var changed = labels
    if changed.contains(new) { changed.remove(at: place) } else { changed[place] = new }
    let next = labels.indices.contains(nextLabel) ? labels[nextLabel] : nil
    replaceLabels(with: changed)
    if next == old { nextLabel = labels.firstIndex(of: new) ?? nextLabel }
  }

  /// Changes the list; the next box keeps its label where that is still there.
  private mutating func replaceLabels(with changed: [String]) {
    let next = labels.indices.contains(nextLabel) ? labels[nextLabel] : nil
    labels = changed
    nextLabel =
      next.flatMap { changed.firstIndex(of: $0) } ?? max(0, min(nextLabel, changed.count - 1))
  }

  private static func describe(_ count: LabelRenaming.Count?) -> String {
    func counted(_ number: Int, _ one: String, _ many: String) -> String {
      number == 1 ? "1 \(one)" : "\(number) \(many)"
    }
    let boxes = counted(count?.boxCount ?? 0, "box", "boxes")
    let whole = count?.imageLevelCount ?? 0
    let images = counted(count?.lineCount ?? 0, "image", "images")
    let labels = whole > 0 ? ", \(counted(whole, "image-level label", "image-level labels"))" : ""
    return "\(boxes)\(labels) on \(images)"
  }
}
