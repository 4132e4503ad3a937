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
    var hasEscape = false
    var order = 0
    for offset in 0..<range.count - 2 {
      let byte = bytes[range.lowerBound + 1 + offset]
      if byte == UInt8(ascii: "\\") { hasEscape = true }
      if order == 0 {
        order = offset < newestDate.count ? Int(byte) - Int(newestDate[offset]) : 1
      }
    }
    guard hasEscape || order > 0 else { return }
    noteDate(Array(JSONText.decode(bytes, range).utf8))
  }
}
