/// What is wrong with a term of a query.
public struct QueryError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// A quote is opened and not closed.
    case openQuote
    /// A `-` stands before nothing.
    case nothingToNegate
    /// No term is called that.
    case unknownTerm(String)
    /// The term needs something after its colon or comparison.
    case missingValue(String)
    /// `is:` doesn't know the property.
    case unknownProperty(String)
    /// A number is wanted.
    case notANumber(String)
    /// The term must be compared (`size<32`), not given (`size:32`).
    case comparisonExpected(String)
    /// The term can only be answered where predictions are at hand.
    case needsPredictions
  }

  /// The term as it was typed.
  public let term: String
  /// Where the term starts in the query, in characters from 0.
  public let offset: Int
  /// What is wrong.
  public let reason: Reason

  /// Creates an error.
  public init(term: String, offset: Int, reason: Reason) {
    self.term = term
    self.offset = offset
    self.reason = reason
  }

  /// What is wrong and what to do, in one sentence.
  public var message: String {
    switch reason {
    case .openQuote: "\(term): the quote isn't closed; add a \" at its end"
    case .nothingToNegate: "- needs a term right after it, as in -is:verified"
    case .unknownTerm(let name):
      "\(term): there is no term “\(name)”; use "
        + Query.vocabulary.map(\.name).joined(separator: ", ") + ", or quote the word"
    case .missingValue(let name): "\(term): say what “\(name)” is to be, without a space"
    case .unknownProperty(let name):
      "\(term): there is no “is:\(name)”; use "
        + Query.Property.allCases.map(\.rawValue).joined(separator: ", ")
    case .notANumber(let text): "\(term): “\(text)” isn't a number; write one such as 32 or 0.5"
    case .comparisonExpected(let name):
      "\(term): compare “\(name)” by <, <=, >, >= or =, as in \(name)<1"
    case .needsPredictions:
      "\(term): this needs predictions; open the dataset for review with some"
    }
  }
}

extension QueryError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
