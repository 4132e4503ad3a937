/// Each box has a confidence in `objects` and a name in `class-map`.
///
/// The guide also asks for as many classes as boxes, which its own examples don't have.
enum BoxMetadataRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    for (index, attribute) in line.attributes.enumerated() where attribute.kind == .boxes {
      if attribute.confidences < attribute.boxes.count {
        verdict.add(
          .missingBoxConfidence, attribute: index,
          "\(attribute.boxes.count) boxes, \(attribute.confidences) confidences.")
      }
      for (place, box) in line.boxes[attribute.boxes].enumerated()
      where line.name(of: box.classID, in: attribute) == nil {
        verdict.add(
          .missingClassMapID, attribute: index, annotation: place,
          "class_id \(box.classID) has no name.")
      }
    }
  }
}

extension CheckedLine {
  /// The place among the line's classes of the class that an attribute's map gives an id.
  func name(of id: Int, in attribute: CheckedAttribute) -> Int? {
    var found: Int?
    for index in attribute.classes where classes[index].id == id { found = index }
    return found
  }
}
