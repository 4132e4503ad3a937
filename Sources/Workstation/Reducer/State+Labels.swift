import Cells
import GroundTruth

extension State {
  /// A digit: the selected or drawn box's label, the next box's, or an image-level label.
  mutating func chooseLabel(_ slot: Int) -> [Effect] {
    guard let label = labels[safe: slot] else {
      message = .note("there is no label \(slot + 1): c adds one by typing")
      return []
    }
    return choose(label)
  }

  /// Gives a label to whatever asks for one now.
  mutating func choose(_ label: String) -> [Effect] {
    if draft != nil {
      remember(label)
      return setDraft(label: label)
    }
    if let effects = relabelOnSheet(label) { return effects }
    if let effects = relabelSelected(label) { return effects }
    if let selection = canvas.selection, var boxes = subject?.boxes,
      boxes.indices.contains(selection)
    {
      if let reason = settings.readOnlyReason {
        message = .problem(reason)
        return []
      }
      let old = boxes[selection].label
      boxes[selection].label = label
      remember(label)
      return writeBoxes(boxes, summary: "relabel \(old) as \(label)")
    }
    if settings.task == .classification { return toggleImageLabel(label) }
    remember(label)
    message = .note("next box: \(label)")
    return []
  }

  private mutating func remember(_ label: String) {
    nextLabel = labels.firstIndex(of: label) ?? nextLabel
  }

  /// Sets or takes away an image-level label.
  mutating func toggleImageLabel(_ label: String) -> [Effect] {
    guard let subject else { return [] }
    if let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    let isPresent = subject.imageLabels.contains(label)
    if !isPresent, isUncounted(label) { return [] }
    do {
      let bytes =
        isPresent
        ? try subject.entry.removingImageLabel(
          label, provenance: provenance, keepsPredictions: review != nil)
        : try subject.entry.addingImageLabel(
          label, classIDs: classIDs, provenance: provenance, keepsPredictions: review != nil)
      let effects = commit(
        (isPresent ? "unset " : "set ") + label, line: subject.line, bytes: bytes)
      message = .note(isPresent ? "not \(label)" : label)
      return effects
    } catch {
      message = .problem(error.message)
      return []
    }
  }

  /// Adds a label that was typed; `nil`, with the reason said, if it cannot be one.
  mutating func addLabel(_ name: String) -> [Effect]? {
    guard name.count <= 256 else {
      message = .problem("a label has at most 256 characters; this one has \(name.count)")
      return nil
    }
    labels.append(name)
    return [.keepLabel(name)]
  }

  // MARK: The image-level labels' panel

  /// What a command means while the cursor is in the labels; `nil` if what it always means.
  mutating func performInLabels(_ command: Command, cursor: Int) -> [Effect]? {
    let last = max(0, labels.count - 1)
    switch command {
    case .moveUp: overlay = .labels(cursor: max(0, cursor - 1))
    case .moveDown: overlay = .labels(cursor: min(last, cursor + 1))
    case .moveUpFar: overlay = .labels(cursor: max(0, cursor - 10))
    case .moveDownFar: overlay = .labels(cursor: min(last, cursor + 10))
    case .firstImage: overlay = .labels(cursor: 0)
    case .lastImage: overlay = .labels(cursor: last)
    case .confirm, .verify: return labels[safe: cursor].map { toggleImageLabel($0) } ?? []
    case .imageLabels, .nextBox: overlay = nil
    case .moveLeft, .moveRight, .moveLeftFar, .moveRightFar: break
    case .changeLabel: overlay = .picker(Picker(isForImage: true))
    default:
      guard let slot = command.labelSlot else { return nil }
      return labels[safe: slot].map { toggleImageLabel($0) } ?? []
    }
    return []
  }

  // MARK: The picker

  mutating func startPicker() {
    overlay = .picker(Picker())
  }

  /// The labels that a picker's text finds, best first.
  func found(by picker: Picker) -> [String] {
    let query = picker.line.text.trimmingSpaces
    guard !query.isEmpty else { return labels }
    return labels.compactMap { label in
      FuzzyMatch.score(of: query, in: label).map { (label, $0) }
    }.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// Takes a key while a label is looked for.
  mutating func type(_ key: Key, in picker: Picker) -> [Effect] {
    var picker = picker
    let matches = found(by: picker)
    switch (key.code, key.modifiers) {
    case (.escape, _), (.character("c"), .control):
      overlay = nil
      return []
    case (.enter, _): return take(picker, matches: matches)
    case (.up, _), (.character("p"), .control): picker.cursor = max(0, picker.cursor - 1)
    case (.down, _), (.character("n"), .control), (.tab, []): picker.cursor += 1
    default:
      if picker.line.handle(key) { picker.cursor = 0 }
    }
    picker.cursor = min(picker.cursor, max(0, choices(for: picker).count - 1))
    overlay = .picker(picker)
    return []
  }

  /// What the picker offers: the labels found, and the typed name if it is new.
  func choices(for picker: Picker) -> [(name: String, isNew: Bool)] {
    let name = picker.line.text.trimmingSpaces
    let known = found(by: picker).map { (name: $0, isNew: false) }
    return name.isEmpty || labels.contains(name) ? known : known + [(name: name, isNew: true)]
  }

  private mutating func take(_ picker: Picker, matches: [String]) -> [Effect] {
    guard let choice = choices(for: picker)[safe: picker.cursor] else {
      message = .note("type a name; Enter adds it")
      return []
    }
    overlay = nil
    guard let added = choice.isNew ? addLabel(choice.name) : [] else { return [] }
    guard picker.isForImage else { return added + choose(choice.name) }
    overlay = .labels(cursor: place(of: choice.name))
    let isSet = subject?.imageLabels.contains(choice.name) == true
    return added + (isSet ? [] : toggleImageLabel(choice.name))
  }
}
