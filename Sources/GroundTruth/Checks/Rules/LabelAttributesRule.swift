/// A line has a label attribute with its metadata, or says nothing of its image at all.
enum LabelAttributesRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    guard line.attributes.isEmpty else { return }
    if line.strays.isEmpty {
      verdict.add(.unannotated)
      verdict.outcome = .ignored
    } else {
      verdict.add(.noLabelAttributes)
    }
  }
}
