/// Labels in the order in which they come, each name and each number once.
struct LabelList {
  /// The labels so far.
  private(set) var labels: [LabeledDataset.Label] = []
  private var places: [String: Int] = [:]
  private var numbers: Set<Int> = []

  /// Starts from labels in the order of their numbers, from 0.
  init(_ names: [String] = []) {
    for name in names where places[name] == nil { add(name, id: labels.count) }
  }

  /// A dataset's labels, those that its images use and its list forgot at the end.
  init(of dataset: LabeledDataset) {
    for label in dataset.labels { add(label.name, id: label.id) }
    for image in dataset.images {
      for box in image.boxes { add(box.label) }
      for label in image.imageLabels { add(label.label) }
    }
  }

  /// Adds a label if its name is new, and its number if it has none and no other label has it.
  ///
  /// - Returns: Whether the label has that number now; true if none was given.
  @discardableResult
  mutating func add(_ name: String, id: Int? = nil) -> Bool {
    if places[name] == nil {
      places[name] = labels.count
      labels.append(LabeledDataset.Label(name: name))
    }
    guard let id, let place = places[name] else { return true }
    if labels[place].id == id { return true }
    guard labels[place].id == nil, numbers.insert(id).inserted else { return false }
    labels[place].id = id
    return true
  }
}

extension Import {
  /// What a reader gathered; `tellsWhoLooked` if the files state whether a person looked.
  init(
    labels: LabelList, images: [LabeledImage], notes: NoteList, tellsWhoLooked: Bool = false
  ) {
    var dataset = LabeledDataset(labels: labels.labels, images: images)
    if !tellsWhoLooked { dataset.settleWhoLooked() }
    self.init(dataset: dataset, notes: notes.sentences)
  }
}

extension LabeledDataset {
  /// Files that hold nothing but what a model found don't say that a person looked at any image.
  mutating func settleWhoLooked() {
    guard truthCount == 0, predictionCount > 0 else { return }
    for index in images.indices { images[index].isAnnotated = false }
  }
}
