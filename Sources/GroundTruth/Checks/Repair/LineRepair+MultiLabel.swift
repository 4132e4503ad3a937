extension LineRepair {
  /// Puts one attribute for each label in the place of Ground Truth's array form.
  ///
  /// As the guide's page "Transforming multi-label SageMaker Ground Truth manifest files" does,
  /// in array order and numbered from 0, but with the type that the service takes.
  mutating func split(_ pair: AttributePair, in top: inout ObjectEditor) {
    guard let elements = pair.value.elements, let map = pair.metadata["class-map"] else { return }
    let classMap = Self.valuesByName(of: map)
    let confidences = pair.metadata["confidence-map"].map(Self.valuesByName) ?? [:]
    let provenance = ["job-name", "human-annotated", "creation-date"].compactMap { name in
      pair.metadata[name].map { (name: name, value: Array($0.bytes)) }
    }
    var labels: [(id: Int, name: JSONValue)] = []
    for element in elements {
      // A class without a name has no right answer: all stays as it is.
      guard let id = element.classID, let name = classMap[String(id)], name.kind == .string
      else { return }
      labels.append((id, name))
    }
    pair.remove(in: &top)
    var number = 0
    for label in labels {
      while top[pair.name + String(number)] != nil
        || top[pair.name + String(number) + AttributeReader.suffix] != nil
      { number += 1 }
      let name = pair.name + String(number)
      top.set(name, to: JSONNumber.encode(label.id))
      let confidence = confidences[String(label.id)].flatMap { $0.double == nil ? nil : $0 }
      top.set(
        name + AttributeReader.suffix,
        to: top.style.object(
          [
            ("class-name", Array(label.name.bytes)),
            ("confidence", confidence.map { Array($0.bytes) } ?? JSONNumber.encode(1)),
            ("type", JSONText.encode(ImageLabel.type)),
          ] + provenance))
      number += 1
    }
    note(.multiLabel)
  }

  /// An object's members; of those of one name the last.
  private static func valuesByName(of object: JSONValue) -> [String: JSONValue] {
    Dictionary((object.members ?? []).map { ($0.name, $0.value) }) { $1 }
  }
}
