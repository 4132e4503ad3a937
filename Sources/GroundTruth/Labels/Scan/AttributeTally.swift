/// The count of a bounding-box attribute while lines are counted.
struct AttributeTally {
  let name: String
  let isTruth: Bool
  var lineCount = 0
  var humanCount = 0
  /// The latest date as text, in bytes.
  private var newestDate: [UInt8] = []

  init(name: String, isTruth: Bool) {
    self.name = name
    self.isTruth = isTruth
  }

  var count: AttributeCount {
    AttributeCount(
      name: name, lineCount: lineCount, humanCount: humanCount,
      newestDate: String(decoding: newestDate, as: UTF8.self))
  }

  mutating func noteDate(_ date: [UInt8]) {
    if newestDate.lexicographicallyPrecedes(date) { newestDate = date }
  }

  /// Takes a date from where it stands, quotes included; an empty range is none.
  mutating func noteDate(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count > 2 else { return }
    var end = range.lowerBound + 1
    JSONScanner.skipPlain(bytes, &end)
    if end == range.upperBound - 1, !isNewer(bytes, range.lowerBound + 1..<end) { return }
    noteDate(Array(JSONText.decode(bytes, range).utf8))
  }

  /// Whether a date that stands there plainly is after the newest.
  private func isNewer(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for (offset, byte) in newestDate.enumerated() {
      guard offset < range.count else { return false }
      let other = bytes[range.lowerBound + offset]
      if other != byte { return other > byte }
    }
    return range.count > newestDate.count
  }
}
