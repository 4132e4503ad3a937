/// What a dataset may say and a format may be unable to hold.
struct FormatContent: OptionSet {
  let rawValue: Int

  /// Labels for whole images.
  static let imageLabels = FormatContent(rawValue: 1 << 0)
  /// What a model says, told from what people say.
  static let predictions = FormatContent(rawValue: 1 << 1)
  /// Confidences between 0 and 1.
  static let confidences = FormatContent(rawValue: 1 << 2)
  /// Boxes around groups.
  static let crowds = FormatContent(rawValue: 1 << 3)
  /// What else is said of a box.
  static let traits = FormatContent(rawValue: 1 << 4)
  /// Images that nobody has looked at, told from those where nothing is.
  static let unlabelled = FormatContent(rawValue: 1 << 5)
  /// Labels that no image uses.
  static let unusedLabels = FormatContent(rawValue: 1 << 6)
}

extension LabeledDataset {
  /// The dataset as a format can hold it, and what is lost, a sentence each.
  ///
  /// Predictions are never mixed with truth: where the format can't tell them apart, they are left
  /// out. A dataset of predictions alone is written whole.
  func reduced(
    to kept: FormatContent, in format: String
  ) -> (dataset: LabeledDataset, losses: [String]) {
    var (dataset, losses) = (self, [String]())
    func lose(_ count: Int, _ what: String) {
      if count > 0 { losses.append("\(format) can't hold \(what): \(count)") }
    }
    if !kept.contains(.predictions) {
      let count = dataset.predictionCount
      if dataset.truthCount == 0 {
        lose(count, "that labels are predictions; they would look like truth")
      } else {
        lose(count, "predictions beside truth; they would be left out")
        dataset.removePredictions()
      }
    }
    if !kept.contains(.imageLabels) {
      lose(dataset.images.reduce(0) { $0 + $1.imageLabels.count }, "labels for whole images")
      for index in dataset.images.indices { dataset.images[index].imageLabels = [] }
    }
    let boxes = dataset.images.lazy.flatMap(\.boxes)
    if !kept.contains(.confidences) {
      let confidences =
        boxes.compactMap(\.confidence)
        + dataset.images.lazy.flatMap(\.imageLabels).compactMap(\.confidence)
      lose(confidences.count { $0 > 0 && $0 < 1 }, "confidences")
    }
    if !kept.contains(.crowds) { lose(boxes.count { $0.isCrowd }, "that boxes mark groups") }
    if !kept.contains(.traits) { lose(boxes.count { !$0.traits.isEmpty }, "traits of boxes") }
    if !kept.contains(.unlabelled), dataset.images.contains(where: \.isAnnotated) {
      lose(
        dataset.images.count { !$0.isAnnotated },
        "that images are still unlabelled; they would look empty")
    }
    if !kept.contains(.unusedLabels) {
      let used = dataset.usedLabels
      lose(labels.count { !used.contains($0.name) }, "labels that no image uses")
    }
    return (dataset, losses)
  }

  /// The names of the labels that boxes or images have.
  var usedLabels: Set<String> {
    Set(images.lazy.flatMap { $0.boxes.map(\.label) + $0.imageLabels.map(\.label) })
  }

  /// How many boxes and labels people gave.
  var truthCount: Int {
    images.reduce(0) { sum, image in
      sum + image.boxes.count { !$0.isPrediction } + image.imageLabels.count { !$0.isPrediction }
    }
  }

  /// How many boxes and labels models gave.
  var predictionCount: Int {
    images.reduce(0) { sum, image in
      sum + image.boxes.count(where: \.isPrediction)
        + image.imageLabels.count(where: \.isPrediction)
    }
  }

  /// Leaves out what models gave.
  mutating func removePredictions() {
    for index in images.indices {
      images[index].boxes.removeAll(where: \.isPrediction)
      images[index].imageLabels.removeAll(where: \.isPrediction)
    }
  }
}
