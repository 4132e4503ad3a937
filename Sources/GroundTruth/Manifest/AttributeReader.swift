/// Sorts the members of a line into what is understood and what is only kept.
struct AttributeReader {
  static let suffix = "-metadata"

  private(set) var boxSets: [BoxSet] = []
  private(set) var imageLabels: [ImageLabel] = []
  private(set) var multiLabels: [MultiLabelSet] = []
  private(set) var mark = Mark()
  private(set) var otherAttributes: [String] = []
  private(set) var problems: [ManifestError] = []
  private let members: [(name: String, value: JSONValue)]
  /// Where the names stand on a line with many members, by their bytes.
  private var places: [[UInt8]: Int] = [:]

  /// Up to so many members are searched one by one, which is faster for few.
  private static let searchLimit = 32

  /// Takes the top-level members of a line; of members of one name the last counts.
  ///
  /// - Complexity: O(bytes of the names).
  init(members: [JSONMember]) {
    let named = members.map { (name: $0.name, value: $0.value) }
    guard named.count > Self.searchLimit else {
      self.members = named.enumerated().filter { index, member in
        !named[(index + 1)...].contains { Self.areSame($0.name, member.name) }
      }.map(\.element)
      return
    }
    var last: [[UInt8]: Int] = [:]
    for (index, member) in named.enumerated() { last[Array(member.name.utf8)] = index }
    self.members = last.values.sorted().map { named[$0] }
    for (index, member) in self.members.enumerated() { places[Array(member.name.utf8)] = index }
  }

  /// Reads the attributes in line order, their metadata before or after them.
  mutating func read() {
    for (name, value) in members where name != "source-ref" && name != "source" {
      if name == Mark.member {
        readMark(value)
      } else if let metadata = self[name + Self.suffix] {
        readAttribute(name, value, metadata)
      } else if name.hasSuffix(Self.suffix) {
        noteOrphan(String(name.dropLast(Self.suffix.count)), value)
      }
    }
  }

  /// Compares by code points: JSON knows no normalisation.
  private static func areSame(_ first: String, _ second: String) -> Bool {
    first.utf8.count == second.utf8.count && first.utf8.elementsEqual(second.utf8)
  }

  private subscript(name: String) -> JSONValue? {
    if members.count > Self.searchLimit {
      return places[Array(name.utf8)].map { members[$0].value }
    }
    return members.first { Self.areSame($0.name, name) }?.value
  }

  private mutating func readMark(_ value: JSONValue) {
    if let mark = Mark(value) {
      self.mark = mark
    } else {
      problems.append(.malformedAttribute(name: Mark.member, what: "it isn't an object"))
    }
  }

  private mutating func readAttribute(_ name: String, _ value: JSONValue, _ found: JSONValue) {
    do throws(ManifestError) {
      let metadata = AttributeMetadata(found)
      switch metadata?.type {
      case BoxSet.type?:
        guard let metadata else { return }
        boxSets.append(try BoxSet(attribute: name, value: value, metadata: metadata))
      case ImageLabel.type?:
        guard let metadata else { return }
        imageLabels.append(try ImageLabel(attribute: name, value: value, metadata: metadata))
      case MultiLabelSet.type?:
        guard let metadata else { return }
        multiLabels.append(try MultiLabelSet(attribute: name, value: value, metadata: metadata))
      default: otherAttributes.append(name)
      }
    } catch {
      otherAttributes.append(name)
      problems.append(error)
    }
  }

  /// Notes label metadata whose attribute isn't there.
  ///
  /// A name ending in `-metadata` proves nothing (`cl-metadata`, `annotator-metadata`); a Ground
  /// Truth type does.
  private mutating func noteOrphan(_ name: String, _ value: JSONValue) {
    guard self[name] == nil, let type = AttributeMetadata(value)?.type else { return }
    if type.lowercased().hasPrefix("groundtruth/") {
      problems.append(.metadataWithoutAttribute(name: name))
    }
  }
}
