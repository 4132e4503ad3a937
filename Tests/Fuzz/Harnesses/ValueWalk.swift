import GroundTruth

extension JSONValue {
  /// Holds the cursor to what it promises of a checked value, all the way down.
  ///
  /// Members and elements lie in their container, one behind the other, and each is JSON by
  /// itself that says the same.
  func checkParts() throws(Violation) {
    var end = range.lowerBound + 1
    for member in members ?? [] {
      try expect(member.key.lowerBound >= end, "members follow one another")
      try expect(member.key.upperBound < member.value.range.lowerBound, "a key has a colon")
      try expect(member.isNamed(member.name), "a member has its name")
      end = member.range.upperBound
      try member.value.checkParts()
    }
    if let last = members?.last {
      try expect(self[last.name]?.range == last.value.range, "of a name the last member counts")
    }
    for element in elements ?? [] {
      try expect(element.range.lowerBound >= end, "elements follow one another")
      end = element.range.upperBound
      try element.checkParts()
    }
    if kind == .object || kind == .array {
      try expect(end < range.upperBound, "a container holds its parts")
    } else {
      try checkScalar()
    }
  }

  private func checkScalar() throws(Violation) {
    guard let alone = try? JSONValue(parsing: Array(bytes)) else {
      throw Violation("a value is JSON by itself")
    }
    try expect(alone.range == 0..<bytes.count && alone.kind == kind, "a value keeps its kind")
    try expect(alone.string == string && alone.boolean == boolean, "a value keeps its text")
    try expect(alone.double == double && alone.integer == integer, "a value keeps its number")
    if let string {
      let again = try? JSONValue(parsing: JSONText.encode(string))
      try expect(again?.string.map { Array($0.utf8) } == Array(string.utf8), "text comes back")
    }
    if kind == .number { try checkNumber() }
  }

  private func checkNumber() throws(Violation) {
    let spelling = String(decoding: bytes, as: UTF8.self)
    if let double {
      try expect(Double(spelling) == double, "a number is the nearest there is: \(spelling)")
      let again = try? JSONValue(parsing: JSONNumber.encode(double))
      try expect(again?.double == double, "a number comes back: \(spelling)")
    }
    if let integer, let double {
      try expect(Double(integer) == double, "both readings agree: \(spelling)")
    }
  }
}
