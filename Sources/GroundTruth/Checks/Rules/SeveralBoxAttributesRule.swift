/// A line has one bounding-box attribute: with more, as after an adjustment job, the service
/// trains on all of them.
enum SeveralBoxAttributesRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    var count = 0
    for attribute in line.attributes where attribute.kind == .boxes {
      count += 1
    }
    if count > 1 { verdict.add(.severalBoxAttributes, "It has \(count).") }
  }
}
