import Glibc

/// A file that lists the labels to choose from.
///
/// Either a Ground Truth label category file, `{"document-version":"2018-11-28",
/// "labels":[{"label":"cat"}]}`, or plain text with a label a line.
public struct LabelFile: Sendable {
  /// Where the file is.
  public let path: String
  /// The labels in order, each once.
  public private(set) var labels: [String]
  private var form: Form

  private enum Form: Sendable {
    case categories(JSONValue)
    /// The text as it is; a label is added at its end.
    case text([UInt8])
  }

  /// Reads a label file; one that isn't there has no labels.
  ///
  /// A file whose first character is `{` is a label category file. One that isn't there becomes
  /// one if its name ends in `.json`.
  ///
  /// - Throws: `StorageError.notALabelFile`, or what the system says.
  public init(at path: String) throws(StorageError) {
    self.path = path
    let real = try RealPath.resolve(path)
    guard let bytes = try OpenFile.contents(of: real) else {
      labels = []
      form = path.hasSuffix(".json") ? .categories(Self.emptyCategories) : .text([])
      return
    }
    let isMarked = bytes.starts(with: ManifestFile.byteOrderMark)
    let body = isMarked ? Array(bytes.dropFirst(3)) : bytes
    let space: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    if body.first(where: { !space.contains($0) }) == UInt8(ascii: "{") {
      let json = try Self.json(body, path: path)
      form = .categories(json)
      labels = try Self.labels(in: json, path: path)
    } else {
      form = .text(bytes)
      labels = try Self.labels(in: body, path: path)
    }
    labels = Self.unique(labels)
  }

  /// Adds labels at the end of the file, in one step; those it has already are left out.
  ///
  /// All other members of a label category file are kept.
  ///
  /// - Parameter added: The labels.
  /// - Throws: `StorageError`; the old file is then whole.
  public mutating func add(_ added: [String]) throws(StorageError) {
    let all = Self.unique(labels + added)
    let new = Array(all.dropFirst(labels.count))
    guard !new.isEmpty else { return }
    let next: Form
    let bytes: [UInt8]
    switch form {
    case .categories(let json):
      let grown = Self.adding(new, to: json)
      next = .categories(grown)
      bytes = grown.encoded + [0x0A]
    case .text(let text):
      bytes = try Self.adding(new, to: text, path: path)
      next = .text(bytes)
    }
    try Replacement.write(bytes, to: RealPath.resolve(path))
    form = next
    labels = all
  }

  private static let emptyCategories = JSONValue.object([
    "document-version": .string("2018-11-28"), "labels": .array([]),
  ])

  private static func json(_ bytes: [UInt8], path: String) throws(StorageError) -> JSONValue {
    do throws(JSONError) { return try JSONValue(bytes) } catch {
      let line = bytes.prefix(error.offset).count { $0 == 0x0A } + 1
      throw .notALabelFile(path: path, line: line, reason: "not JSON: \(error.reason)")
    }
  }

  private static func labels(in json: JSONValue, path: String) throws(StorageError) -> [String] {
    let names = json["labels"]?.elements?.map { $0["label"]?.string }
    guard let names, !names.contains(nil) else {
      throw .notALabelFile(
        path: path, line: 1,
        reason: "a label category file has \"labels\": [{\"label\": \"name\"}, …]")
    }
    return names.compactMap { $0 }
  }

  private static func labels(in text: [UInt8], path: String) throws(StorageError) -> [String] {
    var labels: [String] = []
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      guard let label = String(validating: line, as: UTF8.self) else {
        throw .notALabelFile(
          path: path, line: index + 1, reason: "the line is not UTF-8: save the file as UTF-8")
      }
      let trimmed = label.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
      if !trimmed.isEmpty { labels.append(String(trimmed)) }
    }
    return labels
  }

  private static func isSpace(_ character: Character) -> Bool {
    [" ", "\t", "\r", "\n", "\r\n"].contains(character)
  }

  private static func adding(_ labels: [String], to json: JSONValue) -> JSONValue {
    guard case .object(var members) = json,
      let index = members.firstIndex(where: { $0.key == "labels" })
    else { return json }
    let old = members[index].value.elements ?? []
    members[index].value = .array(old + labels.map { .object(["label": .string($0)]) })
    return .object(members)
  }

  private static func adding(
    _ labels: [String], to text: [UInt8], path: String
  ) throws(StorageError) -> [UInt8] {
    var text = text
    let feeds = text.count { $0 == 0x0A }
    let returns = zip(text, text.dropFirst()).count { $0 == 0x0D && $1 == 0x0A }
    let end: [UInt8] = returns * 2 > feeds ? [0x0D, 0x0A] : [0x0A]
    if let last = text.last, last != 0x0A { text += end }
    for label in labels {
      if label.utf8.contains(0x0A) { throw .lineBreakInLine(text.count { $0 == 0x0A }) }
      text += Array(label.utf8) + end
    }
    return text
  }

  /// By bytes: labels that look the same may be two.
  private static func unique(_ labels: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return labels.filter { seen.insert(Array($0.utf8)).inserted }
  }
}
