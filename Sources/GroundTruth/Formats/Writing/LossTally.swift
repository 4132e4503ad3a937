/// What a format can hold of a dataset.
struct Holdings {
  /// Boxes with a label.
  var boxes = false
  /// Labels for the whole image, and how many at most on one.
  var imageLabels = 0
  /// That people gave a box or a label.
  var truth = true
  /// That a box or a label is a model's.
  var predictions = false
  /// How sure a model is.
  var scores = false
  /// How sure people are.
  var confidences = false
  /// Groups and regions to be ignored.
  var crowds = false
  /// That nobody has looked at an image.
  var unannotated = false
  /// That somebody looked at an image and found nothing.
  var empty = true
  /// Fractions of pixels.
  var fractions = true
  /// The traits of a box.
  var traits: (String) -> Bool = { _ in false }
  /// Labels that no image uses.
  var unusedLabels = false
}

/// Counts what is lost on the way into a format.
struct LossTally {
  private var kinds: [String] = []
  private var counts: [String: Int] = [:]

  /// What is lost, a sentence each with how often.
  var sentences: [String] { kinds.map { "\($0): \(counts[$0] ?? 0)." } }

  /// Counts losses of a kind, which is a sentence without its point.
  mutating func add(_ kind: String, count: Int = 1) {
    guard count > 0 else { return }
    if counts[kind] == nil { kinds.append(kind) }
    counts[kind, default: 0] += count
  }
}

extension LabeledDataset {
  /// The dataset as a format can hold it, and what is lost.
  ///
  /// Predictions are never mixed with truth: a format that can't tell them apart gets the truth
  /// alone, or the predictions of a dataset that has nothing else. What no reader would see, such
  /// as traits, stays in the dataset.
  func reduced(to holdings: Holdings) -> (dataset: LabeledDataset, losses: LossTally) {
    var (dataset, losses) = (self, LossTally())
    dataset.separate(for: holdings, &losses)
    let isStarted = dataset.images.contains(where: \.isAnnotated)
    for index in dataset.images.indices {
      dataset.images[index].reduce(to: holdings, &losses)
      losses.count(dataset.images[index], isStarted: isStarted, holdings)
    }
    if !holdings.unusedLabels {
      losses.add("Labels that no image uses are left out", count: unusedLabels.count)
    }
    return (dataset, losses)
  }

  /// Leaves predictions beside truth out where a format can't tell them apart.
  private mutating func separate(for holdings: Holdings, _ losses: inout LossTally) {
    let (truth, predictions) = (truthCount, predictionCount)
    if !holdings.truth { losses.add("What people said becomes predictions", count: truth) }
    if holdings.truth, holdings.predictions { return }
    if truth == 0 {
      if !holdings.predictions { losses.add("Predictions become truth", count: predictions) }
    } else {
      losses.add("Predictions beside truth are left out", count: predictions)
      removePredictions()
    }
  }

  /// The names of the labels that boxes or images have.
  var usedLabels: Set<String> {
    Set(images.lazy.flatMap { $0.boxes.map(\.label) + $0.imageLabels.map(\.label) })
  }

  /// The labels that no image uses, in their order.
  var unusedLabels: [String] {
    let used = usedLabels
    return labels.map(\.name).filter { !used.contains($0) }
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

extension LabeledImage {
  /// Leaves out the boxes and labels that a format has no place for.
  fileprivate mutating func reduce(to holdings: Holdings, _ losses: inout LossTally) {
    if imageLabels.count > holdings.imageLabels {
      losses.add(
        "Labels of whole images are left out", count: imageLabels.count - holdings.imageLabels)
      imageLabels.removeSubrange(holdings.imageLabels...)
    }
    if !holdings.boxes {
      losses.add("Boxes are left out", count: boxes.count)
      boxes = []
    }
  }
}

extension LossTally {
  /// Counts what is said of an image and a format can't hold.
  ///
  /// - Parameters:
  ///   - image: The image, as far as the format can hold it.
  ///   - isStarted: Whether somebody has looked at any image of the dataset.
  ///   - holdings: What the format can hold.
  fileprivate mutating func count(_ image: LabeledImage, isStarted: Bool, _ holdings: Holdings) {
    for label in image.imageLabels {
      count(label.confidence, isPrediction: label.isPrediction, holdings)
    }
    for box in image.boxes { count(box, holdings) }
    let isBare = image.boxes.isEmpty && image.imageLabels.isEmpty
    // Predictions on it don't say that somebody looked.
    let hasTruth =
      image.boxes.contains { !$0.isPrediction } || image.imageLabels.contains { !$0.isPrediction }
    if !image.isAnnotated, !holdings.unannotated, isBare || (isStarted && !hasTruth) {
      add("Images that nobody looked at become images without anything on them")
    }
    if image.isAnnotated, isBare, !holdings.empty {
      add("Images without anything on them become images that nobody looked at")
    }
  }

  private mutating func count(_ box: LabeledBox, _ holdings: Holdings) {
    count(box.confidence, isPrediction: box.isPrediction, holdings)
    if box.isCrowd, !holdings.crowds { add("Regions to be ignored become boxes") }
    for name in box.traits.keys.sorted() where !holdings.traits(name) {
      add("The trait \(name) is left out")
    }
    if !holdings.fractions, EdgeBox(box).rounded != EdgeBox(box) {
      add("Boxes with fractions of pixels are rounded")
    }
  }

  private mutating func count(
    _ confidence: Double?, isPrediction: Bool, _ holdings: Holdings
  ) {
    guard let confidence else { return }
    if isPrediction {
      if !holdings.scores { add("The confidence of predictions is left out") }
    } else if !holdings.confidences, confidence != 1, confidence != 0 {
      // 1 says nothing, and 0 is what a job with a single worker gives.
      add("The confidence of people is left out")
    }
  }
}
