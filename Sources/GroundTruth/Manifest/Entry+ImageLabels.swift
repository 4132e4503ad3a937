extension Entry {
  /// The line with a label for the whole image.
  ///
  /// A label that a human gave already leaves the line as it is. One that a model gave in an
  /// attribute of its own is vouched for. Else it is added: to the line's array of labels if that
  /// is a human's and the only image-level form on the line, else as a pair `image-label_<label>`
  /// (`image-label_<n>` where that name is illegal or taken).
  ///
  /// - Parameters:
  ///   - label: The label's name.
  ///   - classIDs: The dataset's ids.
  ///   - provenance: Who vouches for the label.
  ///   - confidence: How sure they are, where the label is added as a pair.
  ///   - keepsPredictions: Whether a model's attribute stays the prediction it is, and the label
  ///     is added beside it.
  /// - Returns: The new line.
  /// - Throws: `ManifestError.emptyLabel`, or another if the line can't be edited.
  public func addingImageLabel(
    _ label: String, classIDs: ClassIDs, provenance: Provenance, confidence: Double = 1,
    keepsPredictions: Bool = false
  ) throws(ManifestError) -> [UInt8] {
    guard !label.isEmpty, confidence.isFinite else { throw .emptyLabel }
    let isGiven =
      imageLabels.contains { $0.label == label && $0.isHumanAnnotated }
      || multiLabels.contains { set in
        set.isHumanAnnotated && set.members.contains { $0.label == label }
      }
    if isGiven { return line }
    var top = try editor()
    let pairs = keepsPredictions ? imageLabels.filter(\.isTruth) : imageLabels
    let sets = keepsPredictions ? multiLabels.filter(\.isHumanAnnotated) : multiLabels
    if let pair = pairs.first(where: { $0.label == label }) {
      try top.editMetadata(of: pair.attribute) { $0.stamp(provenance) }
    } else if pairs.isEmpty, sets.count == 1, let set = sets.first, set.isHumanAnnotated {
      try top.add(label, to: set, classIDs: classIDs, provenance: provenance)
    } else {
      top.appendPair(
        label, confidence: confidence, classIDs: classIDs, provenance: provenance)
    }
    return top.line
  }

  /// The line without a label for the whole image, in whatever form it has it.
  ///
  /// What is truth goes; what models predicted stays as the prediction it is, unless that is all
  /// there is of the label: then it goes.
  ///
  /// - Parameters:
  ///   - label: The label's name.
  ///   - provenance: Who vouches for the labels that stay in an array.
  ///   - keepsPredictions: Whether what models gave stays even so.
  /// - Returns: The new line; the same if the image doesn't have the label.
  /// - Throws: `ManifestError` if the line can't be edited.
  public func removingImageLabel(
    _ label: String, provenance: Provenance, keepsPredictions: Bool = false
  ) throws(ManifestError) -> [UInt8] {
    var pairs = imageLabels.filter { $0.label == label }
    var sets = multiLabels.filter { set in set.members.contains { $0.label == label } }
    if pairs.isEmpty, sets.isEmpty { return line }
    let isTruth = pairs.contains(where: \.isTruth) || sets.contains(where: \.isHumanAnnotated)
    if keepsPredictions, !isTruth { return line }
    if isTruth {
      pairs.removeAll { !$0.isTruth }
      sets.removeAll { !$0.isHumanAnnotated }
    }
    var top = try editor()
    for pair in pairs {
      top.remove(pair.attribute)
      top.remove(pair.attribute + AttributeReader.suffix)
    }
    for set in sets { try top.remove(label, from: set, provenance: provenance) }
    return top.line
  }
}

extension ObjectEditor {
  /// Edits the metadata of an attribute.
  fileprivate mutating func editMetadata(
    of attribute: String, _ edit: (inout ObjectEditor) -> Void
  ) throws(ManifestError) {
    let name = attribute + AttributeReader.suffix
    guard let found = self[name], var metadata = ObjectEditor(found, style: style) else {
      throw .malformedAttribute(name: attribute, what: "its metadata isn't an object")
    }
    edit(&metadata)
    set(name, to: metadata.bytes)
  }

  /// Edits an object within an object; one that isn't there is empty.
  fileprivate mutating func editMember(_ name: String, _ edit: (inout ObjectEditor) -> Void) {
    let found = self[name] ?? JSONValue(line: Array("{}".utf8), range: 0..<2)
    guard var member = ObjectEditor(found, style: style) else { return }
    edit(&member)
    set(name, to: member.bytes)
  }

  fileprivate mutating func add(
    _ label: String, to labels: MultiLabelSet, classIDs: ClassIDs, provenance: Provenance
  ) throws(ManifestError) {
    guard let value = self[labels.attribute], let elements = value.elements else { return }
    var ids = LineClassIDs(
      classMap: labels.classMap, unnamed: Set(labels.members.map(\.classID)), dataset: classIDs)
    let id = ids.id(for: label)
    // Numbers among numbers, strings among strings.
    let areStrings = elements.first?.string != nil
    let spelt = areStrings ? JSONText.encode(String(id)) : JSONNumber.encode(id)
    let wanted = elements.map { Array($0.bytes) } + [spelt]
    set(labels.attribute, to: style.array(value, elements: wanted))
    try editMetadata(of: labels.attribute) { metadata in
      metadata.editMember("class-map") { $0.set(String(id), to: label) }
      metadata.editMember("confidence-map") { $0.set(String(id), to: JSONNumber.encode(1)) }
      metadata.stamp(provenance)
    }
  }

  fileprivate mutating func remove(
    _ label: String, from labels: MultiLabelSet, provenance: Provenance
  ) throws(ManifestError) {
    guard let value = self[labels.attribute], let elements = value.elements else { return }
    let ids = Set(labels.members.filter { $0.label == label }.map(\.classID))
    let kept = elements.filter { !($0.classID.map(ids.contains) ?? false) }
    set(labels.attribute, to: style.array(value, elements: kept.map { Array($0.bytes) }))
    try editMetadata(of: labels.attribute) { metadata in
      for name in ["class-map", "confidence-map"] where metadata[name] != nil {
        metadata.editMember(name) { map in
          for id in ids { map.remove(String(id)) }
        }
      }
      // Taking one label from a model's list doesn't vouch for the others.
      if labels.isHumanAnnotated { metadata.stamp(provenance) }
    }
  }

  fileprivate mutating func appendPair(
    _ label: String, confidence: Double, classIDs: ClassIDs, provenance: Provenance
  ) {
    let name = pairName(for: label)
    set(name, to: JSONNumber.encode(classIDs.id(for: label) ?? classIDs.nextID))
    set(
      name + AttributeReader.suffix,
      to: style.object(
        [
          ("class-name", JSONText.encode(label)),
          ("confidence", JSONNumber.encode(confidence)),
          ("type", JSONText.encode(ImageLabel.type)),
          ("job-name", JSONText.encode(provenance.jobName)),
          ("human-annotated", JSONText.encode(provenance.humanAnnotated)),
          ("creation-date", JSONText.encode(provenance.creationDate)),
        ] + provenance.adjustmentMembers))
  }

  private func pairName(for label: String) -> String {
    func isFree(_ name: String) -> Bool {
      AttributeName.isLegal(name) && self[name] == nil && self[name + AttributeReader.suffix] == nil
    }
    let name = ImageLabel.truthPrefix + label
    if isFree(name) { return name }
    // A line has finitely many members, so a free number is found.
    return (0...).lazy.map { ImageLabel.truthPrefix + "\($0)" }.first(where: isFree) ?? name
  }
}
