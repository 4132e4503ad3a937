/// Brings XML files to UTF-8, by their byte order mark and what their first line declares.
enum XMLEncoding {
  /// The largest file taken, in bytes.
  static let sizeLimit = 512 << 20

  /// The file as UTF-8 without a mark; whether it is valid is checked where text is taken from it.
  ///
  /// ISO-8859-1 is decoded only where the bytes are not UTF-8: dlib's imglab declares it whatever
  /// the names in the file are in.
  static func utf8(_ bytes: [UInt8], path: String) throws(FormatError) -> [UInt8] {
    guard bytes.count <= sizeLimit else {
      throw FormatError(path: path, message: "The file is larger than 512 MB: split it.")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [UInt8(ascii: "<"), 0]) {
      return try utf16(bytes, high: 1, path: path)
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0, UInt8(ascii: "<")]) {
      return try utf16(bytes, high: 0, path: path)
    }
    switch declaration(of: bytes).lowercased() {
    case "", "utf-8", "utf8", "us-ascii", "ascii":
      return bytes
    case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1":
      if String(validating: bytes, as: UTF8.self) != nil { return bytes }
      return bytes.flatMap { Array(String(Unicode.Scalar($0)).utf8) }
    case let other:
      throw FormatError(
        path: path, line: 1, message: "The encoding \(other) isn't read: save the file as UTF-8.")
    }
  }

  /// The encoding that the first line names; empty if it names none.
  private static func declaration(of bytes: [UInt8]) -> String {
    let head = String(decoding: bytes.prefix(200), as: UTF8.self)
    guard head.hasPrefix("<?xml"), let end = head.firstRange(of: "?>"),
      let key = head[..<end.lowerBound].firstRange(of: "encoding")
    else { return "" }
    let rest = head[key.upperBound..<end.lowerBound].drop { $0 == " " || $0 == "=" }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return "" }
    return String(rest.dropFirst().prefix { $0 != quote })
  }

  private static func utf16(
    _ bytes: [UInt8], high: Int, path: String
  ) throws(FormatError) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for pair in stride(from: 0, to: bytes.count - 1, by: 2) {
      units.append(UInt16(bytes[pair + high]) << 8 | UInt16(bytes[pair + 1 - high]))
    }
    if units.first == 0xFEFF { units.removeFirst() }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self)
    else {
      throw FormatError(
        path: path, message: "The file starts as UTF-16 and isn't: save it as UTF-8.")
    }
    return Array(text.utf8)
  }
}
