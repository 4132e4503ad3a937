/// An attribute's class ids and label names about to become others.
///
/// Works on bounding boxes and on Ground Truth's arrays of labels: the two forms that have a class
/// map. Everything but the ids and names that change keeps its bytes; only where two classes become
/// one is the map spelt anew.
struct ClassRewriting {
  /// A class on a line.
  struct Class: Hashable {
    var id: Int
    var label: String
  }

  private let style: JSONStyle
  /// What each id that changes becomes.
  private var targets: [Int: Class] = [:]
  /// Ids that the line uses without naming them.
  private var unnamed: Set<Int> = []
  private(set) var replacements = ByteReplacements()

  /// Works out the changes for an attribute.
  ///
  /// - Parameters:
  ///   - value: The attribute.
  ///   - metadata: Its metadata.
  ///   - classMap: The label of each id on the line.
  ///   - style: How the line spaces its JSON.
  ///   - target: What a class becomes.
  init(
    value: JSONValue, metadata: JSONValue, classMap: [Int: String], style: JSONStyle,
    target: (Class) -> Class
  ) {
    self.style = style
    let places = Self.idPlaces(in: value)
    unnamed = Set(places.map(\.id)).subtracting(classMap.keys)
    let found =
      classMap.map { Class(id: $0, label: $1) }
      + unnamed.map { Class(id: $0, label: String($0)) }
    // In the order of ids, so that ids given anew don't depend on a dictionary's order.
    for old in found.sorted(by: { $0.id < $1.id }) {
      let new = target(old)
      if new != old { targets[old.id] = new }
    }
    guard !targets.isEmpty else { return }
    rewriteIDs(at: places, in: value)
    rewriteClassMap(in: metadata)
    if let map = metadata["confidence-map"], let members = map.members {
      rewrite(members, of: map) { [UInt8]($0.value.bytes) }
    }
  }

  /// Where the class ids of boxes, or of an array of labels, stand.
  private static func idPlaces(in value: JSONValue) -> [(id: Int, value: JSONValue)] {
    if let elements = value.elements {
      return elements.compactMap { element in element.classID.map { ($0, element) } }
    }
    return (value["annotations"]?.elements ?? []).compactMap { annotation in
      guard let place = annotation["class_id"], let id = place.integer else { return nil }
      return (id, place)
    }
  }

  private mutating func rewriteIDs(at places: [(id: Int, value: JSONValue)], in value: JSONValue) {
    func spelt(_ place: (id: Int, value: JSONValue)) -> [UInt8] {
      guard let new = targets[place.id], new.id != place.id else {
        return [UInt8](place.value.bytes)
      }
      return place.value.kind == .string
        ? JSONText.encode(String(new.id)) : JSONNumber.encode(new.id)
    }
    var seen: Set<Int> = []
    let distinct = places.filter { seen.insert(targets[$0.id]?.id ?? $0.id).inserted }
    if value.kind == .array, distinct.count < places.count {
      // A label is said once of an image.
      replacements.replace(value.range, by: style.array(value, elements: distinct.map(spelt)))
      return
    }
    for place in places where targets[place.id].map({ $0.id != place.id }) == true {
      replacements.replace(place.value.range, by: spelt(place))
    }
  }

  private mutating func rewriteClassMap(in metadata: JSONValue) {
    let added = unnamed.compactMap { targets[$0] }.sorted { $0.id < $1.id }
    guard let map = metadata["class-map"] else {
      let members = added.map { (name: String($0.id), value: JSONText.encode($0.label)) }
      guard !members.isEmpty, let old = metadata.members else { return }
      let end = metadata.range.upperBound - 1
      replacements.replace(
        end..<end,
        by: (old.isEmpty ? [] : style.comma) + JSONText.encode("class-map") + style.colon
          + style.object(members))
      return
    }
    guard let members = map.members else { return }
    let current = targets
    rewrite(members, of: map, adding: added) { member in
      guard let old = Int(canonical: member.name), let new = current[old],
        member.value.string?.utf8.elementsEqual(new.label.utf8) != true
      else { return [UInt8](member.value.bytes) }
      return JSONText.encode(new.label)
    }
  }

  /// Gives the members of a map from ids their new ids and values.
  private mutating func rewrite(
    _ members: [JSONMember], of map: JSONValue, adding added: [Class] = [],
    value: (JSONMember) -> [UInt8]
  ) {
    func newID(_ member: JSONMember) -> Int? {
      Int(canonical: member.name).map { targets[$0]?.id ?? $0 }
    }
    var ids: [Int: Int] = [:]
    for (place, member) in members.enumerated() {
      // Of two classes that become one, the one that had the id speaks for both.
      guard let id = newID(member) else { continue }
      if ids[id] == nil || member.name == String(id) { ids[id] = place }
    }
    let kept = members.indices.filter { place in
      newID(members[place]).map { ids[$0] == place } ?? true
    }
    let missing = added.filter { ids[$0.id] == nil }
    if kept.count < members.count || !missing.isEmpty {
      var spelt = kept.map { place in
        let member = members[place]
        return (newID(member).map(String.init) ?? member.name, value(member))
      }
      for new in missing where !spelt.contains(where: { $0.0 == String(new.id) }) {
        spelt.append((String(new.id), JSONText.encode(new.label)))
      }
      replacements.replace(map.range, by: style.object(spelt.map { (name: $0.0, value: $0.1) }))
      return
    }
    for member in members {
      if let id = newID(member), String(id) != member.name {
        replacements.replace(member.key, by: JSONText.encode(String(id)))
      }
      let new = value(member)
      if !new.elementsEqual(member.value.bytes) {
        replacements.replace(member.value.range, by: new)
      }
    }
  }
}
