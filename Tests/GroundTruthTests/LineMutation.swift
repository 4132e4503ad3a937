/// Changes to manifest lines that leave many of them valid.
enum LineMutation {
  private static let values: [[UInt8]] = [
    "0", "1", "-3", "1.5", "1e400", "\"1\"", "\"\"", "\"yes\"", "\"no\"", "null", "true", "[]",
    "{}",
    "[1]", "{\"1\":\"cat\"}", "\"groundtruth/object-detection\"",
    "\"groundtruth/image-classification\"", "\"groundtruth/image-classification-multilabel\"",
  ].map { Array($0.utf8) }

  private static let names: [[UInt8]] = [
    "a", "a-metadata", "bounding-box", "bounding-box-metadata", "type", "class-map", "class-name",
    "annotations", "objects", "left", "class_id", "human-annotated", "reticle", "verified", "flag",
    "source-ref", "source", "creation-date", "caf\\u00e9", "é",
  ].map { Array("\"\($0)\"".utf8) }

  /// A line with up to three changes: of bytes, or of whole names and values.
  static func mutated(_ line: [UInt8], _ random: inout some RandomNumberGenerator) -> [UInt8] {
    var line = line
    for _ in 0..<Int.random(in: 0...3, using: &random) where !line.isEmpty {
      let at = Int.random(in: 0..<line.count, using: &random)
      switch Int.random(in: 0..<9, using: &random) {
      case 0: line[at] = UInt8.random(in: 0...255, using: &random)
      case 1: line.insert(UInt8(ascii: " "), at: at)
      case 2: line.removeSubrange(at..<min(line.count, at + 3))
      case 3, 4: replaceString(&line, at, by: names.randomElement(using: &random) ?? [])
      case 5: replaceString(&line, at, by: values.randomElement(using: &random) ?? [])
      case 6:
        // A member more, wherever one may stand.
        guard let open = line[at...].firstIndex(of: UInt8(ascii: "{")) else { continue }
        let name = names.randomElement(using: &random) ?? []
        let value = values.randomElement(using: &random) ?? []
        let isLast = open + 1 < line.count && line[open + 1] == UInt8(ascii: "}")
        line.insert(contentsOf: name + [0x3A] + value + (isLast ? [] : [0x2C]), at: open + 1)
      default:
        // Another number in the place of one.
        let digits = line[at...].firstIndex { $0 &- 0x30 < 10 }
        if let digits { line[digits] = UInt8.random(in: 0x30...0x39, using: &random) }
      }
    }
    return line
  }

  /// Puts something in the place of the next string.
  private static func replaceString(_ line: inout [UInt8], _ at: Int, by new: [UInt8]) {
    guard let start = line[at...].firstIndex(of: UInt8(ascii: "\"")),
      let end = line[(start + 1)...].firstIndex(of: UInt8(ascii: "\""))
    else { return }
    line.replaceSubrange(start...end, with: new)
  }
}
