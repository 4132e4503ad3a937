/// Some box of a line is valid, or there are none and the line is ignored.
enum AnnotationsRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    var (hasImageLabel, hasBoxes, hasValidBox) = (false, false, false)
    var (emptySets, humanEmptySets) = (0, 0)
    for (index, attribute) in line.attributes.enumerated() where !attribute.isVoid {
      if attribute.kind == .imageLabel { hasImageLabel = true }
      guard attribute.kind == .boxes else { continue }
      if attribute.boxes.isEmpty {
        emptySets += 1
        if attribute.isHuman { humanEmptySets += 1 }
        verdict.add(.noAttributeAnnotations, attribute: index)
      } else {
        hasBoxes = true
        for place in attribute.boxes where !line.boxes[place].isVoid { hasValidBox = true }
      }
    }
    if hasBoxes {
      guard !hasValidBox else { return }
      verdict.add(.noValidAnnotations)
      if !hasImageLabel { verdict.outcome = .invalid }
    } else if !hasImageLabel, verdict.outcome == .valid {
      // No label is left: nobody gave one, or rules voided the attributes.
      guard emptySets > 0 else {
        verdict.outcome = .invalid
        return
      }
      verdict.add(humanEmptySets > 0 ? .noAnnotations : .unannotated)
      verdict.outcome = .ignored
    }
  }
}
