import Cells
import GroundTruth

extension State {
  /// Sends a command on the whole dataset on its way.
  mutating func ask(for action: DatasetCommand.Action, _ argument: String) -> [Effect] {
    guard !mustWait() else { return [] }
    let columns = layout.reading.columns - 4
    guard let command = DatasetCommand(action, argument, columns: columns) else {
      message = .problem("a quote is not closed")
      return []
    }
    if action == .merge, let reason = settings.readOnlyReason {
      message = .problem(reason)
      return []
    }
    message = .note("\(action.rawValue)…")
    return [.perform(command, dataset)]
  }

  /// Takes what a command on the whole dataset came to.
  mutating func take(_ outcome: DatasetOutcome, of command: DatasetCommand) -> [Effect] {
    switch outcome {
    case .report(let lines): show(lines, title: command.action.rawValue)
    case .done(let text): message = .note(text)
    case .change(let added, let edit, let report):
      return change(adding: added, edit, report: report, title: command.action.rawValue)
    }
    return []
  }

  /// Opens a report, unless the person is at something else meanwhile.
  private mutating func show(_ lines: [String], title: String) {
    notices += lines
    guard overlay == nil, draft == nil else {
      message = .note("\(title) is done; i shows what it found")
      return
    }
    message = nil
    overlay = .report(title: title, lines: lines, scroll: 0)
  }

  private mutating func change(
    adding added: Int, _ edit: Edit, report: [String], title: String
  ) -> [Effect] {
    guard !edit.splices.isEmpty else {
      message = .note("nothing new: the manifest has all of it")
      return []
    }
    // Made on the dataset as it was asked for: whoever went on labelling meanwhile asks again.
    let first = dataset.count
    var changed = dataset
    do throws(EditError) {
      if added > 0 { try changed.perform(.append(Array(repeating: [], count: added))) }
      try changed.perform(.edit(edit))
    } catch {
      message = .problem("the manifest was changed meanwhile; ask for \(title) again")
      return []
    }
    var effects: [Effect] = []
    if added > 0 {
      effects += take(.append(Array(repeating: [], count: added)))
      for line in first..<dataset.count { survey.append(dataset.line(at: line)) }
    }
    effects += take(.edit(edit))
    let known = Set(labels)
    labels += survey.labels.map(\.name).filter { !known.contains($0) }
    show(report + ["", "u takes it back"], title: title)
    return effects
  }

  /// Brings the queue up to date after lines became images, or ceased to be.
  mutating func requeue() {
    guard !isCounting else { return }
    var lines: [Int] = []
    if !queue.filterText.isEmpty, let query = try? Query(queue.filterText) {
      lines = linesMatching(query)
    }
    if lines.isEmpty {
      queue.filterText = ""
      lines = workableLines
    }
    rebuildQueue(lines)
  }
}
