/// Labels in the order in which they come, each name once.
struct LabelList {
  private(set) var labels: [LabeledDataset.Label] = []
  private var names: Set<String> = []

  init(_ names: [String] = []) {
    for name in names { add(name) }
  }

  /// Adds a label at the end if its name is new.
  mutating func add(_ name: String, id: Int? = nil) {
    if names.insert(name).inserted { labels.append(.init(name: name, id: id)) }
  }

  /// A dataset's labels, those that its images use and its list forgot at the end.
  init(of dataset: LabeledDataset) {
    for label in dataset.labels { add(label.name, id: label.id) }
    for image in dataset.images {
      for box in image.boxes { add(box.label) }
      for label in image.imageLabels { add(label.label) }
    }
  }
}
