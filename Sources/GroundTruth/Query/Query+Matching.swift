extension Query {
  /// Whether an entry answers to all terms.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - truth: The bounding-box attribute whose boxes count.
  ///   - predictions: Answers the conditions that need predictions, for a caller that has them.
  /// - Returns: Whether all terms hold; true for a query without terms.
  /// - Throws: `QueryError.Reason.needsPredictions` for a term that only the missing
  ///   `predictions` could answer, whatever the other terms say.
  /// - Complexity: O(boxes × terms).
  public func matches(
    _ entry: Entry, truth: String, predictions: ((Condition) -> Bool)? = nil
  ) throws(QueryError) -> Bool {
    if predictions == nil { try checkAnswerable() }
    let facts = Facts(entry: entry, truth: truth)
    return terms.allSatisfy { term in
      let condition = term.condition
      let holds =
        condition.needsPredictions
        ? predictions?(condition) ?? false : condition.holds(for: facts)
      return holds != term.isNegated
    }
  }

  /// Checks that every term can be answered without predictions.
  ///
  /// - Throws: `QueryError` that points at the first term that can't, its offset counted in
  ///   `description`.
  public func checkAnswerable() throws(QueryError) {
    var offset = 0
    for term in terms {
      if term.condition.needsPredictions {
        throw QueryError(term: term.description, offset: offset, reason: .needsPredictions)
      }
      offset += term.description.count + 1
    }
  }
}

/// What conditions look at.
private struct Facts {
  let entry: Entry
  let boxes: [Box]
  let state: EntryState

  init(entry: Entry, truth: String) {
    self.entry = entry
    boxes = entry.boxSet(truth)?.boxes ?? []
    state = EntryState(of: entry, truth: truth)
  }
}

extension Query.Condition {
  fileprivate func holds(for facts: Facts) -> Bool {
    let entry = facts.entry
    switch self {
    case .label(let glob):
      return Set(facts.boxes.map(\.label)).contains(where: glob.matches)
        || entry.truthImageLabels.contains(where: glob.matches)
    case .property(let property):
      return property.state.map(facts.state.isSuperset) ?? false
    case .size(let sign, let number):
      return facts.boxes.contains { sign.holds($0.shorterSide, number) }
    case .boxes(let sign, let number): return sign.holds(Double(facts.boxes.count), number)
    case .name(let glob):
      let isWhole = glob.pieces.contains { $0.contains("/") }
      return isWhole ? glob.matches(entry.sourceRef) : glob.matches(entry.name)
    case .note(let text): return entry.mark.flag?.holds(text) ?? false
    case .word(let text):
      return text.contains("/") ? entry.sourceRef.holds(text) : entry.name.holds(text)
    case .score, .overlap: return false
    }
  }
}

extension Query.Property {
  /// The bit that answers it; `nil` where predictions must.
  var state: EntryState? {
    switch self {
    case .unlabelled: .unlabelled
    case .labelled: .labelled
    case .empty: .empty
    case .verified: .verified
    case .skipped: .skipped
    case .flagged: .flagged
    case .excluded: .excluded
    case .predicted: .predicted
    case .automatic: .automatic
    case .truePositive, .falsePositive, .falseNegative, .mismatch: nil
    }
  }
}

extension Query.Comparison {
  /// Whether a value compares so with a limit.
  public func holds(_ value: Double, _ limit: Double) -> Bool {
    switch self {
    case .less: value < limit
    case .atMost: value <= limit
    case .more: value > limit
    case .atLeast: value >= limit
    case .equal: value == limit
    }
  }
}

extension StringProtocol {
  /// Whether the text holds another, letter case aside.
  fileprivate func holds(_ text: String) -> Bool {
    Array(lowercased())[...].firstIndex(of: Array(text.lowercased())) != nil
  }
}
