/// Labels about to get other names everywhere in a dataset, or to become one.
///
/// A label is renamed wherever it names a class: in the class maps of bounding-box attributes and
/// of Ground Truth's arrays of labels, and as the class name of image-level labels, in truth and
/// predictions alike. An attribute `image-label_<label>` is renamed with its label. Ids don't move:
/// a renamed label keeps its id, and labels that become one have the id of the one that had the
/// name (else of the first given).
public struct LabelRenaming: Sendable {
  /// How often a label is renamed.
  public struct Count: Hashable, Sendable {
    /// How many lines change for it.
    public internal(set) var lineCount = 0
    /// How many boxes have it, in all attributes.
    public internal(set) var boxCount = 0
    /// How often it stands for a whole image.
    public internal(set) var imageLevelCount = 0
  }

  /// The new names by the old ones.
  public let names: [String: String]
  /// The new names that are the label of other boxes or images already.
  public let mergedNames: Set<String>
  /// What is known of the labels concerned before the renaming.
  let census: LabelCensus

  /// Makes ready to rename labels, all at once: `a` and `b` may swap names.
  ///
  /// - Parameters:
  ///   - names: Old and new names.
  ///   - dataset: Where the labels are.
  ///   - canMerge: Whether a new name may be one that another label has, or gets too.
  /// - Throws: `LabelRenamingError`.
  /// - Complexity: O(bytes).
  public init(
    _ names: [(old: String, new: String)], in dataset: Dataset, canMerge: Bool = false
  ) throws(LabelRenamingError) {
    var news: [String: String] = [:]
    for (old, new) in names {
      guard old != new, news.updateValue(new, forKey: old) == nil else { throw .renamedTwice(old) }
      guard !new.isEmpty, new.count <= 256, !new.contains(where: \.isNewline) else {
        throw .unusableName(new)
      }
    }
    let census = LabelCensus(of: Set(names.flatMap { [$0.old, $0.new] }), in: dataset)
    var merged: Set<String> = []
    var taken: Set<String> = []
    for (old, new) in names {
      guard census.labels.contains(old) else { throw .noSuchLabel(old) }
      let isTaken = census.labels.contains(new) && news[new] == nil
      if isTaken || !taken.insert(new).inserted { merged.insert(new) }
    }
    if !canMerge, let name = names.map(\.new).first(where: merged.contains) {
      throw .labelExists(name)
    }
    self.names = news
    mergedNames = merged
    self.census = census
    var ids: [String: Int] = [:]
    for new in merged {
      let owner =
        news[new] == nil && census.labels.contains(new)
        ? new : names.first { $0.new == new }?.old
      ids[new] = owner.flatMap { census.ids[$0] }
    }
    mergedIDs = ids
  }

  /// The ids of the labels that come to stand for several, where box attributes give one.
  let mergedIDs: [String: Int]

  /// The edit that renames the labels on all lines, and how often each is found.
  ///
  /// - Complexity: O(bytes); holds the changed part of each line.
  public func edit(of dataset: Dataset) -> (edit: Edit, counts: [String: Count]) {
    var splices: [Splice] = []
    var counts: [String: Count] = [:]
    for index in 0..<dataset.count {
      let line = dataset.line(at: index)
      guard let new = renamed(line, counting: &counts) else { continue }
      splices.append(Splice(line: index, from: line, to: new))
    }
    return (Edit(summary: summary, splices: splices), counts)
  }

  /// What is done, in a few words.
  public var summary: String {
    let words = names.sorted { $0.key < $1.key }.map { "\($0.key) to \($0.value)" }
    let shown = words.prefix(3).joined(separator: ", ")
    let more = words.count > 3 ? " and \(words.count - 3) more" : ""
    return "rename \(shown)\(more)"
  }
}
