extension CheckedLine {
  /// Takes the facts of a bounding-box attribute's value.
  mutating func readBoxes(
    _ node: Int, into attribute: inout CheckedAttribute, _ bytes: Span<UInt8>, _ tape: LineTape
  ) {
    let firstBox = boxes.count
    attribute.boxes = firstBox..<firstBox
    guard tape.first(node, bytes) == UInt8(ascii: "{") else {
      attribute.flaws.insert(.value)
      return
    }
    var hasSize = false
    var annotations: Int?
    var child = node + 1
    let end = tape.next(after: node)
    while child < end {
      let key = tape.nodes[child].range
      if ByteText.isName(bytes, key, "image_size") {
        hasSize = true
        Self.readSize(child + 1, into: &attribute, bytes, tape)
      } else if ByteText.isName(bytes, key, "annotations") {
        annotations = child + 1
      } else {
        noteResults(key, bytes)
      }
      child = tape.next(after: child + 1)
    }
    if !hasSize { attribute.flaws.insert(.imageSizeMissing) }
    if let annotations {
      readAnnotations(annotations, into: &attribute, bytes, tape)
    } else {
      attribute.flaws.insert(.annotationsMissing)
    }
    attribute.boxes = firstBox..<boxes.count
  }

  private static func readSize(
    _ node: Int, into attribute: inout CheckedAttribute, _ bytes: Span<UInt8>, _ tape: LineTape
  ) {
    var object = node
    attribute.flaws.subtract([.imageSize, .imageSizeBare])
    if tape.first(node, bytes) == UInt8(ascii: "[") {
      object = node + 1
      // Exactly one element.
      guard object < tape.next(after: node), tape.next(after: object) == tape.next(after: node)
      else {
        attribute.flaws.insert(.imageSize)
        return
      }
    } else if tape.first(node, bytes) == UInt8(ascii: "{") {
      attribute.flaws.insert(.imageSizeBare)
    }
    guard let width = tape.member("width", of: object, bytes),
      let height = tape.member("height", of: object, bytes),
      let depth = tape.member("depth", of: object, bytes),
      let columns = tape.integer(width, bytes), let rows = tape.integer(height, bytes),
      tape.integer(depth, bytes) != nil
    else {
      attribute.flaws.insert(.imageSize)
      return
    }
    attribute.width = Double(columns)
    attribute.height = Double(rows)
  }

  private mutating func readAnnotations(
    _ node: Int, into attribute: inout CheckedAttribute, _ bytes: Span<UInt8>, _ tape: LineTape
  ) {
    guard tape.first(node, bytes) == UInt8(ascii: "[") else {
      attribute.flaws.insert(.annotations)
      return
    }
    var child = node + 1
    let end = tape.next(after: node)
    while child < end {
      if let box = readBox(child, bytes, tape) {
        boxes.append(box)
      } else {
        attribute.flaws.insert(.annotation)
      }
      child = tape.next(after: child)
    }
  }

  private mutating func readBox(
    _ node: Int, _ bytes: Span<UInt8>, _ tape: LineTape
  ) -> CheckedBox? {
    guard tape.first(node, bytes) == UInt8(ascii: "{") else { return nil }
    var (left, top, width, height, id): (Double?, Double?, Double?, Double?, Int?)
    var child = node + 1
    let end = tape.next(after: node)
    while child < end {
      let key = tape.nodes[child].range
      let value = child + 1
      if ByteText.isName(bytes, key, "left") {
        left = tape.number(value, bytes)
      } else if ByteText.isName(bytes, key, "top") {
        top = tape.number(value, bytes)
      } else if ByteText.isName(bytes, key, "width") {
        width = tape.number(value, bytes)
      } else if ByteText.isName(bytes, key, "height") {
        height = tape.number(value, bytes)
      } else if ByteText.isName(bytes, key, "class_id") {
        id = tape.integer(value, bytes)
      } else {
        noteResults(key, bytes)
      }
      child = tape.next(after: value)
    }
    guard let left, let top, let width, let height, let id else { return nil }
    return CheckedBox(classID: id, left: left, top: top, width: width, height: height)
  }
}
