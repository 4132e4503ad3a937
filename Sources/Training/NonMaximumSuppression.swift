public import Evaluation

/// Leaves of boxes that lie on one another the surest, label by label.
public enum NonMaximumSuppression {
  /// The boxes to keep, the surest first.
  ///
  /// - Parameters:
  ///   - boxes: What a network found; boxes that aren't finite, or have no area, are left out.
  ///   - iou: From which overlap on two boxes of a label are taken for the same object.
  ///   - limit: How many to keep at most.
  /// - Returns: The boxes kept; of equally sure ones the first given wins.
  /// - Complexity: O(boxes × kept).
  public static func survivors(
    of boxes: [PredictedBox], iou: Double = 0.5, limit: Int = 300
  ) -> [PredictedBox] {
    let sane = boxes.filter { box in
      let rectangle = box.rectangle
      return box.confidence.isFinite && rectangle.left.isFinite && rectangle.top.isFinite
        && rectangle.width.isFinite && rectangle.height.isFinite && rectangle.width > 0
        && rectangle.height > 0
    }
    let order = sane.indices.sorted { (sane[$1].confidence, $0) < (sane[$0].confidence, $1) }
    var kept: [PredictedBox] = []
    var byLabel: [Int: [Rectangle]] = [:]
    for place in order {
      guard kept.count < limit else { break }
      let box = sane[place]
      let rivals = byLabel[box.label] ?? []
      if rivals.contains(where: { $0.iou(box.rectangle) > iou }) { continue }
      kept.append(box)
      byLabel[box.label, default: []].append(box.rectangle)
    }
    return kept
  }
}
