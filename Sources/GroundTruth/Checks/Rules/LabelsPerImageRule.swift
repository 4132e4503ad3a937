/// An image has at most 50 boxes, and at most 50 image-level labels.
enum LabelsPerImageRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    var imageLabels = 0
    for (index, attribute) in line.attributes.enumerated() where !attribute.isVoid {
      if attribute.kind == .imageLabel { imageLabels += 1 }
      guard attribute.boxes.count > Limits.labelsPerImage else { continue }
      verdict.add(.tooManyBoxes, attribute: index, "It has \(attribute.boxes.count).")
      verdict.outcome = .invalid
    }
    if imageLabels > Limits.labelsPerImage {
      verdict.add(.tooManyImageLabels, "It has \(imageLabels).")
      verdict.outcome = .invalid
    }
  }
}
