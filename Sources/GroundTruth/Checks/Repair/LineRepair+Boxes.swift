extension LineRepair {
  /// Repairs a bounding-box attribute and its metadata.
  mutating func repairBoxes(_ pair: AttributePair, in top: inout ObjectEditor) {
    guard var value = ObjectEditor(pair.value, style: top.style) else { return }
    var isChanged = false
    let size = value["image_size"]
    if let size, size.kind == .object {
      value.set("image_size", to: top.style.array([Array(size.bytes)]))
      note(.imageSize)
      isChanged = true
    }
    let annotations = value["annotations"]
    if let annotations, let boxes = annotations.elements, let size = Self.frame(size) {
      let clipped = boxes.map { Self.clipped($0, to: size, top.style) }
      if clipped.contains(where: { $0 != nil }) {
        let elements = zip(clipped, boxes).map { $0 ?? Array($1.bytes) }
        value.set("annotations", to: top.style.array(annotations, elements: elements))
        note(.box)
        isChanged = true
      }
    }
    if isChanged { top.set(pair.name, to: value.bytes) }
    repairObjects(pair, count: annotations?.elements?.count ?? 0, in: &top)
  }

  /// Adds the confidences that are missing in `objects`.
  private mutating func repairObjects(_ pair: AttributePair, count: Int, in top: inout ObjectEditor)
  {
    let missing = top.style.object([("confidence", JSONNumber.encode(1))])
    let found = pair.metadata["objects"]
    guard var metadata = ObjectEditor(pair.metadata, style: top.style),
      found == nil || found?.kind == .array
    else { return }
    var elements: [[UInt8]] = []
    var isChanged = found == nil
    for element in found?.elements ?? [] {
      if element["confidence"] == nil, var object = ObjectEditor(element, style: top.style) {
        object.set("confidence", to: JSONNumber.encode(1))
        elements.append(object.bytes)
        isChanged = true
      } else {
        elements.append(Array(element.bytes))
      }
    }
    while elements.count < count {
      elements.append(missing)
      isChanged = true
    }
    guard isChanged else { return }
    let spelt = found.map { top.style.array($0, elements: elements) } ?? top.style.array(elements)
    metadata.set("objects", to: spelt)
    top.set(pair.metadataName, to: metadata.bytes)
    note(.confidence)
  }

  private static func frame(_ size: JSONValue?) -> (width: Double, height: Double)? {
    let object = size?.elements?.first ?? size
    guard let width = object?["width"]?.double, let height = object?["height"]?.double else {
      return nil
    }
    return (width, height)
  }

  /// An annotation clipped to the frame; nil if it is within, or too far out to be a slip.
  private static func clipped(
    _ annotation: JSONValue, to frame: (width: Double, height: Double), _ style: JSONStyle
  ) -> [UInt8]? {
    guard let left = annotation["left"]?.double, let top = annotation["top"]?.double,
      let width = annotation["width"]?.double, let height = annotation["height"]?.double,
      width > 0, height > 0, var editor = ObjectEditor(annotation, style: style)
    else { return nil }
    let box = CheckedBox(classID: 0, left: left, top: top, width: width, height: height)
    if BoxRule.isWithin(box, width: frame.width, height: frame.height) { return nil }
    guard left >= -1, top >= -1, left + width <= frame.width + 1, top + height <= frame.height + 1
    else { return nil }
    let (newLeft, newTop) = (max(0, left), max(0, top))
    let newWidth = min(left + width, frame.width) - newLeft
    let newHeight = min(top + height, frame.height) - newTop
    guard newWidth > 0, newHeight > 0 else { return nil }
    for (name, old, new) in [
      ("left", left, newLeft), ("top", top, newTop), ("width", width, newWidth),
      ("height", height, newHeight),
    ] where old != new {
      editor.set(name, to: JSONNumber.encode(new))
    }
    return editor.bytes
  }
}
