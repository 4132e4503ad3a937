import GroundTruth

/// Completion of the filter query's last term.
enum FilterCompletion {
  /// The queries that a typed one may become.
  static func completions(of text: String, labels: [String]) -> [String] {
    let start = text.lastIndex(of: " ").map { text.index(after: $0) } ?? text.startIndex
    let before = text[..<start]
    let term = text[start...]
    let sign = term.first == "-" ? "-" : ""
    let word = term.dropFirst(sign.count)
    let terms = Query.completions + labels.map { "label:" + quoted($0) }
    return terms.filter { $0.hasPrefix(word) }.map { before + sign + $0 }
  }

  private static func quoted(_ label: String) -> String {
    label.contains(" ") ? "\"\(label)\"" : label
  }
}
