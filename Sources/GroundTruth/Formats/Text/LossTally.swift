/// What a format can hold of a dataset.
struct Holdings {
  /// Boxes with a label.
  var boxes = false
  /// Labels for the whole image, and how many at most on one.
  var imageLabels = 0
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

  /// Counts one loss of a kind, which is a sentence without its point.
  mutating func add(_ kind: String, count: Int = 1) {
    guard count > 0 else { return }
    if counts[kind] == nil { kinds.append(kind) }
    counts[kind, default: 0] += count
  }

  /// Counts what a dataset has and a format can't hold.
  init(of dataset: LabeledDataset, into holdings: Holdings) {
    for image in dataset.images {
      countLabels(of: image, holdings)
      for box in image.boxes where holdings.boxes { count(box, holdings) }
      if !holdings.boxes { add("Boxes are left out", count: image.boxes.count) }
      let isBare = image.boxes.isEmpty && image.imageLabels.isEmpty
      if isBare, !image.isAnnotated, !holdings.unannotated {
        add("Images that nobody looked at become images without anything on them")
      }
      if isBare, image.isAnnotated, !holdings.empty {
        add("Images without anything on them become images that nobody looked at")
      }
    }
    if !holdings.unusedLabels {
      add("Labels that no image uses are left out", count: Self.unusedLabels(of: dataset))
    }
  }

  private mutating func countLabels(of image: LabeledImage, _ holdings: Holdings) {
    let held = min(image.imageLabels.count, holdings.imageLabels)
    add("Labels of whole images are left out", count: image.imageLabels.count - held)
    for label in image.imageLabels.prefix(held) {
      if label.isPrediction, !holdings.predictions { add("Predicted labels become truth") }
      countConfidence(label.confidence, isPrediction: label.isPrediction, holdings)
    }
  }

  private mutating func count(_ box: LabeledBox, _ holdings: Holdings) {
    if box.isPrediction, !holdings.predictions { add("Predicted boxes become truth") }
    countConfidence(box.confidence, isPrediction: box.isPrediction, holdings)
    if box.isCrowd, !holdings.crowds { add("Regions to be ignored become boxes") }
    for name in box.traits.keys.sorted() where !holdings.traits(name) {
      add("The trait \(name) is left out")
    }
    if !holdings.fractions, EdgeBox(box).rounded != EdgeBox(box) {
      add("Boxes with fractions of pixels are rounded")
    }
  }

  private mutating func countConfidence(
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

  private static func unusedLabels(of dataset: LabeledDataset) -> Int {
    var used: Set<String> = []
    for image in dataset.images {
      used.formUnion(image.boxes.lazy.map(\.label))
      used.formUnion(image.imageLabels.lazy.map(\.label))
    }
    return dataset.labels.count { !used.contains($0.name) }
  }
}
