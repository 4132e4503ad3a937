/// The metadata of a label attribute, read as far as all kinds share it.
struct AttributeMetadata {
  /// The `type`, such as `groundtruth/object-detection`.
  let type: String?
  private let members: [JSONMember]

  /// Reads metadata; `nil` if it isn't an object.
  init?(_ value: JSONValue) {
    guard let members = value.members else { return nil }
    self.members = members
    type = members.last(named: "type")?.string
  }

  /// The value of the last member of that name.
  subscript(name: String) -> JSONValue? { members.last(named: name) }

  /// Whether a human vouches for the attribute; anything but `yes` means no.
  var isHumanAnnotated: Bool { self["human-annotated"]?.string == "yes" }

  /// The date as the file spells it: half a dozen forms are about, and none is rewritten.
  var creationDate: String? { self["creation-date"]?.string }

  /// The labels by class id; empty if the metadata has none.
  ///
  /// A key that isn't a plain whole number names no class and is passed over.
  func classMap(of attribute: String) throws(ManifestError) -> [Int: String] {
    guard let value = self["class-map"] else { return [:] }
    guard let members = value.members else {
      throw .malformedAttribute(name: attribute, what: "“class-map” isn't an object")
    }
    var map: [Int: String] = [:]
    for member in members {
      guard let label = member.value.string else {
        throw .malformedAttribute(
          name: attribute, what: "“class-map” has a label that isn't a string")
      }
      if let id = Int(canonical: member.name) { map[id] = label }
    }
    return map
  }
}

extension [JSONMember] {
  /// The value of the last member of that name.
  func last(named name: String) -> JSONValue? { last { $0.isNamed(name) }?.value }
}

extension Int {
  /// The number that is spelt this way and no other: `7`, not `07` or `+7`.
  init?(canonical text: String) {
    guard let value = Int(text), String(value) == text else { return nil }
    self = value
  }
}
