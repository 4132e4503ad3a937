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
    guard let annotations = members.last(named: "annotations")?.elements else {
      throw malformed("it has no array “annotations”")
    }
    var objects: [JSONValue] = []
    if let found = metadata["objects"] {
      guard let elements = found.elements else {
        throw malformed("“objects” in its metadata isn't an array")
      }
      objects = elements
    }
    let classMap = try metadata.classMap(of: attribute)
    var boxes: [Box] = []
    boxes.reserveCapacity(annotations.count)
    for (index, annotation) in annotations.enumerated() {
      guard var box = Box(annotation: annotation, classMap: classMap) else {
        throw malformed(
          "annotation \(index + 1) lacks a whole class_id or a numeric left, top, width or height")
      }
      box.origin = index
      box.confidence = index < objects.count ? objects[index]["confidence"]?.double : nil
      boxes.append(box)
    }
    self.init(
      attribute: attribute, boxes: boxes,
      imageSize: members.last(named: "image_size").flatMap { ImageSize($0) },
      isHumanAnnotated: metadata.isHumanAnnotated, creationDate: metadata.creationDate,
      classMap: classMap)
  }
}

extension Box {
  /// Reads an annotation; `nil` if a number is missing.
  fileprivate init?(annotation: JSONValue, classMap: [Int: String]) {
    guard let members = annotation.members else { return nil }
    guard let classID = members.last(named: "class_id")?.integer,
      let left = members.last(named: "left")?.double,
      let top = members.last(named: "top")?.double,
      let width = members.last(named: "width")?.double,
      let height = members.last(named: "height")?.double
    else { return nil }
    self.init(
      left: left, top: top, width: width, height: height,
      label: classMap[classID] ?? String(classID))
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
