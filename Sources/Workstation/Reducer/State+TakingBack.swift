import GroundTruth

extension State {
  /// Takes the last decision back and goes there.
  mutating func takeBack() -> [Effect] {
    guard review != nil else {
      sayNoPredictions()
      return []
    }
    while let last = review?.decisions.last {
      let length = dataset.history.position
      if let own = last.historyLength {
        if own > length {
          // It was undone already.
          review?.decisions.removeLast()
          continue
        }
        guard own == length else {
          message = .note("something else was done since: u takes that back first")
          return []
        }
      }
      review?.decisions.removeLast()
      return takeBack(last)
    }
    guard let edit = dataset.history.undoable, edit.isDecision else {
      message = .note("no decision to take back")
      return []
    }
    return undo()
  }

  private mutating func takeBack(_ decision: TakenDecision) -> [Effect] {
    var effects: [Effect] = []
    if decision.historyLength != nil {
      let summary = dataset.history.undoable?.summary ?? ""
      let lines = dataset.history.undoable?.lines ?? []
      effects = take(.undo)
      guard !effects.isEmpty else { return [] }
      reopen(lines)
      message = .note("taken back: \(summary); \(leftText)")
    } else {
      message = .note("taken back")
    }
    if review?.done[safe: decision.position] == true,
      queue.lines[safe: decision.position] == decision.line
    {
      review?.done[decision.position] = false
      review?.left += 1
    }
    let said = message
    effects +=
      queue.lines[safe: decision.position] == decision.line
      ? go(to: decision.position) : go(toLine: decision.line)
    message = said
    focusOnItem()
    if let selection = decision.selection { review?.selection = selection }
    return effects
  }
}

extension Edit {
  /// Whether it is a decision on predictions, by what it is called.
  fileprivate var isDecision: Bool {
    let kinds = ["accept", "reject", "relabel", "adjust", "verify", "judge"]
    return kinds.contains { summary.hasPrefix($0) }
  }
}
