/// A filter over entries: terms that must all hold.
///
///     label:RBC -is:verified size<32 "name with spaces"
public struct Query: Hashable, Sendable {
  /// A condition, or its opposite.
  public struct Term: Hashable, Sendable {
    /// What is asked.
    public let condition: Condition
    /// Whether the opposite is asked (`-`).
    public let isNegated: Bool

    /// Creates a term.
    public init(_ condition: Condition, isNegated: Bool = false) {
      self.condition = condition
      self.isNegated = isNegated
    }
  }

  /// How numbers are compared.
  public enum Comparison: String, CaseIterable, Hashable, Sendable {
    /// At most.
    case atMost = "<="
    /// At least.
    case atLeast = ">="
    /// Less.
    case less = "<"
    /// More.
    case more = ">"
    /// The same.
    case equal = "="
  }

  /// What can be asked of an entry by `is:`.
  public enum Property: String, CaseIterable, Hashable, Sendable {
    /// Neither labelled nor looked at and found empty.
    case unlabelled
    /// With a box in the truth attribute or an image-level label that is no prediction.
    case labelled
    /// Looked at by a human, nothing there.
    case empty
    /// Found right by a person.
    case verified
    /// Put off.
    case skipped
    /// Flagged.
    case flagged
    /// Left out of the dataset.
    case excluded
    /// With an attribute that a model wrote.
    case predicted
    /// Labelled by a model, and vouched for by nobody yet.
    case automatic = "auto"
    /// With a prediction that is right.
    case truePositive = "tp"
    /// With a prediction of what isn't there.
    case falsePositive = "fp"
    /// With something that no prediction found.
    case falseNegative = "fn"
    /// Where prediction and truth differ.
    case mismatch
  }

  /// What can be asked of an entry.
  public indirect enum Condition: Hashable, Sendable {
    /// It has a label that fits, on a box of the truth attribute or as a whole; predictions don't
    /// count.
    case label(Glob)
    /// It has a property.
    case property(Property)
    /// The shorter side of one of its boxes compares so, in pixels.
    case size(Comparison, Double)
    /// The number of its boxes compares so.
    case boxes(Comparison, Double)
    /// The score of one of its predictions compares so.
    case score(Comparison, Double)
    /// The overlap of one of its predictions with the truth compares so.
    case overlap(Comparison, Double)
    /// Its file name fits; its whole `source-ref` where the pattern has a `/`.
    case name(Glob)
    /// Its flag's note holds a text.
    case note(String)
    /// Its file name holds a text; its whole `source-ref` where the text has a `/`.
    case word(String)
  }

  /// The terms, all of which must hold; none hold for everything.
  public let terms: [Term]

  /// Creates a query from terms.
  public init(terms: [Term] = []) { self.terms = terms }
}

extension Query.Condition {
  /// Whether predictions must be matched with the truth to tell.
  public var needsPredictions: Bool {
    switch self {
    case .score, .overlap: true
    case .property(let property):
      [.truePositive, .falsePositive, .falseNegative, .mismatch].contains(property)
    default: false
    }
  }
}
