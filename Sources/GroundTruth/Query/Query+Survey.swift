extension Query {
  /// The lines of a dataset that answer to all terms.
  ///
  /// Terms about states, labels and numbers of boxes are answered from the survey. Lines are only
  /// read for the others, and only those that the survey doesn't rule out.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - survey: Its counts; lines that it hasn't counted, or that are no entries, are left out.
  /// - Returns: The lines from 0, ascending.
  /// - Throws: `QueryError.Reason.needsPredictions`, as `matches` does without predictions.
  /// - Complexity: O(lines), or O(bytes) where lines must be read.
  public func lines(
    of dataset: Dataset, countedBy survey: Survey
  ) throws(QueryError) -> [Int] {
    try checkAnswerable()
    let tests = terms.map { SurveyTest($0, survey: survey) }
    let certain = tests.filter { !$0.needsLine }
    let others = tests.filter(\.needsLine)
    let truth = Array(survey.truth.utf8)
    var lines: [Int] = []
    func isCandidate(_ line: Int) -> Bool {
      let summary = survey.summaries[line]
      return summary.state.isImage
        && certain.allSatisfy { $0.holds(summary) }
    }
    let counted = 0..<min(survey.summaries.count, dataset.count)
    if others.isEmpty { return counted.filter(isCandidate) }
    dataset.forEachLine(in: counted) { line, bytes in
      guard isCandidate(line) else { return }
      let fields = LineFields(bytes, truth: truth)
      let summary = survey.summaries[line]
      var entry: Entry?
      let isMatch = others.allSatisfy { test in
        if let holds = test.holds(summary, fields, bytes) { return holds }
        entry = entry ?? (try? Entry(line: bytes.indices.map { bytes[$0] }))
        let query = Query(terms: [test.term])
        return entry.map { (try? query.matches($0, truth: survey.truth)) ?? false } ?? false
      }
      if isMatch { lines.append(line) }
    }
    return lines
  }
}

/// A term made ready for many lines.
private struct SurveyTest {
  private enum Question {
    /// Has all these bits.
    case state(EntryState)
    /// Has one of these labels.
    case labels(LabelIndexes)
    case boxes((Double) -> Bool)
    case size((Double) -> Bool)
    /// The file's name, or the whole `source-ref`, fits.
    case name(ByteGlob, isWhole: Bool)
    /// The note of the flag, which only an entry tells.
    case note
    case never
  }

  let term: Query.Term
  private let question: Question

  init(_ term: Query.Term, survey: Survey) {
    self.term = term
    switch term.condition {
    case .property(let property): question = property.state.map { .state($0) } ?? .never
    case .label(let glob):
      var fitting = LabelIndexes()
      for label in survey.labels where glob.matches(label.name) { fitting.insert(label.index) }
      question = .labels(fitting)
    case .boxes(let sign, let number): question = .boxes { sign.holds($0, number) }
    case .size(let sign, let number): question = .size { sign.holds($0, number) }
    case .name(let glob):
      question = .name(ByteGlob(glob), isWhole: glob.pieces.contains { $0.contains("/") })
    case .word(let text):
      question = .name(ByteGlob(Glob(pieces: ["", text, ""])), isWhole: text.contains("/"))
    case .note: question = .note
    case .score, .overlap: question = .never
    }
  }

  var needsLine: Bool {
    switch question {
    case .state, .labels, .boxes, .never: false
    case .size, .name, .note: true
    }
  }

  /// Whether the term holds, for one that the summary answers.
  func holds(_ summary: EntrySummary) -> Bool {
    let holds =
      switch question {
      case .state(let state): summary.state.isSuperset(of: state)
      case .labels(let labels): summary.labels.intersects(labels)
      case .boxes(let test): test(Double(summary.boxCount))
      default: false
      }
    return holds != term.isNegated
  }

  /// Whether the term holds; nil if only the entry tells.
  func holds(_ summary: EntrySummary, _ fields: LineFields, _ bytes: Span<UInt8>) -> Bool? {
    let holds: Bool?
    switch question {
    case .name(let glob, let isWhole):
      let text = fields.sourceRef
      let whole = text.lowerBound + 1..<max(text.lowerBound + 1, text.upperBound - 1)
      // An escaped slash would hide where the name begins.
      let isEscaped = whole.contains { bytes[$0] == UInt8(ascii: "\\") }
      holds = isEscaped ? nil : glob.matches(bytes, isWhole ? whole : fields.name(bytes))
    case .size(let test): holds = summary.boxCount == 0 ? false : fields.hasBox(bytes, test)
    case .note: holds = summary.state.contains(.flagged) ? nil : false
    default: holds = nil
    }
    return holds.map { $0 != term.isNegated }
  }
}
