import ArgumentParser
import Foundation
import TOMLKit

/// A TOML file, with the lines for its errors.
struct TOMLFile {
  let path: String
  let text: String
  let table: TOMLTable

  /// Reads a file; `nil` if there is none.
  init?(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path), data.count < 1_000_000,
      let text = String(validating: data, as: UTF8.self)
    else { throw Failure.saying("\(path) can't be read as text", Failure.data) }
    self.path = path
    self.text = text
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Failure.saying(
        "\(path):\(error.source.begin.line): \(error.description)", Failure.data)
    }
  }

  /// One of the names that a preference may have.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ value: any TOMLValueConvertible, _ type: Choice.Type
  ) throws -> Choice where Choice.RawValue == String {
    if let name = value.string ?? value.int.map(String.init), let choice = Choice(rawValue: name) {
      return choice
    }
    let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw failure(at: key, "\(key) is one of \(names)")
  }

  /// Says what is wrong at the first line that holds a word.
  func failure(at word: String, _ message: String) -> Failure {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = (lines.firstIndex { $0.contains(word) } ?? 0) + 1
    return Failure.saying("\(path):\(line): \(message)", Failure.data)
  }
}
