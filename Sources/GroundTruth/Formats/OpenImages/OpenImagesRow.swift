/// A record of an Open Images file, by the names of its columns.
struct OpenImagesRow {
  var record: CSVRecord
  var columns: [String: Int]
  var path: String

  /// The text of a column; nil if the file or the record has none.
  subscript(column: String) -> String? {
    columns[column].flatMap { $0 < record.fields.count ? record.fields[$0] : nil }
  }

  /// Whether a model, not a person, is the source.
  var isMachine: Bool { self["Source"] == "machine" }

  /// The text of a column that must be there.
  func text(_ column: String) throws(FormatError) -> String {
    guard let text = self[column], !text.isEmpty else { throw error("\(column) is missing.") }
    return text
  }

  /// A column's ratio of the image.
  func ratio(_ column: String) throws(FormatError) -> Double {
    let text = try text(column)
    guard let value = DecimalText.value(text.trimmedOfBlanks), (-1...2).contains(value) else {
      throw error("\(column) is “\(text.prefix(40))”, not a ratio of 0…1.")
    }
    return value
  }

  /// The confidence, 1 where there is none.
  func confidence() throws(FormatError) -> Double {
    guard let text = self["Confidence"], !text.isEmpty else { return 1 }
    guard let value = DecimalText.value(text), (0...1).contains(value) else {
      throw error("Confidence is “\(text.prefix(40))”, not 0…1.")
    }
    return value
  }

  /// An error on this record.
  func error(_ message: String) -> FormatError {
    FormatError(path: path, line: record.line, message: message)
  }
}
