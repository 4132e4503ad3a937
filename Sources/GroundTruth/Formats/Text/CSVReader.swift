/// A record of a CSV file.
struct CSVRecord: Hashable {
  /// The line on which it starts, from 1.
  var line: Int
  /// The fields without their quotation marks.
  var fields: [String]
}

/// Reads comma-separated values, one record after the other (RFC 4180).
///
/// Records end with CRLF, LF or CR; quoted fields may hold any of them. A quotation mark inside an
/// unquoted field is taken as it is, as spreadsheets do. Blank lines are skipped.
struct CSVReader {
  private let bytes: [UInt8]
  private let path: String
  private var offset: Int
  private var line = 1

  init(_ bytes: [UInt8], path: String) throws(FormatError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw FormatError(path: path, message: "The file is UTF-16: save it as CSV in UTF-8.")
    }
    self.bytes = bytes
    self.path = path
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next record; nil at the end.
  ///
  /// - Throws: `FormatError` for a quoted field that doesn't end, or is followed by more than a
  ///   comma, and for text that isn't UTF-8.
  mutating func next() throws(FormatError) -> CSVRecord? {
    while offset < bytes.count, isLineEnd(bytes[offset]) { skipLineEnd() }
    guard offset < bytes.count else { return nil }
    var record = CSVRecord(line: line, fields: [])
    while true {
      record.fields.append(try field())
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: ",") else { break }
      offset += 1
    }
    skipLineEnd()
    return record
  }

  private mutating func field() throws(FormatError) -> String {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      let start = offset
      while offset < bytes.count, bytes[offset] != UInt8(ascii: ","), !isLineEnd(bytes[offset]) {
        offset += 1
      }
      return try text(bytes[start..<offset])
    }
    let start = line
    offset += 1
    var value: [UInt8] = []
    while true {
      guard offset < bytes.count else {
        throw FormatError(path: path, line: start, message: "A quoted field doesn't end.")
      }
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        offset += 1
        guard offset < bytes.count, bytes[offset] == byte else { break }
      } else if isLineEnd(byte),
        !(byte == 13 && offset + 1 < bytes.count && bytes[offset + 1] == 10)
      {
        line += 1
      }
      value.append(byte)
      offset += 1
    }
    guard offset == bytes.count || bytes[offset] == UInt8(ascii: ",") || isLineEnd(bytes[offset])
    else {
      throw FormatError(
        path: path, line: line, message: "Something follows the end of a quoted field.")
    }
    return try text(value[...])
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(FormatError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FormatError(
        path: path, line: line, message: "The text isn't UTF-8: save the file as UTF-8.")
    }
    return text
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private mutating func skipLineEnd() {
    guard offset < bytes.count else { return }
    let isPair = bytes[offset] == 13 && offset + 1 < bytes.count && bytes[offset + 1] == 10
    offset += isPair ? 2 : 1
    line += 1
  }
}

/// Writes comma-separated values (RFC 4180).
enum CSVText {
  /// A record with its line ending.
  static func record(_ fields: [String], ending: String = "\n") -> String {
    fields.map(quoted).joined(separator: ",") + ending
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13
    }
    guard needsQuotes else { return field }
    // By scalars: an accent after a quotation mark makes one character with it.
    var quoted = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
