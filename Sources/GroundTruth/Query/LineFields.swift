/// Where a line that is known to be an entry has what queries and orders look at.
///
/// Found by walking the line's top-level members; nothing is decoded.
struct LineFields {
  /// The value of `source-ref`, with its quotes.
  private(set) var sourceRef = 0..<0
  /// The value of the truth attribute; empty if there is none.
  private(set) var truth = 0..<0

  /// Finds the fields; of members of one name the last counts.
  init(_ bytes: Span<UInt8>, truth name: [UInt8]) {
    var at = 0
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    while let (key, value) = JSONWalk.nextMember(bytes, &at) {
      if JSONWalk.isKey(bytes, key, "source-ref") {
        sourceRef = value
      } else if key.count == name.count + 2, Self.isSame(bytes, key.lowerBound + 1, name) {
        truth = value
      }
    }
  }

  /// The file's name within `source-ref`, without quotes.
  func name(_ bytes: Span<UInt8>) -> Range<Int> {
    let end = max(sourceRef.lowerBound, sourceRef.upperBound - 1)
    var start = end
    while start > sourceRef.lowerBound + 1, bytes[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return start..<end
  }

  /// Whether a box of the truth attribute has a shorter side that a test holds for.
  ///
  /// `nil` if the boxes can't be told from what was found.
  func hasBox(_ bytes: Span<UInt8>, _ test: (Double) -> Bool) -> Bool? {
    guard !truth.isEmpty, bytes[truth.lowerBound] == UInt8(ascii: "{") else { return nil }
    var at = truth.lowerBound
    var annotations = 0..<0
    while let (key, value) = JSONWalk.nextMember(bytes, &at) {
      if JSONWalk.isKey(bytes, key, "annotations") { annotations = value }
    }
    guard !annotations.isEmpty else { return nil }
    at = annotations.lowerBound
    while let box = JSONWalk.nextElement(bytes, &at) {
      guard let side = Self.shorterSide(bytes, box) else { return nil }
      if test(side) { return true }
    }
    return false
  }

  private static func shorterSide(_ bytes: Span<UInt8>, _ box: Range<Int>) -> Double? {
    var (width, height): (Double?, Double?)
    var at = box.lowerBound
    while let (key, value) = JSONWalk.nextMember(bytes, &at) {
      if JSONWalk.isKey(bytes, key, "width") {
        width = JSONNumber.double(bytes, value)
      } else if JSONWalk.isKey(bytes, key, "height") {
        height = JSONNumber.double(bytes, value)
      }
    }
    guard let width, let height else { return nil }
    return min(width, height)
  }

  private static func isSame(_ bytes: Span<UInt8>, _ start: Int, _ text: [UInt8]) -> Bool {
    for offset in text.indices where bytes[start + offset] != text[offset] { return false }
    return true
  }
}
