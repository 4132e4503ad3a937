/// The figures of a dataset, kept up to date as single images change.
///
/// After any changes the figures are the same as those of a board made anew, to the last bit.
public struct Scoreboard: Sendable {
  /// The names of the labels; a label is known by its place here.
  public private(set) var labels: [String]
  /// The images in the order that decides between equally sure predictions.
  public private(set) var scores: [ImageScore]
  /// From which confidence on predictions count.
  public private(set) var choice: ThresholdChoice
  /// The same for each label.
  public private(set) var thresholds: Thresholds
  private(set) var curves: [LabelCurve]
  private(set) var curveFigures: [CurveFigures]
  private(set) var tally: Tally

  /// Makes the board of a dataset.
  ///
  /// - Parameters:
  ///   - labels: The names of the labels. All labels of the images are places in it.
  ///   - scores: The images.
  ///   - choice: From which confidence on predictions count.
  /// - Complexity: O(*n* log *n*) in the predictions.
  public init(labels: [String], scores: [ImageScore], choice: ThresholdChoice = .assumed) {
    self.labels = labels
    self.scores = scores
    self.choice = choice
    curves = Self.curves(of: scores, labelCount: labels.count)
    curveFigures = curves.map { CurveFigures($0) }
    thresholds = Self.thresholds(choice, curveFigures)
    tally = Tally(labelCount: labels.count)
    for score in scores { tally.add(score, at: thresholds, times: 1) }
  }

  /// Takes an image's new score in place of the old one.
  ///
  /// - Parameters:
  ///   - score: The new score.
  ///   - image: The image's place.
  /// - Complexity: O(images / 100) for each label whose predictions change, about.
  public mutating func replace(_ score: ImageScore, at image: Int) {
    replace([(image, score)])
  }

  /// Takes the new scores of several images at once.
  ///
  /// - Parameter changes: The images' places and their new scores.
  public mutating func replace(_ changes: [(image: Int, score: ImageScore)]) {
    var touched: Set<Int> = []
    for (image, score) in changes where scores[image] != score {
      tally.add(scores[image], at: thresholds, times: -1)
      exchange(scores[image], for: score, at: image, touching: &touched)
      scores[image] = score
      tally.add(score, at: thresholds, times: 1)
    }
    for label in touched { curveFigures[label] = CurveFigures(curves[label]) }
    if choice == .assumed, !touched.isEmpty { adopt(Self.thresholds(choice, curveFigures)) }
  }

  /// Chooses from which confidence on predictions count.
  ///
  /// - Parameter choice: The choice.
  /// - Complexity: O(predictions between the old thresholds and the new).
  public mutating func choose(_ choice: ThresholdChoice) {
    self.choice = choice
    adopt(Self.thresholds(choice, curveFigures))
  }

  /// Adds a label that no image has yet.
  ///
  /// - Parameter name: Its name.
  /// - Returns: Its place.
  public mutating func addLabel(_ name: String) -> Int {
    labels.append(name)
    curves.append(LabelCurve())
    curveFigures.append(CurveFigures(LabelCurve()))
    tally.addLabel()
    thresholds = Self.thresholds(choice, curveFigures)
    return labels.count - 1
  }

  private static func thresholds(
    _ choice: ThresholdChoice, _ figures: [CurveFigures]
  ) -> Thresholds {
    switch choice {
    case .assumed: Thresholds(0.5, byLabel: figures.map { $0.assumedThreshold ?? 0.5 })
    case .common(let value): Thresholds(value)
    case .given(let values): values
    }
  }

  private static func curves(of scores: [ImageScore], labelCount: Int) -> [LabelCurve] {
    var points: [[CurvePoint]] = Array(repeating: [], count: labelCount)
    var supports = Array(repeating: 0, count: labelCount)
    var imageCounts = supports
    for (image, score) in scores.enumerated() {
      for (label, point) in score.points(image: image) { points[label].append(point) }
      for (label, count) in score.supports {
        supports[label] += count
        imageCounts[label] += 1
      }
    }
    return points.indices.map { label in
      let own = points[label]
      // Free them one by one: with all of them twice in memory there might be too much.
      points[label] = []
      return LabelCurve(own, support: supports[label], imageCount: imageCounts[label])
    }
  }

  /// Changes the curves where an image's predictions or truths change.
  private mutating func exchange(
    _ old: ImageScore, for new: ImageScore, at image: Int, touching touched: inout Set<Int>
  ) {
    let (before, after) = (
      Set(old.points(image: image).map(Labelled.init)),
      Set(new.points(image: image).map(Labelled.init))
    )
    for item in before.subtracting(after) {
      curves[item.label].remove(item.point)
      touched.insert(item.label)
    }
    for item in after.subtracting(before) {
      curves[item.label].insert(item.point)
      touched.insert(item.label)
    }
    let (had, has) = (old.supports, new.supports)
    for label in Set(had.keys).union(has.keys) where had[label] != has[label] {
      curves[label].changeSupport(from: had[label] ?? 0, to: has[label] ?? 0)
      touched.insert(label)
    }
  }

  /// Takes over other thresholds, counting those images anew for which they make a difference.
  private mutating func adopt(_ new: Thresholds) {
    let changed = labels.indices.filter { new[$0] != thresholds[$0] }
    guard !changed.isEmpty else {
      thresholds = new
      return
    }
    // Marked, not collected: visiting the images in their order is several times as fast.
    var isAffected = Array(repeating: false, count: scores.count)
    for label in changed {
      let (low, high) = (
        min(new[label], thresholds[label]), max(new[label], thresholds[label])
      )
      curves[label].forEachImage(from: low, to: high) { isAffected[$0] = true }
    }
    for image in scores.indices where isAffected[image] {
      tally.add(scores[image], at: thresholds, times: -1)
      tally.add(scores[image], at: new, times: 1)
    }
    thresholds = new
  }

  private struct Labelled: Hashable {
    let label: Int
    let point: CurvePoint

    init(_ pair: (label: Int, point: CurvePoint)) {
      label = pair.label
      point = pair.point
    }
  }
}

extension ImageScore {
  /// The image's points with their labels.
  func points(image: Int) -> [(label: Int, point: CurvePoint)] {
    predictions.enumerated().map { rank, prediction in
      (
        Int(prediction.label),
        CurvePoint(
          confidence: prediction.confidence, image: UInt32(image), rank: UInt32(rank),
          flags: prediction.flags)
      )
    }
  }

  /// The number of truths that count of each label that has some.
  var supports: [Int: Int] {
    var supports: [Int: Int] = [:]
    for truth in truths where truth.role == .counted { supports[Int(truth.label), default: 0] += 1 }
    return supports
  }
}
