/// The order in which people count: "img2" before "img10".
enum NaturalOrder {
  /// Whether a path comes before another.
  ///
  /// Folder by folder; runs of digits by their number, letters without regard to ASCII case, and
  /// then by their bytes, so that the order is total.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let leftParts = left.utf8.split(separator: UInt8(ascii: "/"))
    let rightParts = right.utf8.split(separator: UInt8(ascii: "/"))
    for (leftPart, rightPart) in zip(leftParts, rightParts) {
      let order = compare(Array(leftPart), Array(rightPart))
      if order != 0 { return order < 0 }
    }
    if leftParts.count != rightParts.count { return leftParts.count < rightParts.count }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Less than, equal to or greater than 0 for names in order, the same, or not in order.
  private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var (first, second) = (left[...], right[...])
    while let leftByte = first.first, let rightByte = second.first {
      if isDigit(leftByte), isDigit(rightByte) {
        let order = compareNumbers(&first, &second)
        if order != 0 { return order }
      } else {
        let order = Int(lowercased(leftByte)) - Int(lowercased(rightByte))
        if order != 0 { return order }
        first = first.dropFirst()
        second = second.dropFirst()
      }
    }
    if first.isEmpty != second.isEmpty { return first.isEmpty ? -1 : 1 }
    if left == right { return 0 }
    return left.lexicographicallyPrecedes(right) ? -1 : 1
  }

  /// Compares the runs of digits at the start, of any length, and goes past them.
  private static func compareNumbers(
    _ left: inout ArraySlice<UInt8>, _ right: inout ArraySlice<UInt8>
  ) -> Int {
    let first = left.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
    let second = right.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
    left = left.drop(while: isDigit)
    right = right.drop(while: isDigit)
    if first.count != second.count { return first.count - second.count }
    if first.elementsEqual(second) { return 0 }
    return first.lexicographicallyPrecedes(second) ? -1 : 1
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
  }
}
