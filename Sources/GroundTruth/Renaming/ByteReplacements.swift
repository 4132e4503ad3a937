/// Ranges of a line's bytes that are to be replaced; everything else keeps its bytes.
struct ByteReplacements {
  /// The ranges, which don't overlap, and what comes in their places.
  private(set) var all: [(range: Range<Int>, bytes: [UInt8])] = []

  /// Replaces a range, which overlaps none given before.
  mutating func replace(_ range: Range<Int>, by bytes: [UInt8]) {
    all.append((range, bytes))
  }

  /// The line after the replacements.
  ///
  /// - Complexity: O(length + *n* log *n*).
  func applied(to line: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(line.count)
    var at = 0
    for (range, bytes) in all.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      out += line[at..<range.lowerBound]
      out += bytes
      at = range.upperBound
    }
    return out + line[at...]
  }
}
