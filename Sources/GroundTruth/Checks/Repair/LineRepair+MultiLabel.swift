extension LineRepair {
  /// Puts one attribute for each label in the place of Ground Truth's array form.
  ///
  /// As the guide's page "Transforming multi-label SageMaker Ground Truth manifest files" does,
  /// in array order and numbered from 0, but with the type that the service takes.
  mutating func split(_ pair: Pair, in top: inout ObjectEditor) {
    guard let elements = pair.value.elements, let classMap = pair.metadata["class-map"] else {
      return
    }
    var labels: [(id: Int, name: JSONValue)] = []
    for element in elements {
      // A class without a name has no right answer: all stays as it is.
      guard let id = element.classID, let name = classMap[String(id)], name.kind == .string
      else { return }
      labels.append((id, name))
    }
    top.remove(pair.name)
    top.remove(pair.metadataName)
    var number = 0
    for label in labels {
      while top[pair.name + String(number)] != nil
        || top[pair.name + String(number) + AttributeReader.suffix] != nil
      { number += 1 }
      let name = pair.name + String(number)
      top.set(name, to: JSONNumber.encode(label.id))
      top.set(
        name + AttributeReader.suffix,
        to: top.style.object(Self.metadata(of: label, from: pair.metadata)))
      number += 1
    }
    note(.multiLabel)
  }

  private static func metadata(
    of label: (id: Int, name: JSONValue), from metadata: JSONValue
  ) -> [(name: String, value: [UInt8])] {
    let confidence = metadata["confidence-map"]?[String(label.id)]
    var members: [(name: String, value: [UInt8])] = [
      ("class-name", Array(label.name.bytes)),
      ("confidence", confidence?.double == nil ? [0x31] : Array(confidence?.bytes ?? [])),
      ("type", JSONText.encode(ImageLabel.type)),
    ]
    for name in ["job-name", "human-annotated", "creation-date"] {
      if let value = metadata[name] { members.append((name, Array(value.bytes))) }
    }
    return members
  }
}
