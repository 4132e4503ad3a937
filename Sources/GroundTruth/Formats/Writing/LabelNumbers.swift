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
    var names: [String] = []
    var ids: [String: Int] = [:]
    var taken: Set<Int> = []
    var seen: Set<String> = []
    for label in dataset.labels where seen.insert(label.name).inserted {
      names.append(label.name)
      if let id = label.id, id >= 0, taken.insert(id).inserted { ids[label.name] = id }
    }
    for image in dataset.images {
      for name in image.boxes.lazy.map(\.label) where seen.insert(name).inserted {
        names.append(name)
      }
      for name in image.imageLabels.lazy.map(\.label) where seen.insert(name).inserted {
        names.append(name)
      }
    }
    // After the highest number; in the gaps if a file used that up.
    let highest = taken.max() ?? first - 1
    var next = highest < Int.max - names.count ? highest + 1 : first
    for name in names where ids[name] == nil {
      while !taken.insert(next).inserted { next += 1 }
      ids[name] = next
    }
    idsByName = ids
    labels = names.map { ($0, ids[$0] ?? 0) }
  }

  /// The number of a label.
  subscript(name: String) -> Int { idsByName[name] ?? 0 }
}
