/// One line of a manifest: an image and all that is said of it.
///
/// A value made from the line's bytes alone. Edits are functions from an entry to new bytes; the
/// caller makes a `Splice` of the two and an entry of the new ones.
public struct Entry: Sendable {
  /// The line's bytes, without its line ending.
  public let line: [UInt8]
  /// The image: an `s3://` URI or a path.
  public let sourceRef: String
  /// The bounding-box attributes in line order.
  public let boxSets: [BoxSet]
  /// The image-level labels that are attributes of their own, in line order.
  public let imageLabels: [ImageLabel]
  /// The image-level labels in array form, in line order.
  public let multiLabels: [MultiLabelSet]
  /// What a person noted about the entry.
  public let mark: Mark
  /// The attributes that are kept but not understood: of other types, or malformed.
  public let otherAttributes: [String]
  /// What couldn't be read; the rest of the entry is good.
  public let problems: [ManifestError]

  /// Reads a line.
  ///
  /// - Throws: `ManifestError` if the line as a whole is unusable. A malformed attribute isn't
  ///   such a case: it goes to `otherAttributes` and `problems`.
  /// - Complexity: O(length).
  public init(line: [UInt8]) throws(ManifestError) {
    let object = try JSONValue(manifestLine: line)
    guard let members = object.members else { throw .notAnObject }
    guard let source = members.last(named: "source-ref") else {
      throw members.last(named: "source") == nil ? .missingSourceRef : .inlineSource
    }
    guard let sourceRef = source.string else { throw .invalidSourceRef }
    var reader = AttributeReader(members: members)
    reader.read()
    self.line = line
    self.sourceRef = sourceRef
    boxSets = reader.boxSets
    imageLabels = reader.imageLabels
    multiLabels = reader.multiLabels
    mark = reader.mark
    otherAttributes = reader.otherAttributes
    problems = reader.problems
  }

  /// The last component of `sourceRef`: the file's name.
  public var name: Substring {
    sourceRef.utf8.lastIndex(of: UInt8(ascii: "/"))
      .map { sourceRef[sourceRef.utf8.index(after: $0)...] } ?? sourceRef[...]
  }

  /// The bounding-box attribute of that name.
  public func boxSet(_ attribute: String) -> BoxSet? {
    boxSets.last { $0.attribute == attribute }
  }
}

/// An entry is its line.
extension Entry: Hashable {
  /// Whether two entries have the same bytes.
  public static func == (first: Entry, second: Entry) -> Bool { first.line == second.line }

  /// Hashes the line.
  public func hash(into hasher: inout Hasher) { hasher.combine(line) }
}

extension JSONValue {
  /// Checks a manifest line.
  ///
  /// - Throws: `ManifestError` for a blank line, or for what isn't JSON.
  init(manifestLine line: [UInt8]) throws(ManifestError) {
    do throws(JSONError) {
      try self.init(parsing: line)
    } catch {
      let isBlank = line.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
      if isBlank { throw .blankLine }
      if error.reason == .invalidUTF8 { throw .invalidUTF8(offset: error.offset) }
      throw .invalidJSON(offset: error.offset, reason: error.reason)
    }
  }
}
