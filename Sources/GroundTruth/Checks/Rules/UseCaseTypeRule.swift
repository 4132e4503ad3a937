/// An attribute is of one of the two types that the service trains on.
///
/// A verification beside other attributes is only noted: it judges them and holds no labels, so
/// that nothing is lost with it.
enum UseCaseTypeRule {
  static func judge(_ line: inout CheckedLine, into verdict: inout Verdict) {
    var usable = 0
    for index in line.attributes.indices {
      switch line.attributes[index].kind {
      case .boxes, .imageLabel, .untyped: usable += 1
      case .multiLabel, .verification, .other: line.attributes[index].isVoid = true
      }
    }
    for (index, attribute) in line.attributes.enumerated() where attribute.isVoid {
      let isHarmless = attribute.kind == .verification && usable > 0
      verdict.add(
        .unsupportedType, severity: isHarmless ? .warning : .error, attribute: index,
        attribute.kind == .multiLabel ? "It is Ground Truth's multi-label form." : nil)
    }
    if usable == 0, !line.attributes.isEmpty {
      verdict.add(.noValidLabelAttributes)
      verdict.outcome = .invalid
    }
  }
}
