/// Gives predictions their truths as pycocotools does, at several IoUs in one pass.
///
/// Each prediction, the surest first, takes the truth of its label that is still free and has the
/// greatest IoU, at least the one asked for; of equal ones the last. A truth that doesn't count is
/// taken only if none that counts can be. (`COCOeval.evaluateImg`)
struct GreedyMatcher {
  /// A truth that a prediction may take.
  private struct Candidate {
    let truth: Int
    let iou: Double
    let role: TruthBox.Role
  }

  private let truths: [TruthBox]
  private let levels: [Double]
  /// Truths by label, those that count first.
  private let places: [Int]
  /// For each truth, a bit for each level at which it is taken.
  private var taken: [UInt32]
  private var candidates: [Candidate] = []

  /// Begins with all truths free; there are 32 levels at most.
  init(truths: [TruthBox], levels: [Double]) {
    self.truths = truths
    // What pycocotools does so that an IoU of 1 can be asked for.
    self.levels = levels.map { min($0, 1 - 1e-10) }
    places =
      truths.indices.filter { truths[$0].role == .counted }
      + truths.indices.filter { truths[$0].role != .counted }
    taken = Array(repeating: 0, count: truths.count)
  }

  /// Takes truths for the next surest prediction.
  ///
  /// - Parameter prediction: It is less sure than all before it, or as sure.
  /// - Returns: For each level the truth and its IoU; nil where it finds none.
  /// - Complexity: O(truths + candidates × levels).
  mutating func match(_ prediction: PredictedBox) -> [(truth: Int, iou: Double)?] {
    collectCandidates(prediction)
    return levels.indices.map { level in
      guard let best = best(at: level) else { return nil }
      taken[best.truth] |= 1 << UInt32(level)
      return (best.truth, best.iou)
    }
  }

  private mutating func collectCandidates(_ prediction: PredictedBox) {
    candidates.removeAll(keepingCapacity: true)
    for place in places where truths[place].label == prediction.label {
      let truth = truths[place]
      let iou =
        truth.role == .crowd
        ? prediction.rectangle.part(in: truth.rectangle)
        : prediction.rectangle.iou(truth.rectangle)
      if iou > 0 { candidates.append(Candidate(truth: place, iou: iou, role: truth.role)) }
    }
  }

  private func best(at level: Int) -> Candidate? {
    var best: Candidate?
    for candidate in candidates {
      let isTaken = taken[candidate.truth] >> UInt32(level) & 1 == 1
      if isTaken, candidate.role != .crowd { continue }
      if let best, best.role == .counted, candidate.role != .counted { break }
      if candidate.iou >= best?.iou ?? levels[level] { best = candidate }
    }
    return best
  }
}
