/// A bounding-box attribute written from nothing, in Ground Truth's key order.
struct NewBoxAttribute {
  /// The attribute.
  let value: [UInt8]
  /// Its metadata.
  let metadata: [UInt8]

  init(
    boxes: [Box], imageSize: ImageSize, classIDs: ClassIDs, provenance: Provenance,
    style: JSONStyle
  ) {
    var ids = LineClassIDs(dataset: classIDs)
    let annotations = boxes.map { style.annotation($0, classID: ids.id(for: $0.label)) }
    let objects = boxes.map { style.object(confidence: $0.confidence) }
    value = style.object([
      ("image_size", style.imageSize(imageSize)), ("annotations", style.array(annotations)),
    ])
    metadata = style.object(
      [
        ("objects", style.array(objects)),
        ("class-map", style.object(ids.used.map { (String($0), JSONText.encode($1)) })),
        ("type", JSONText.encode(BoxSet.type)),
        ("human-annotated", JSONText.encode(provenance.humanAnnotated)),
        ("creation-date", JSONText.encode(provenance.creationDate)),
        ("job-name", JSONText.encode(provenance.jobName)),
      ] + provenance.adjustmentMembers)
  }
}

extension JSONStyle {
  /// A new annotation.
  func annotation(_ box: Box, classID: Int) -> [UInt8] {
    object([
      ("class_id", JSONNumber.encode(classID)), ("top", JSONNumber.encode(box.top)),
      ("left", JSONNumber.encode(box.left)), ("height", JSONNumber.encode(box.height)),
      ("width", JSONNumber.encode(box.width)),
    ])
  }

  /// A new member of `objects`; 1 is what is said of what a person drew.
  func object(confidence: Double?) -> [UInt8] {
    object([("confidence", JSONNumber.encode(confidence ?? 1))])
  }

  /// `image_size` in array form, the one that Custom Labels takes.
  func imageSize(_ size: ImageSize) -> [UInt8] {
    array([
      object([
        ("width", JSONNumber.encode(size.width)), ("height", JSONNumber.encode(size.height)),
        ("depth", JSONNumber.encode(size.depth)),
      ])
    ])
  }
}
