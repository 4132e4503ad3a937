extension ImageScore {
  /// A label that a model gave the whole image.
  public struct PredictedLabel: Hashable, Sendable {
    /// The label's place in the list of labels.
    public var label: Int
    /// How sure the model is, 0…1; what is not a number counts as 0.
    public var confidence: Double

    /// Creates a prediction.
    public init(label: Int, confidence: Double) {
      self.label = label
      self.confidence = confidence
    }
  }

  /// Compares labels for the whole image.
  ///
  /// A label that is predicted twice counts once, with its greater confidence.
  ///
  /// - Parameters:
  ///   - truthLabels: The labels that people gave it; each counts once.
  ///   - predictions: The labels that a model gave it.
  public init(truthLabels: [Int], predictions: [PredictedLabel]) {
    let given = predictions
    isImageLevel = true
    self.predictions = []
    truths = []
    var truthByLabel: [Int: Int] = [:]
    for label in truthLabels where truthByLabel[label] == nil {
      truthByLabel[label] = truths.count
      truths.append(Truth(label: Int32(label), role: .counted, size: .larger))
    }
    var seen: Set<Int> = []
    for place in Self.ranking(given.map(\.confidence)) {
      let rank = Int32(self.predictions.count)
      var prediction = Prediction(
        confidence: Self.confidence(given[place].confidence), label: Int32(given[place].label),
        place: Int32(place), flags: OutcomeFlags(size: .larger))
      if !seen.insert(given[place].label).inserted {
        for level in 0..<OutcomeFlags.levels { prediction.flags.find(at: level, counts: false) }
      } else if let truth = truthByLabel[given[place].label] {
        for level in 0..<OutcomeFlags.levels { prediction.flags.find(at: level, counts: true) }
        (prediction.truth, prediction.iou) = (Int32(truth), 1)
        truths[truth].finder = rank
      } else {
        prediction.flags.kind = truths.isEmpty ? .background : .classification
        for truth in truths.indices.prefix(Self.linkLimit) {
          links.append(Link(prediction: rank, truth: Int32(truth), iou: 1))
        }
      }
      self.predictions.append(prediction)
    }
  }
}
