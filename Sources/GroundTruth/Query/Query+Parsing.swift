extension Query {
  /// Reads a query as typed.
  ///
  /// - Throws: `QueryError` that points at the first term that can't be read.
  /// - Complexity: O(length).
  public init(_ text: String) throws(QueryError) {
    var terms: [Term] = []
    for token in try QueryToken.tokens(of: text) {
      let isNegated = token.letters.first.map { $0.scalar == "-" && !$0.isQuoted } ?? false
      let letters = isNegated ? token.letters.dropFirst() : token.letters[...]
      do throws(Failure) {
        if letters.isEmpty { throw Failure(isNegated ? .nothingToNegate : .missingValue("\"\"")) }
        terms.append(Term(try Condition(letters), isNegated: isNegated))
      } catch {
        throw QueryError(term: token.text, offset: token.offset(in: text), reason: error.reason)
      }
    }
    self.init(terms: terms)
  }
}

/// What is wrong, before it is known where.
private struct Failure: Error {
  let reason: QueryError.Reason

  init(_ reason: QueryError.Reason) { self.reason = reason }
}

extension Query.Condition {
  /// Reads a term without its sign.
  fileprivate init(_ letters: ArraySlice<QueryToken.Letter>) throws(Failure) {
    let end = letters.firstIndex { !$0.isQuoted && ":<>=".unicodeScalars.contains($0.scalar) }
    guard let end else {
      // A star in a bare word can only be meant as a pattern.
      let isPattern = letters.contains { $0.scalar == "*" && !$0.isQuoted }
      self = isPattern ? .name(letters.glob) : .word(letters.string)
      return
    }
    let name = letters[..<end].string
    if letters[end].scalar == ":" {
      try self.init(name, value: letters[(end + 1)...])
    } else {
      try self.init(name, comparison: letters[end...])
    }
  }

  private init(_ name: String, value: ArraySlice<QueryToken.Letter>) throws(Failure) {
    let text = value.string
    if Query.comparedTerms.contains(name.lowercased()) { throw Failure(.comparisonExpected(name)) }
    guard ["label", "is", "name", "note"].contains(name.lowercased()) else {
      throw Failure(.unknownTerm(name))
    }
    if text.isEmpty { throw Failure(.missingValue(name)) }
    switch name.lowercased() {
    case "label": self = .label(value.glob)
    case "name": self = .name(value.glob)
    case "note": self = .note(text)
    default:
      // The other spelling is common enough to be understood.
      let spelling = text.lowercased() == "unlabeled" ? "unlabelled" : text.lowercased()
      guard let property = Query.Property(rawValue: spelling == "labeled" ? "labelled" : spelling)
      else { throw Failure(.unknownProperty(text)) }
      self = .property(property)
    }
  }

  private init(_ name: String, comparison: ArraySlice<QueryToken.Letter>) throws(Failure) {
    guard Query.comparedTerms.contains(name.lowercased()) else {
      throw Failure(.unknownTerm(name))
    }
    let text = comparison.string
    guard let sign = Query.Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }) else {
      throw Failure(.comparisonExpected(name))
    }
    let digits = String(text.dropFirst(sign.rawValue.count))
    if digits.isEmpty { throw Failure(.missingValue(name)) }
    guard let number = Double(digits), number.isFinite else { throw Failure(.notANumber(digits)) }
    switch name.lowercased() {
    case "size": self = .size(sign, number)
    case "boxes": self = .boxes(sign, number)
    case "score": self = .score(sign, number)
    default: self = .overlap(sign, number)
    }
  }
}
