extension Entry {
  /// A line that names an image and says nothing of it.
  public static func line(sourceRef: String) -> [UInt8] {
    JSONStyle.compact.object([("source-ref", JSONText.encode(sourceRef))])
  }

  /// The line without an attribute and its metadata.
  ///
  /// - Throws: `ManifestError` if there is no such attribute, or if it is no attribute at all.
  public func removingAttribute(_ attribute: String) throws(ManifestError) -> [UInt8] {
    var top = try editor()
    let metadataName = attribute + AttributeReader.suffix
    guard attribute != "source-ref", attribute != "source", attribute != Mark.member else {
      throw .attributeInUse(name: attribute)
    }
    guard top[attribute] != nil || top[metadataName] != nil else {
      throw .noSuchAttribute(name: attribute)
    }
    top.remove(attribute)
    top.remove(metadataName)
    return top.line
  }

  /// The line after a human vouched for an attribute as it stands.
  ///
  /// Only `human-annotated` and `creation-date` in its metadata change.
  ///
  /// - Throws: `ManifestError` if there is no such attribute with metadata.
  public func vouching(
    for attribute: String, creationDate: String
  ) throws(ManifestError) -> [UInt8] {
    var top = try editor()
    let metadataName = attribute + AttributeReader.suffix
    guard top[attribute] != nil, let found = top[metadataName] else {
      throw .noSuchAttribute(name: attribute)
    }
    guard var metadata = ObjectEditor(found, style: top.style) else {
      throw .malformedAttribute(name: attribute, what: "its metadata isn't an object")
    }
    metadata.set("human-annotated", to: "yes")
    metadata.set("creation-date", to: creationDate)
    top.set(metadataName, to: metadata.bytes)
    return top.line
  }

  /// The entry after a human vouched for those labels of the whole image that a model gave alone.
  ///
  /// - Throws: `ManifestError` if the line can't be edited.
  public func vouchingForImageLabels(_ provenance: Provenance) throws(ManifestError) -> Entry {
    var entry = self
    for label in imageLabels where label.isTruth && !label.isHumanAnnotated {
      entry = try Entry(
        line: entry.vouching(for: label.attribute, creationDate: provenance.creationDate))
    }
    return entry
  }
}
