/// The number of each label in files that have numbers.
struct LabelNumbers {
  /// The labels in the dataset's order, those used without being listed at the end.
  let labels: [(name: String, id: Int)]
  private let idsByName: [String: Int]

  /// Keeps the numbers that the labels have, and gives the others the next ones.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - first: The first number where no label has one.
  init(_ dataset: LabeledDataset, from first: Int) {
    let known = LabelList(of: dataset).labels
    var ids: [String: Int] = [:]
    for label in known {
      if let id = label.id, id >= 0 { ids[label.name] = id }
    }
    var taken = Set(ids.values)
    // After the highest number; in the gaps if a file used that up.
    let highest = taken.max() ?? first - 1
    var next = highest < Int.max - known.count ? highest + 1 : first
    for label in known where ids[label.name] == nil {
      while !taken.insert(next).inserted { next += 1 }
      ids[label.name] = next
    }
    idsByName = ids
    labels = known.map { ($0.name, ids[$0.name] ?? 0) }
  }

  /// The number of a label.
  subscript(name: String) -> Int { idsByName[name] ?? 0 }
}
