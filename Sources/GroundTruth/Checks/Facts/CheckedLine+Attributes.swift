extension CheckedLine {
  /// Takes the facts of an attribute and its metadata.
  mutating func read(
    _ member: Member, _ metadata: Member, _ bytes: Span<UInt8>, _ tape: LineTape
  ) {
    var attribute = CheckedAttribute(
      kind: .untyped, name: tape.nodes[member.key].range)
    if tape.first(metadata.value, bytes) != UInt8(ascii: "{") {
      attribute.flaws.insert(.metadata)
    } else {
      readMetadata(metadata.value, into: &attribute, bytes, tape)
    }
    switch attribute.kind {
    case .boxes: readBoxes(member.value, into: &attribute, bytes, tape)
    case .imageLabel: Self.readValue(member.value, into: &attribute, bytes, tape)
    default: attribute.boxes = boxes.count..<boxes.count
    }
    attributes.append(attribute)
  }

  private mutating func readMetadata(
    _ node: Int, into attribute: inout CheckedAttribute, _ bytes: Span<UInt8>, _ tape: LineTape
  ) {
    let firstClass = classes.count
    var flaws: CheckedAttribute.Flaws = [.type, .human, .date]
    var (className, confidence, objects, classMap): (Int?, Int?, Int?, Int?)
    var child = node + 1
    let end = tape.next(after: node)
    while child < end {
      let key = tape.nodes[child].range
      let value = child + 1
      let isText = tape.first(value, bytes) == UInt8(ascii: "\"")
      if ByteText.isName(bytes, key, "type") {
        if isText { flaws.remove(.type) }
        attribute.kind = Self.kind(value, bytes, tape)
      } else if ByteText.isName(bytes, key, "human-annotated") {
        attribute.isHuman = tape.isText(value, "yes", bytes)
        if attribute.isHuman || tape.isText(value, "no", bytes) { flaws.remove(.human) }
      } else if ByteText.isName(bytes, key, "creation-date") {
        if isText { flaws.remove(.date) }
      } else if ByteText.isName(bytes, key, "job-name") {
        if !isText { flaws.insert(.jobName) }
      } else if ByteText.isName(bytes, key, "class-name") {
        className = isText ? value : nil
      } else if ByteText.isName(bytes, key, "confidence") {
        confidence = value
      } else if ByteText.isName(bytes, key, "objects") {
        objects = value
      } else if ByteText.isName(bytes, key, "class-map") {
        classMap = value
      } else {
        noteResults(key, bytes)
      }
      child = tape.next(after: value)
    }
    if attribute.kind == .imageLabel {
      if let className {
        classes.append(CheckedClass(id: -1, label: tape.nodes[className].range))
      } else {
        flaws.insert(.className)
      }
      if confidence.flatMap({ tape.number($0, bytes) }) == nil { flaws.insert(.confidence) }
    } else if attribute.kind == .boxes {
      if !readObjects(objects, into: &attribute, bytes, tape) { flaws.insert(.objects) }
      if !readClassMap(classMap, bytes, tape) { flaws.insert(.classMap) }
    }
    attribute.classes = firstClass..<classes.count
    attribute.flaws.formUnion(flaws)
  }

  private static func kind(
    _ node: Int, _ bytes: Span<UInt8>, _ tape: LineTape
  ) -> CheckedAttribute.Kind {
    guard tape.first(node, bytes) == UInt8(ascii: "\"") else { return .untyped }
    if tape.isText(node, "groundtruth/object-detection", bytes) { return .boxes }
    if tape.isText(node, "groundtruth/image-classification", bytes) { return .imageLabel }
    if tape.isText(node, "groundtruth/image-classification-multilabel", bytes) {
      return .multiLabel
    }
    return tape.isText(node, "groundtruth/label-verification", bytes) ? .verification : .other
  }

  /// Counts the confidences; false if `objects` isn't an array of objects with numbers.
  private func readObjects(
    _ node: Int?, into attribute: inout CheckedAttribute, _ bytes: Span<UInt8>, _ tape: LineTape
  ) -> Bool {
    guard let node, tape.first(node, bytes) == UInt8(ascii: "[") else { return false }
    var child = node + 1
    let end = tape.next(after: node)
    while child < end {
      guard tape.first(child, bytes) == UInt8(ascii: "{") else { return false }
      if let confidence = tape.member("confidence", of: child, bytes) {
        guard tape.number(confidence, bytes) != nil else { return false }
        attribute.confidences += 1
      }
      child = tape.next(after: child)
    }
    return true
  }

  /// Takes the class map; false if it isn't an object of texts.
  private mutating func readClassMap(
    _ node: Int?, _ bytes: Span<UInt8>, _ tape: LineTape
  ) -> Bool {
    guard let node, tape.first(node, bytes) == UInt8(ascii: "{") else { return false }
    var child = node + 1
    let end = tape.next(after: node)
    while child < end {
      guard tape.first(child + 1, bytes) == UInt8(ascii: "\"") else { return false }
      classes.append(
        CheckedClass(
          id: Self.wholeNumber(bytes, ByteText.inner(tape.nodes[child].range)),
          label: tape.nodes[child + 1].range))
      child = tape.next(after: child + 1)
    }
    return true
  }

  /// The number that a text spells in the one way that counts: `7`, not `07` or `+7`.
  static func wholeNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let isNegative = range.count > 1 && bytes[range.lowerBound] == UInt8(ascii: "-")
    let digits = range.lowerBound + (isNegative ? 1 : 0)..<range.upperBound
    guard (1...18).contains(digits.count) else { return nil }
    let leads = bytes[digits.lowerBound] == UInt8(ascii: "0")
    if leads, digits.count > 1 || isNegative { return nil }
    var value = 0
    for index in digits {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return isNegative ? -value : value
  }

  private static func readValue(
    _ node: Int, into attribute: inout CheckedAttribute, _ bytes: Span<UInt8>, _ tape: LineTape
  ) {
    if tape.integer(node, bytes) != nil { return }
    let range = tape.nodes[node].range
    let isNumberText =
      bytes[range.lowerBound] == UInt8(ascii: "\"")
      && wholeNumber(bytes, ByteText.inner(range)) != nil
    if !isNumberText { attribute.flaws.insert(.value) }
  }

  /// Notes that the results of an earlier validation stand here.
  mutating func noteResults(_ key: Range<Int>, _ bytes: Span<UInt8>) {
    // A quick look at the length: `errors`, `warnings` and the two with `cl-` before them.
    guard [8, 10, 11, 13].contains(key.count) else { return }
    if ByteText.isName(bytes, key, "errors") || ByteText.isName(bytes, key, "warnings")
      || ByteText.isName(bytes, key, "cl-errors") || ByteText.isName(bytes, key, "cl-warnings")
    {
      hasResults = true
    }
  }
}
