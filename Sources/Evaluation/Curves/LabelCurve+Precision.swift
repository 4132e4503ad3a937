extension LabelCurve {
  /// The number of recalls that average precision is the mean over: 0, 0.01 … 1, as in COCO.
  static let recallCount = 101

  /// Interpolated precision at the recalls 0, 0.01 … 1; nil without truths.
  ///
  /// At each recall it is the greatest precision at that recall or a greater one, 0 where the recall
  /// isn't reached. (`COCOeval.accumulate`)
  ///
  /// - Parameters:
  ///   - level: The level of matching.
  ///   - prefixes: The curve's own ``prefixes``.
  /// - Returns: The 101 precisions.
  /// - Complexity: O(points) at worst; a few blocks for each recall where precision falls.
  func interpolatedPrecisions(at level: Int, prefixes: [LevelCounts]) -> [Double]? {
    guard support > 0, let total = prefixes.last?.found[level] else { return nil }
    var precisions = Array(repeating: 0.0, count: Self.recallCount)
    var best = 0.0
    var end = Int(total) + 1
    for place in precisions.indices.reversed() {
      let start = Self.foundCount(reaching: place, of: support)
      guard start <= total else { continue }
      if start < end {
        best = greatestPrecision(
          whereFound: start..<end, at: level, prefixes: prefixes, butNoLessThan: best)
        end = start
      }
      precisions[place] = best
    }
    return precisions
  }

  /// The mean of interpolated precision over 101 recalls; nil without truths.
  func averagePrecision(at level: Int, prefixes: [LevelCounts]) -> Double? {
    interpolatedPrecisions(at: level, prefixes: prefixes).map {
      $0.reduce(0, +) / Double(Self.recallCount)
    }
  }

  /// The least number of found truths whose share is no less than a recall.
  ///
  /// The recalls are those of numpy's `linspace`, `i * 0.01`, and the share is a quotient of
  /// doubles, so that equal ones are equal in pycocotools too.
  private static func foundCount(reaching place: Int, of support: Int) -> Int {
    let recall = place == recallCount - 1 ? 1 : Double(place) * 0.01
    var count = Int((recall * Double(support)).rounded())
    while count > 0, Double(count - 1) / Double(support) >= recall { count -= 1 }
    while Double(count) / Double(support) < recall { count += 1 }
    return count
  }

  /// The greatest precision where so many truths are found, if it exceeds one that is known.
  private func greatestPrecision(
    whereFound range: Range<Int>, at level: Int, prefixes: [LevelCounts],
    butNoLessThan known: Double
  ) -> Double {
    var best = known
    var place = firstBlock(reaching: range.lowerBound, at: level, prefixes: prefixes)
    while place < blocks.count, prefixes[place].found[level] < range.upperBound {
      var found = Int(prefixes[place].found[level])
      var counted = Int(prefixes[place].counted[level])
      let gain = Int(blocks[place].counts.found[level])
      // No point can be better than if all that find something came first.
      if Double(found + gain) / Double(max(counted + gain, 1)) > best {
        for point in blocks[place].points {
          found += point.flags.found(level)
          counted += point.flags.counted(level)
          let precision = Double(found) / Double(max(counted, 1))
          if range.contains(found), precision > best { best = precision }
        }
      }
      place += 1
    }
    return best
  }

  /// The first block after which so many truths are found.
  private func firstBlock(reaching count: Int, at level: Int, prefixes: [LevelCounts]) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if prefixes[middle + 1].found[level] >= count { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
