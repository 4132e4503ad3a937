extension JSONStyle {
  /// An array with an element a line.
  func lines(_ elements: [[UInt8]]) -> [UInt8] {
    if elements.isEmpty { return Array("[]".utf8) }
    return Array("[\n".utf8) + elements.joined(separator: Array(",\n".utf8)) + Array("\n]".utf8)
  }

  /// An object with a member a line.
  func lines(_ members: [(name: String, value: [UInt8])]) -> [UInt8] {
    if members.isEmpty { return Array("{}".utf8) }
    let spelt = members.map { JSONText.encode($0.name) + colon + $0.value }
    return Array("{\n".utf8) + spelt.joined(separator: Array(",\n".utf8)) + Array("\n}".utf8)
  }
}

extension JSONText {
  /// A name for the JSON words `true` and `false`.
  static func encode(_ value: Bool) -> [UInt8] { Array((value ? "true" : "false").utf8) }
}
