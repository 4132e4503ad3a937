/// A label has 1 to 256 characters.
enum LabelNameRule {
  static func judge(
    _ line: inout CheckedLine, in bytes: Span<UInt8>, into verdict: inout Verdict
  ) {
    for index in line.attributes.indices where !line.attributes[index].isVoid {
      for place in line.attributes[index].classes {
        let range = line.classes[place].label
        // Few bytes are few characters.
        if (3...Limits.labelLength + 2).contains(range.count) { continue }
        let length = ByteText.length(bytes, range)
        if (1...Limits.labelLength).contains(length) { continue }
        verdict.add(.labelNameLength, attribute: index, "It has \(length) characters.")
        line.attributes[index].isVoid = true
        break
      }
    }
  }
}
