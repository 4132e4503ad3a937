extension Scoreboard {
  /// The figures of each label, in the order of the labels.
  ///
  /// - Complexity: O(labels × blocks).
  public var labelFigures: [LabelFigures] {
    labels.indices.map { label in
      LabelFigures(
        label: label, name: labels[label], threshold: thresholds[label], counts: counts(of: label),
        imageCount: curves[label].imageCount, curve: curveFigures[label])
    }
  }

  /// The figures of the whole dataset.
  public var overall: OverallFigures { OverallFigures(labelFigures) }

  /// What counts for and against a label.
  ///
  /// - Parameters:
  ///   - label: The label.
  ///   - threshold: From which confidence on predictions count; nil for the label's own.
  /// - Returns: The counts.
  public func counts(of label: Int, from threshold: Double? = nil) -> Counts {
    curves[label].counts(
      from: threshold ?? thresholds[label], prefixes: curves[label].prefixes)
  }

  /// Which labels are taken for which.
  ///
  /// - Complexity: O(labels + cells that aren't 0).
  public var confusion: ConfusionMatrix {
    ConfusionMatrix(labels.indices.map { counts(of: $0) }, confusions: tally.confusions)
  }

  /// The surest label of each image against its own, whatever the threshold; for image-level labels.
  ///
  /// An image that has several labels and another for its surest is in a cell for each of them.
  /// Images without labels are left out; the column of the background is for images that nothing
  /// was predicted of.
  public var surestConfusion: ConfusionMatrix {
    ConfusionMatrix(labelCount: labels.count, values: tally.surest)
  }

  /// In how many labelled images the surest label is one of theirs: top-1; for image-level labels.
  public var surestHits: Counts {
    Counts(truePositives: tally.hits, falseNegatives: tally.labelled - tally.hits)
  }

  /// How many errors of a kind there are.
  ///
  /// - Parameters:
  ///   - kind: The kind; the label of a missed truth counts, of all others the prediction's.
  ///   - label: The label; nil for all.
  /// - Returns: The number of errors.
  public func errorCount(_ kind: ErrorKind, of label: Int? = nil) -> Int {
    if let label { return tally.errors(kind, of: label) }
    return labels.indices.reduce(0) { $0 + tally.errors(kind, of: $1) }
  }

  /// Interpolated precision at the recalls 0, 0.01 … 1, at the IoU of the rules.
  ///
  /// - Parameter label: The label; nil for the mean over labels that have truths.
  /// - Returns: 101 precisions; nil without truths.
  public func precisionByRecall(of label: Int? = nil) -> [Double]? {
    if let label {
      return curves[label].interpolatedPrecisions(at: 0, prefixes: curves[label].prefixes)
    }
    let all = labels.indices.compactMap { precisionByRecall(of: $0) }
    guard !all.isEmpty else { return nil }
    return (0..<LabelCurve.recallCount).map { place in
      all.reduce(0) { $0 + $1[place] } / Double(all.count)
    }
  }

  /// What counts for and against at thresholds from 0 to 1 in equal steps.
  ///
  /// - Parameters:
  ///   - label: The label; nil for the sums over all.
  ///   - steps: The number of steps, one less than that of thresholds; at least 1.
  /// - Returns: The thresholds with their counts.
  public func countsByThreshold(
    of label: Int? = nil, steps: Int = 100
  ) -> [(threshold: Double, counts: Counts)] {
    let chosen = label.map { [$0] } ?? Array(labels.indices)
    let prefixes = chosen.map { curves[$0].prefixes }
    return (0...max(steps, 1)).map { step in
      let threshold = Double(step) / Double(max(steps, 1))
      let counts = zip(chosen, prefixes).map { label, prefixes in
        curves[label].counts(from: threshold, prefixes: prefixes)
      }
      return (threshold, counts.reduce(Counts(), +))
    }
  }

  /// How often predictions of about the same confidence are right, whatever the threshold.
  ///
  /// - Parameters:
  ///   - label: The label; nil for all.
  ///   - bins: The number of bins, of equal width from 0 to 1.
  /// - Returns: The bins, of the least sure first.
  /// - Complexity: O(predictions).
  public func reliability(of label: Int? = nil, bins: Int = 10) -> [ReliabilityBin] {
    var filled = Array(repeating: ReliabilityBin(), count: max(bins, 1))
    for label in label.map({ [$0] }) ?? Array(labels.indices) { curves[label].fill(&filled) }
    return filled
  }

  /// What counts for and against at the thresholds, by size: a truth's, or a false prediction's.
  ///
  /// - Parameter label: The label; nil for all.
  /// - Returns: The bins that have something.
  /// - Complexity: O(predictions + images).
  public func countsBySize(of label: Int? = nil) -> [SizeBin: Counts] {
    var bins = Array(repeating: Counts(), count: SizeBin.allCases.count)
    for label in label.map({ [$0] }) ?? Array(labels.indices) {
      curves[label].fill(&bins, from: thresholds[label])
    }
    // All truths are taken for missed at first: those found aren't.
    for size in bins.indices { bins[size].falseNegatives = -bins[size].truePositives }
    for score in scores {
      for truth in score.truths where truth.role == .counted {
        if let label, Int(truth.label) != label { continue }
        bins[Int(truth.size.rawValue)].falseNegatives += 1
      }
    }
    let filled = zip(SizeBin.allCases, bins).filter { $0.1 != Counts() }
    return Dictionary(uniqueKeysWithValues: filled.map { ($0, $1) })
  }
}
