/// A line of a text file.
struct TextLine {
  /// The number, from 1.
  var number: Int
  /// The text without the line ending.
  var text: Substring

  /// What stands between blanks.
  var fields: [Substring] { text.split { $0 == " " || $0 == "\t" } }

  /// The lines of a UTF-8 file with any line endings, a byte order mark left out.
  ///
  /// - Throws: `FormatError` with the line that isn't UTF-8.
  static func lines(of bytes: [UInt8], path: String) throws(FormatError) -> [TextLine] {
    let text = try text(of: bytes, path: path)
    let parts = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
    return parts.enumerated().map { TextLine(number: $0.offset + 1, text: $0.element) }
  }

  /// The whole text of a UTF-8 file, a byte order mark left out.
  ///
  /// - Throws: `FormatError` with the line that isn't UTF-8.
  static func text(of bytes: [UInt8], path: String) throws(FormatError) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw FormatError(path: path, message: "The file is UTF-16: save it as UTF-8.")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if let text = String(validating: body, as: UTF8.self) { return text }
    let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let broken = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    throw FormatError(
      path: path, line: broken.map { $0 + 1 },
      message: "The text isn't UTF-8: save the file as UTF-8.")
  }
}
