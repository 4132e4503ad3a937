/// One manifest's word on an image, its members at hand.
struct EntryVersion {
  /// An attribute with its metadata, as JSON.
  struct Attribute {
    let value: JSONValue
    let metadata: JSONValue

    /// Whether two attributes have the same bytes.
    func isSame(as other: Attribute) -> Bool {
      value.bytes.elementsEqual(other.value.bytes)
        && metadata.bytes.elementsEqual(other.metadata.bytes)
    }
  }

  let entry: Entry
  let members: [JSONMember]
  /// The names of the attributes that have metadata, in line order.
  let attributeNames: [String]

  init(line: [UInt8]) throws(ManifestError) {
    entry = try Entry(line: line)
    let members = try JSONValue(manifestLine: line).members ?? []
    self.members = members
    var seen: Set<String> = []
    let names = Set(members.map(\.name))
    attributeNames = members.map(\.name).filter { name in
      names.contains(name + AttributeReader.suffix) && name != "source-ref" && name != "source"
        && name != Mark.member && seen.insert(name).inserted
    }
  }

  /// The attribute of that name, if it has metadata.
  func attribute(_ name: String) -> Attribute? {
    guard let value = members.last(named: name),
      let metadata = members.last(named: name + AttributeReader.suffix)
    else { return nil }
    return Attribute(value: value, metadata: metadata)
  }

  /// The members that are no attribute, nor the image, nor the mark.
  var otherMembers: [(name: String, value: JSONValue)] {
    let attributes = Set(attributeNames.flatMap { [$0, $0 + AttributeReader.suffix] })
    let taken = attributes.union(["source-ref", "source", Mark.member])
    return members.map { ($0.name, $0.value) }.filter { !taken.contains($0.0) }
  }

  /// The line with the ids that labels have in a merged dataset.
  static func reconciled(_ line: [UInt8], with ids: ClassIDs) -> [UInt8] {
    guard let version = try? EntryVersion(line: line) else { return line }
    var replacements = ByteReplacements()
    let maps =
      version.entry.boxSets.map { ($0.attribute, $0.classMap) }
      + version.entry.multiLabels.map { ($0.attribute, $0.classMap) }
    for (name, classMap) in maps {
      guard let attribute = version.attribute(name) else { continue }
      let rewriting = ClassRewriting(
        value: attribute.value, metadata: attribute.metadata, classMap: classMap,
        style: JSONStyle(of: attribute.metadata)
      ) { ClassRewriting.Class(id: ids.id(for: $0.label) ?? $0.id, label: $0.label) }
      for (range, bytes) in rewriting.replacements.all { replacements.replace(range, by: bytes) }
    }
    return replacements.all.isEmpty ? line : replacements.applied(to: line)
  }
}
