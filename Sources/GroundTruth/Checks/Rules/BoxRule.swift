/// A box lies within the image and is large enough after the service has scaled the image down.
///
/// Only the box is lost, not the line.
enum BoxRule {
  /// Numbers that were added up may be off by this much, in pixels.
  private static let tolerance = 1e-6

  static func judge(_ line: inout CheckedLine, into verdict: inout Verdict) {
    for index in line.attributes.indices where line.attributes[index].kind == .boxes {
      let attribute = line.attributes[index]
      for place in attribute.boxes {
        let box = line.boxes[place]
        let annotation = place - attribute.boxes.lowerBound
        if !Self.isWithin(box, width: attribute.width, height: attribute.height) {
          verdict.add(.invalidBox, attribute: index, annotation: annotation)
        } else if Self.isTooSmall(box, width: attribute.width, height: attribute.height) {
          verdict.add(.boxTooSmall, attribute: index, annotation: annotation)
        } else {
          continue
        }
        line.boxes[place].isVoid = true
      }
    }
  }

  /// Whether a box has no negative value and ends within a frame; touching its edge is fine.
  static func isWithin(_ box: CheckedBox, width: Double, height: Double) -> Bool {
    box.left >= 0 && box.top >= 0 && box.width >= 0 && box.height >= 0
      && box.left + box.width <= width + tolerance && box.top + box.height <= height + tolerance
  }

  /// Whether a side isn't more than one pixel long once the longer side of the image has at most
  /// 1280; whether both must be is not documented.
  static func isTooSmall(_ box: CheckedBox, width: Double, height: Double) -> Bool {
    let scale = min(1, Limits.longestSide / max(width, height, 1))
    return min(box.width, box.height) * scale <= 1
  }
}
