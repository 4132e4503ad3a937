public import GroundTruth

/// A `:` line that concerns the whole dataset and takes its time; the program performs it beside
/// the work, with the words that it takes on the command line.
public struct DatasetCommand: Hashable, Sendable {
  /// What is to be done.
  public enum Action: String, CaseIterable, Sendable {
    /// Count what there is.
    case stats
    /// Write a training and a test manifest.
    case split
    /// Take in other manifests.
    case merge
    /// Write the images that answer to a query to a manifest.
    case select
  }

  /// What is to be done.
  public let action: Action
  /// What was typed after it, cut into words.
  public let words: [String]
  /// The query among them: what of `select` is no option; its quotes stay.
  public let query: String
  /// How many columns there are for its report.
  public let columns: Int

  /// Reads what was typed; `nil` if a quote isn't closed.
  init?(_ action: Action, _ text: String, columns: Int) {
    guard let pieces = LabelWords.pieces(of: text) else { return nil }
    self.action = action
    self.columns = columns
    guard action == .select else {
      words = LabelWords.words(of: text) ?? []
      query = ""
      return
    }
    var (terms, options): ([String], [String]) = ([], [])
    var rest = pieces[...]
    while let piece = rest.popFirst() {
      let takesValue = ["-o", "--output", "--attribute"].contains(piece)
      if takesValue || piece.hasPrefix("--") {
        options.append(piece)
        if takesValue, let value = rest.popFirst() { options.append(value) }
      } else {
        terms.append(piece)
      }
    }
    words = options.flatMap { LabelWords.words(of: $0) ?? [] }
    query = terms.joined(separator: " ")
  }
}

/// What a command on the whole dataset came to.
public enum DatasetOutcome: Sendable {
  /// Something to read.
  case report([String])
  /// Something was done outside of the dataset; a sentence on it.
  case done(String)
  /// The dataset is to be changed: so many lines come to its end, which the edit fills.
  case change(added: Int, Edit, report: [String])
}
