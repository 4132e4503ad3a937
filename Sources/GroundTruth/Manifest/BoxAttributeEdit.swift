/// A bounding-box attribute that is there already, about to hold other boxes.
struct BoxAttributeEdit {
  private let found: BoxSet
  private let annotations: JSONValue
  private let annotationElements: [JSONValue]
  private let objects: JSONValue?
  private let objectElements: [JSONValue]
  private let value: ObjectEditor
  private let metadata: ObjectEditor
  private let style: JSONStyle
  private let classIDs: ClassIDs

  /// Opens an attribute; `nil` if its parts aren't what a bounding-box attribute has.
  init?(
    of found: BoxSet, value: JSONValue, metadata: JSONValue, style: JSONStyle, classIDs: ClassIDs
  ) {
    guard let valueEditor = ObjectEditor(value, style: style),
      let metadataEditor = ObjectEditor(metadata, style: style),
      let annotations = valueEditor["annotations"], let elements = annotations.elements,
      elements.count == found.boxes.count
    else { return nil }
    self.found = found
    self.annotations = annotations
    annotationElements = elements
    objects = metadataEditor["objects"]
    objectElements = objects?.elements ?? []
    self.value = valueEditor
    self.metadata = metadataEditor
    self.style = style
    self.classIDs = classIDs
  }

  /// The attribute and its metadata with the boxes.
  func setting(
    _ boxes: [Box], imageSize: ImageSize, provenance: Provenance
  ) -> (value: [UInt8], metadata: [UInt8]) {
    let unnamed = annotationElements.compactMap { $0["class_id"]?.integer }
    var ids = LineClassIDs(classMap: found.classMap, unnamed: Set(unnamed), dataset: classIDs)
    var seen: Set<Int> = []
    var newAnnotations: [[UInt8]] = []
    var newObjects: [[UInt8]] = []
    for box in boxes {
      if let origin = box.origin, found.boxes.indices.contains(origin),
        seen.insert(origin).inserted
      {
        newAnnotations.append(annotation(origin, as: box, &ids))
        newObjects.append(object(origin, as: box))
      } else {
        newAnnotations.append(style.annotation(box, classID: ids.id(for: box.label)))
        newObjects.append(style.object(confidence: box.confidence))
      }
    }
    var value = value
    value.set("annotations", to: style.array(annotations, elements: newAnnotations))
    if value["image_size"] == nil { value.set("image_size", to: style.imageSize(imageSize)) }
    var metadata = metadata
    metadata.set(
      "objects",
      to: objects.map { style.array($0, elements: newObjects) } ?? style.array(newObjects))
    extendClassMap(&metadata, with: ids.used)
    metadata.stamp(provenance)
    return (value.bytes, metadata.bytes)
  }

  /// The bytes of a found annotation, with only those numbers replaced that changed.
  private func annotation(_ origin: Int, as box: Box, _ ids: inout LineClassIDs) -> [UInt8] {
    let old = found.boxes[origin]
    let element = annotationElements[origin]
    guard var editor = ObjectEditor(element, style: style) else { return Array(element.bytes) }
    if box.label != old.label {
      editor.set("class_id", to: JSONNumber.encode(ids.id(for: box.label)))
    } else if let id = editor["class_id"]?.integer {
      ids.use(id, old.label)
    }
    if box.left != old.left { editor.set("left", to: JSONNumber.encode(box.left)) }
    if box.top != old.top { editor.set("top", to: JSONNumber.encode(box.top)) }
    if box.width != old.width { editor.set("width", to: JSONNumber.encode(box.width)) }
    if box.height != old.height { editor.set("height", to: JSONNumber.encode(box.height)) }
    return editor.bytes
  }

  /// The bytes of the member of `objects` that belongs to a found box.
  private func object(_ origin: Int, as box: Box) -> [UInt8] {
    guard origin < objectElements.count else { return style.object(confidence: box.confidence) }
    let element = objectElements[origin]
    guard let confidence = box.confidence, confidence != found.boxes[origin].confidence else {
      return Array(element.bytes)
    }
    guard var editor = ObjectEditor(element, style: style) else {
      return style.object(confidence: confidence)
    }
    editor.set("confidence", to: JSONNumber.encode(confidence))
    return editor.bytes
  }

  private func extendClassMap(
    _ metadata: inout ObjectEditor, with used: [(id: Int, label: String)]
  ) {
    guard let old = metadata["class-map"] else {
      metadata.set(
        "class-map", to: style.object(used.map { (String($0.id), JSONText.encode($0.label)) }))
      return
    }
    guard var map = ObjectEditor(old, style: style) else { return }
    for (id, label) in used { map.set(String(id), to: label) }
    metadata.set("class-map", to: map.bytes)
  }
}
