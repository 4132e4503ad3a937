extension LabelCurve {
  /// Adds the predictions to bins of equal width by their confidence.
  ///
  /// - Complexity: O(points).
  func fill(_ bins: inout [ReliabilityBin]) {
    for block in blocks {
      for point in block.points where point.flags.counted(0) == 1 {
        let share = min(max(point.confidence, 0), 1)
        let place = min(Int(share * Double(bins.count)), bins.count - 1)
        bins[place].add(share, isFound: point.flags.found(0) == 1)
      }
    }
  }

  /// Adds predictions that are no less sure than a threshold to bins, one for each ``SizeBin``.
  ///
  /// - Complexity: O(points).
  func fill(_ bins: inout [Counts], from threshold: Double) {
    for block in blocks {
      for point in block.points where point.flags.counted(0) == 1 {
        guard point.confidence >= threshold else { return }
        if point.flags.found(0) == 1 {
          bins[Int(point.flags.size.rawValue)].truePositives += 1
        } else {
          bins[Int(point.flags.size.rawValue)].falsePositives += 1
        }
      }
    }
  }
}
