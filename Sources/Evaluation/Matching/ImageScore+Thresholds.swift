extension ImageScore {
  /// The prediction that found a truth, if it is sure enough.
  func finder(of truth: Truth, at thresholds: Thresholds) -> Prediction? {
    guard truth.finder >= 0 else { return nil }
    let finder = predictions[Int(truth.finder)]
    return finder.confidence >= thresholds[Int(finder.label)] ? finder : nil
  }

  /// Whether a truth counts and nothing that is sure enough found it.
  func isMissed(_ truth: Int, at thresholds: Thresholds) -> Bool {
    truths[truth].role == .counted && finder(of: truths[truth], at: thresholds) == nil
  }

  /// Missed truths, with the ranks of predictions that are too far off or have another label.
  func explanations(at thresholds: Thresholds) -> [(rank: Int, truth: Int)] {
    var pairs: [(rank: Int, truth: Int)] = []
    for (rank, prediction) in predictions.enumerated() where prediction.truth >= 0 {
      let kind = prediction.flags.kind
      guard kind == .localisation || kind == .classification,
        prediction.confidence >= thresholds[Int(prediction.label)],
        isMissed(Int(prediction.truth), at: thresholds)
      else { continue }
      pairs.append((rank, Int(prediction.truth)))
    }
    return pairs
  }

  /// Missed truths, each with the false prediction of another label that stands for it.
  ///
  /// The surest prediction chooses first, and takes the nearest truth that is left.
  func confusions(at thresholds: Thresholds) -> [(rank: Int, truth: Int)] {
    var pairs: [(rank: Int, truth: Int)] = []
    var taken: Set<Int> = []
    var last: Int32 = -1
    for link in links where link.prediction != last {
      let prediction = predictions[Int(link.prediction)]
      let truth = Int(link.truth)
      guard prediction.confidence >= thresholds[Int(prediction.label)],
        isMissed(truth, at: thresholds), taken.insert(truth).inserted
      else { continue }
      pairs.append((Int(link.prediction), truth))
      last = link.prediction
    }
    return pairs
  }
}
