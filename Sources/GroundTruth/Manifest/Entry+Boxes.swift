extension Entry {
  /// The line with other boxes in an attribute, which is added at the end if the line has none.
  ///
  /// A box with an `origin` that didn't change keeps its bytes; of one that did, only what changed
  /// is written anew. Found boxes that aren't given again vanish. All members of the line but the
  /// attribute and its metadata keep their bytes, and the class map only grows.
  ///
  /// - Parameters:
  ///   - boxes: All boxes the attribute is to have, in order. An origin that is out of range or
  ///     given twice makes a new box.
  ///   - attribute: The attribute's name.
  ///   - imageSize: The image's size, written only where the attribute doesn't state one.
  ///   - classIDs: The dataset's ids, for labels that the line has no id for.
  ///   - provenance: Who vouches for the boxes.
  /// - Returns: The new line.
  /// - Throws: `ManifestError` if a box can't be written, or if the name is illegal or used for
  ///   something that isn't a readable bounding-box attribute.
  /// - Complexity: O(length of the line).
  public func settingBoxes(
    _ boxes: [Box], of attribute: String, imageSize: ImageSize, classIDs: ClassIDs,
    provenance: Provenance
  ) throws(ManifestError) -> [UInt8] {
    for box in boxes {
      let numbers = [box.left, box.top, box.width, box.height, box.confidence ?? 0]
      guard numbers.allSatisfy(\.isFinite), !box.label.isEmpty else {
        throw .invalidBox(label: box.label)
      }
    }
    var top = try editor()
    let metadataName = attribute + AttributeReader.suffix
    guard let value = top[attribute], let metadata = top[metadataName] else {
      guard top[attribute] == nil, top[metadataName] == nil else {
        throw .attributeInUse(name: attribute)
      }
      guard AttributeName.isLegal(attribute) else { throw .illegalAttributeName(attribute) }
      let new = NewBoxAttribute(
        boxes: boxes, imageSize: imageSize, classIDs: classIDs, provenance: provenance,
        style: top.style)
      top.set(attribute, to: new.value)
      top.set(metadataName, to: new.metadata)
      return top.line
    }
    guard let found = boxSet(attribute),
      let edit = BoxAttributeEdit(
        of: found, value: value, metadata: metadata, style: top.style, classIDs: classIDs)
    else { throw problem(with: attribute) }
    let result = edit.setting(boxes, imageSize: imageSize, provenance: provenance)
    top.set(attribute, to: result.value)
    top.set(metadataName, to: result.metadata)
    return top.line
  }

  /// The line's object, open for editing.
  func editor() throws(ManifestError) -> ObjectEditor {
    let object = try JSONValue(manifestLine: line)
    guard let editor = ObjectEditor(object, style: JSONStyle(of: object)) else {
      throw .notAnObject
    }
    return editor
  }

  /// Why an attribute that is there can't be edited: it is malformed, or of another type.
  func problem(with attribute: String) -> ManifestError {
    for case .malformedAttribute(attribute, let what) in problems {
      return .malformedAttribute(name: attribute, what: what)
    }
    return .attributeInUse(name: attribute)
  }
}
