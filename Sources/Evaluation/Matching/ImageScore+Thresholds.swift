extension ImageScore {
  /// The prediction that found a truth, if it is sure enough.
  func finder(of truth: Truth, at thresholds: Thresholds) -> Prediction? {
    guard truth.finder >= 0 else { return nil }
    let finder = predictions[Int(truth.finder)]
    return finder.confidence >= thresholds[Int(finder.label)] ? finder : nil
  }

  /// Whether a truth counts and nothing that is sure enough found it.
  func isMissed(_ truth: Int, at thresholds: Thresholds) -> Bool {
    guard truths[truth].role == .counted else { return false }
    let finder = Int(truths[truth].finder)
    // A finder has the truth's label.
    return finder < 0 || predictions[finder].confidence < thresholds[Int(truths[truth].label)]
  }

  /// Missed truths, each with the surest prediction that is too far off or has another label.
  func explanations(at thresholds: Thresholds) -> [(rank: Int, truth: Int)] {
    var pairs: [(rank: Int, truth: Int)] = []
    var taken: Set<Int> = []
    for rank in predictions.indices where predictions[rank].truth >= 0 {
      let kind = predictions[rank].flags.kind
      let truth = Int(predictions[rank].truth)
      guard kind == .localisation || kind == .classification,
        predictions[rank].confidence >= thresholds[Int(predictions[rank].label)],
        isMissed(truth, at: thresholds), taken.insert(truth).inserted
      else { continue }
      pairs.append((rank, truth))
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
