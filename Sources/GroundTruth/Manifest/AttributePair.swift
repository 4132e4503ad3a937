/// A label attribute and its metadata, as they stand on a line.
struct AttributePair {
  let name: String
  let value: JSONValue
  let metadata: JSONValue

  var metadataName: String { name + AttributeReader.suffix }
  var type: String? { metadata["type"]?.string }
  var isHuman: Bool { metadata["human-annotated"]?.string == "yes" }
  private var date: String { metadata["creation-date"]?.string ?? "" }

  /// The pairs of a line, in its order; of members of one name the last counts.
  static func all(of object: JSONValue) -> [AttributePair] {
    let members = object.members ?? []
    let values = Dictionary(members.map { ($0.name, $0.value) }) { $1 }
    var seen: Set<String> = ["source-ref", "source"]
    return members.compactMap { member in
      let name = member.name
      guard seen.insert(name).inserted, let value = values[name],
        let metadata = values[name + AttributeReader.suffix], metadata.kind == .object
      else { return nil }
      return AttributePair(name: name, value: value, metadata: metadata)
    }
  }

  /// The one made last; of those made at the same time the last on the line.
  static func newest(_ pairs: [AttributePair]) -> AttributePair? {
    // Dates in ISO 8601 compare as text.
    pairs.reduce(nil as AttributePair?) { newest, pair in
      newest.map { $0.date > pair.date } == true ? newest : pair
    }
  }

  func remove(in top: inout ObjectEditor) {
    top.remove(name)
    top.remove(metadataName)
  }
}
