/// Numbers in and out of JSON.
public enum JSONNumber {
  /// A number as JSON: whole ones without a fraction, others in the shortest form that reads back
  /// the same.
  ///
  /// What JSON can't hold (infinities, not-a-number) becomes `null`.
  public static func encode(_ value: Double) -> [UInt8] {
    guard value.isFinite else { return Array("null".utf8) }
    // Up to here every whole Double is an Int spelt without an exponent.
    if value == value.rounded(.towardZero), abs(value) < 1e15 { return encode(Int(value)) }
    return Array("\(value)".utf8)
  }

  /// A whole number as JSON.
  public static func encode(_ value: Int) -> [UInt8] { Array(String(value).utf8) }

  /// The value of a checked number; `nil` beyond the finite.
  static func double(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    if let value = simpleDouble(bytes, range) { return value }
    guard let value = Double(spelling(bytes, range)), value.isFinite else { return nil }
    return value
  }

  /// The value of a checked number that is whole and fits.
  static func integer(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var value = 0
    for index in range.lowerBound + (isNegative ? 1 : 0)..<range.upperBound {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return double(bytes, range).flatMap { Int(exactly: $0) } }
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(Int(digit))
      guard !overflow, !carry else { return Int(spelling(bytes, range)) }
      value = sum
    }
    return isNegative ? -value : value
  }

  private static func spelling(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: range.map { bytes[$0] }, as: UTF8.self)
  }

  /// The exact value of a number of up to 15 digits without an exponent.
  ///
  /// Such digits and a power of ten up to 10¹⁵ are exact as `Double`s, so that one division rounds
  /// correctly (Clinger's fast path).
  private static func simpleDouble(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var mantissa = 0
    var digits = 0
    var scale = 0
    var sawPoint = false
    for index in range.lowerBound + (isNegative ? 1 : 0)..<range.upperBound {
      if bytes[index] == UInt8(ascii: ".") {
        sawPoint = true
        continue
      }
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10, digits < 15 else { return nil }
      mantissa = mantissa * 10 + Int(digit)
      digits += 1
      if sawPoint { scale += 1 }
    }
    let magnitude = scale == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[scale]
    return isNegative ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
