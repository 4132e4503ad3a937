/// A bounding-box attribute of a line, recognised by its type `groundtruth/object-detection`.
public struct BoxSet: Hashable, Sendable {
  /// The `type` in the metadata of such an attribute.
  public static let type = "groundtruth/object-detection"

  /// The attribute's name.
  public let attribute: String
  /// The boxes in file order.
  public let boxes: [Box]
  /// The image's size, from the array form or the bare object; `nil` if it isn't stated in full.
  public let imageSize: ImageSize?
  /// Whether a human vouches for the boxes (`human-annotated` is `yes`).
  public let isHumanAnnotated: Bool
  /// When the boxes were made, as the file spells it.
  public let creationDate: String?
  /// The label of each class id, for this line.
  public let classMap: [Int: String]
}

extension BoxSet {
  /// Reads an attribute.
  ///
  /// - Throws: `ManifestError.malformedAttribute` if the boxes can't be had.
  init(
    attribute: String, value: JSONValue, metadata: AttributeMetadata
  ) throws(ManifestError) {
    func malformed(_ what: String) -> ManifestError {
      .malformedAttribute(name: attribute, what: what)
    }
    guard let members = value.members else { throw malformed("it isn't an object") }
    guard let annotations = members.last(named: "annotations"), annotations.kind == .array else {
      throw malformed("it has no array “annotations”")
    }
    let objects = metadata["objects"]
    if let objects, objects.kind != .array {
      throw malformed("“objects” in its metadata isn't an array")
    }
    let classMap = try metadata.classMap(of: attribute)
    var boxes: [Box] = []
    let bytes = value.line.span
    var at = annotations.range.lowerBound
    var objectAt = objects?.range.lowerBound
    while let element = JSONWalk.nextElement(bytes, &at) {
      guard var box = Box(annotation: bytes, element, classMap: classMap) else {
        throw malformed(
          "annotation \(boxes.count + 1) lacks a whole class_id or a numeric left, top, width "
            + "or height")
      }
      box.origin = boxes.count
      if var next = objectAt {
        box.confidence = JSONWalk.nextElement(bytes, &next).flatMap { confidence(bytes, $0) }
        objectAt = next
      }
      boxes.append(box)
    }
    self.init(
      attribute: attribute, boxes: boxes,
      imageSize: members.last(named: "image_size").flatMap { ImageSize($0) },
      isHumanAnnotated: metadata.isHumanAnnotated, creationDate: metadata.creationDate,
      classMap: classMap)
  }
}

/// The `confidence` in a member of `objects`.
private func confidence(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
  guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return nil }
  var at = range.lowerBound
  var found: Double?
  while let (key, value) = JSONWalk.nextMember(bytes, &at) {
    if JSONWalk.isKey(bytes, key, "confidence") { found = number(bytes, value) }
  }
  return found
}

/// The number at a range; `nil` if something else stands there.
private func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
  let isNumber =
    bytes[range.lowerBound] == UInt8(ascii: "-") || bytes[range.lowerBound] &- 0x30 < 10
  return isNumber ? JSONNumber.double(bytes, range) : nil
}

extension Box {
  /// Reads an annotation; `nil` if a number is missing.
  ///
  /// A million of these are read when a large manifest is opened, so that nothing is allocated.
  fileprivate init?(annotation bytes: Span<UInt8>, _ range: Range<Int>, classMap: [Int: String]) {
    guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return nil }
    var (left, top, width, height, id): (Double?, Double?, Double?, Double?, Int?)
    var at = range.lowerBound
    while let (key, value) = JSONWalk.nextMember(bytes, &at) {
      if JSONWalk.isKey(bytes, key, "left") {
        left = number(bytes, value)
      } else if JSONWalk.isKey(bytes, key, "top") {
        top = number(bytes, value)
      } else if JSONWalk.isKey(bytes, key, "width") {
        width = number(bytes, value)
      } else if JSONWalk.isKey(bytes, key, "height") {
        height = number(bytes, value)
      } else if JSONWalk.isKey(bytes, key, "class_id") {
        id = number(bytes, value) == nil ? nil : JSONNumber.integer(bytes, value)
      }
    }
    guard let left, let top, let width, let height, let id else { return nil }
    self.init(
      left: left, top: top, width: width, height: height, label: classMap[id] ?? String(id))
  }
}

extension ImageSize {
  /// Reads `image_size`: an array of one object, or the bare object of some AWS examples.
  fileprivate init?(_ value: JSONValue) {
    guard let members = (value.elements?.first ?? value).members,
      let width = members.last(named: "width")?.integer,
      let height = members.last(named: "height")?.integer
    else { return nil }
    self.init(width: width, height: height, depth: members.last(named: "depth")?.integer ?? 3)
  }
}
