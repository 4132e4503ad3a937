/// Numbers as the text formats spell them: with a point, whatever the locale.
enum DecimalText {
  /// The largest pixel coordinate believed; no image is near it.
  static let pixelLimit = 1e7

  /// The value of a finite decimal number; nil for anything else, such as `nan` or `0x1p3`.
  static func value(_ text: some StringProtocol) -> Double? {
    let bytes = text.utf8
    guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
    let isDecimal = bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isDecimal, let value = Double(String(text)), value.isFinite else { return nil }
    return value
  }

  /// The value of a pixel coordinate; nil if it isn't a number or beyond any image.
  static func pixel(_ text: some StringProtocol) -> Double? {
    value(text).flatMap { abs($0) <= pixelLimit ? $0 : nil }
  }

  /// The value of an image's side, 1 or more.
  static func side(_ text: some StringProtocol) -> Int? {
    // Some tools write 640.0.
    pixel(text).flatMap { $0 >= 1 ? Int(exactly: $0) : nil }
  }

  /// A number with exactly so many decimals, rounded.
  static func fixed(_ value: Double, places: Int) -> String {
    let factor = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let scaled = (abs(value) * Double(factor)).rounded()
    guard scaled < 9e18 else { return "\(value)" }
    let (whole, fraction) = Int(scaled).quotientAndRemainder(dividingBy: factor)
    let digits = String(fraction)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(whole)" }
    return "\(sign)\(whole)." + String(repeating: "0", count: places - digits.count) + digits
  }

  /// A pixel coordinate: whole where it is, else with up to six decimals.
  static func pixels(_ value: Double) -> String {
    let text = fixed(value, places: 6)
    guard text.contains(".") else { return text }
    let end = text.utf8.lastIndex { $0 != UInt8(ascii: "0") } ?? text.startIndex
    return String(text[end] == "." ? text[..<end] : text[...end])
  }
}
