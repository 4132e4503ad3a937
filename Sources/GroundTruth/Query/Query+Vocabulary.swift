extension Query {
  /// A term as it is offered to someone who types a query.
  public struct Word: Hashable, Sendable {
    /// The term with its colon, or without the comparison that must follow.
    public let name: String
    /// What can follow, if that is a closed list.
    public let values: [String]
    /// What the term asks, in a few words.
    public let summary: String
  }

  /// The terms that are compared with a number.
  static let comparedTerms = ["size", "boxes", "score", "iou"]

  /// All terms, for completion and help.
  public static let vocabulary: [Word] = [
    Word(name: "label:", values: [], summary: "has this label on a box or as a whole; * fits all"),
    Word(
      name: "is:", values: Property.allCases.map(\.rawValue), summary: "is in this state"),
    Word(name: "size", values: signs, summary: "has a box with such a shorter side, in pixels"),
    Word(name: "boxes", values: signs, summary: "has so many boxes"),
    Word(name: "score", values: signs, summary: "has a prediction with such a score, 0…1"),
    Word(name: "iou", values: signs, summary: "has a prediction with such an overlap, 0…1"),
    Word(name: "name:", values: [], summary: "has such a file name; a / looks at the whole path"),
    Word(name: "note:", values: [], summary: "is flagged with a note that holds this"),
  ]

  private static let signs = Comparison.allCases.map(\.rawValue)

  /// What can stand where the last word of a query is being typed.
  ///
  /// - Parameters:
  ///   - text: The query so far.
  ///   - labels: The dataset's labels, offered after `label:`.
  /// - Returns: Whole terms, without the `-` they may be typed with; labels quoted as needed.
  public static func completions(of text: String, labels: [String] = []) -> [String] {
    let word = text.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    let typed = (word.hasPrefix("-") ? word.dropFirst() : word).lowercased()
    let terms = vocabulary.flatMap { word in
      word.name == "label:"
        ? [word.name] + labels.map { Condition.label(Glob(pieces: [$0])).description }
        : word.values.isEmpty ? [word.name] : word.values.map { word.name + $0 }
    }
    return terms.filter { $0.lowercased().hasPrefix(typed) && $0.lowercased() != typed }
  }
}
