extension LabelCurve {
  /// What counts for and against with predictions that are no less sure than a threshold.
  ///
  /// - Complexity: O(log blocks + block).
  func counts(from threshold: Double, prefixes: [LevelCounts]) -> Counts {
    let place = firstBlock { points in points.last.map { $0.confidence < threshold } ?? true }
    var found = Int(prefixes[place].found[0])
    var counted = Int(prefixes[place].counted[0])
    if place < blocks.count {
      for point in blocks[place].points {
        guard point.confidence >= threshold else { break }
        found += point.flags.found(0)
        counted += point.flags.counted(0)
      }
    }
    return Counts(
      truePositives: found, falsePositives: counted - found, falseNegatives: support - found)
  }

  /// The threshold at which F1 is greatest, the greatest of several; nil if nothing is found.
  ///
  /// Thresholds are confidences of predictions; equally sure ones are never parted.
  ///
  /// - Complexity: O(blocks), and the points of those blocks that may hold it.
  func bestThreshold(prefixes: [LevelCounts]) -> Double? {
    guard support > 0 else { return nil }
    // F1 after a block is reached somewhere, if equally sure points don't go on behind it.
    var known = Ratio(0, 1)
    for place in blocks.indices where endsGroup(blocks[place].points.count - 1, in: place) {
      known = max(known, f1(prefixes[place + 1].found[0], prefixes[place + 1].counted[0]))
    }
    var best = Ratio(0, 1)
    var threshold: Double?
    for place in blocks.indices {
      var (found, counted) = (prefixes[place].found[0], prefixes[place].counted[0])
      let gain = blocks[place].counts.found[0]
      let bound = f1(found + gain, counted + gain)
      guard !(bound < known), best < bound else { continue }
      for (index, point) in blocks[place].points.enumerated() {
        found += Int32(point.flags.found(0))
        counted += Int32(point.flags.counted(0))
        let value = f1(found, counted)
        if best < value, endsGroup(index, in: place) {
          (best, threshold) = (value, point.confidence)
        }
      }
    }
    return threshold
  }

  /// Whether the point after one is less sure, so that a threshold can lie between.
  private func endsGroup(_ index: Int, in place: Int) -> Bool {
    let points = blocks[place].points
    let next =
      index + 1 < points.count
      ? points[index + 1] : (place + 1 < blocks.count ? blocks[place + 1].points.first : nil)
    return next.map { $0.confidence < points[index].confidence } ?? true
  }

  /// F1 of that many found truths among that many predictions.
  private func f1(_ found: Int32, _ counted: Int32) -> Ratio {
    Ratio(2 * Int(found), Int(counted) + support)
  }

  /// Visits the images with predictions no less sure than one bound and less sure than another.
  func forEachImage(from low: Double, to high: Double, _ visit: (Int) -> Void) {
    var place = firstBlock { points in points.last.map { $0.confidence < high } ?? true }
    while place < blocks.count {
      for point in blocks[place].points where point.confidence < high {
        guard point.confidence >= low else { return }
        visit(Int(point.image))
      }
      place += 1
    }
  }
}

/// A fraction of whole numbers that are no less than 0, compared exactly.
private struct Ratio: Comparable {
  let part: Int
  let whole: Int

  init(_ part: Int, _ whole: Int) {
    self.part = part
    self.whole = whole
  }

  static func < (first: Ratio, second: Ratio) -> Bool {
    first.part * second.whole < second.part * first.whole
  }

  static func == (first: Ratio, second: Ratio) -> Bool {
    first.part * second.whole == second.part * first.whole
  }
}
