/// A JSON value on a line of its own, after 16 hexadecimal digits of its XXH64 hash.
enum ChecksummedLine {
  /// The line with its line feed.
  static func encode(_ value: JSONValue) -> [UInt8] {
    let json = value.encoded
    return Array(Fingerprint(of: json).description.utf8) + [0x20] + json + [0x0A]
  }

  /// The value of a line without its line feed; nil if a byte is not as it was written.
  static func decode(_ line: ArraySlice<UInt8>) -> JSONValue? {
    guard line.count > 17, line[line.startIndex + 16] == 0x20 else { return nil }
    let json = Array(line.dropFirst(17))
    guard line.prefix(16).elementsEqual(Fingerprint(of: json).description.utf8) else {
      return nil
    }
    return try? JSONValue(json)
  }
}
