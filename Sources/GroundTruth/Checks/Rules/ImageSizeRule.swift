/// The size that an attribute with boxes states is one that the service takes.
enum ImageSizeRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    for (index, attribute) in line.attributes.enumerated()
    where attribute.kind == .boxes && !attribute.boxes.isEmpty {
      if Self.isAllowed(attribute.width) && Self.isAllowed(attribute.height) { continue }
      verdict.add(
        .invalidImageDimension, attribute: index,
        "image_size is \(Self.text(attribute.width))×\(Self.text(attribute.height)).")
      verdict.outcome = .invalid
    }
  }

  static func isAllowed(_ side: Double) -> Bool {
    side >= Double(Limits.side.lowerBound) && side <= Double(Limits.side.upperBound)
  }

  private static func text(_ side: Double) -> String {
    Int(exactly: side).map(String.init) ?? "\(side)"
  }
}
