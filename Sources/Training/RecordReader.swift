import GroundTruth

/// A JSON object of known members, read with errors that name them.
struct RecordReader {
  let value: JSONValue
  private let path: String

  init(parsing bytes: [UInt8], path: String) throws(TrainingError) {
    self.path = path
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw TrainingError(
        "\(path) is no JSON: at byte \(error.offset) \(error.reason); write it anew.")
    }
    guard value.kind == .object else {
      throw TrainingError("\(path) holds no JSON object; write it anew.")
    }
  }

  func check(version: Int) throws(TrainingError) {
    guard integer("version") == version else {
      throw TrainingError(
        "\(path) isn't of version \(version), the one this program knows; "
          + "use the program that wrote it, or train again.")
    }
  }

  func wrong(_ name: String, _ wanted: String) -> TrainingError {
    TrainingError("\(path): “\(name)” is not \(wanted); correct it or write the file anew.")
  }

  func string(_ name: String) throws(TrainingError) -> String {
    guard let text = value[name]?.string else { throw wrong(name, "a text") }
    return text
  }

  func strings(_ name: String, limit: Int) throws(TrainingError) -> [String] {
    guard let elements = value[name]?.elements, elements.count <= limit else {
      throw wrong(name, "a list of \(limit) texts at most")
    }
    let texts = elements.compactMap(\.string)
    guard texts.count == elements.count else { throw wrong(name, "a list of texts") }
    return texts
  }

  func text(_ name: String) -> String? { value[name]?.string }
  func integer(_ name: String) -> Int? { value[name]?.integer }
  func double(_ name: String) -> Double? { value[name]?.double }
}
