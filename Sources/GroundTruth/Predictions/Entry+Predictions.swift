/// What a model says of an image, as attributes of the image's line.
///
/// Boxes stand in the attribute of that name; labels for the whole image in a pair each, named
/// `<attribute>_<label>`, or `<attribute>_<n>` where that would be illegal or is taken.
extension Entry {
  /// What stands on a line under a name that predictions are to have.
  public struct PredictionPlace: Hashable, Sendable {
    /// Whether a human vouches for some of it, so that it is no place for predictions.
    public let isVouchedFor: Bool
    /// The jobs that wrote it (`job-name`).
    public let jobNames: Set<String>
    /// The attributes that predictions written there before have.
    let attributes: [String]
  }

  /// What stands on the line under a name.
  ///
  /// - Complexity: O(length of the line).
  public func predictionPlace(_ attribute: String) -> PredictionPlace {
    var members: [(name: String, isHuman: Bool)] = []
    if let set = boxSet(attribute) { members.append((attribute, set.isHumanAnnotated)) }
    for found in imageLabels where Self.isPair(found.attribute, of: found.label, attribute) {
      members.append((found.attribute, found.isHumanAnnotated))
    }
    var jobs: Set<String> = []
    if !members.isEmpty, let object = try? JSONValue(parsing: line) {
      for member in members {
        let metadata = object[member.name + AttributeReader.suffix]
        if let job = metadata?["job-name"]?.string { jobs.insert(job) }
      }
    }
    return PredictionPlace(
      isVouchedFor: members.contains(where: \.isHuman), jobNames: jobs,
      attributes: members.map(\.name))
  }

  /// The line with other predictions under a name.
  ///
  /// What was predicted under it before goes; all other members keep their bytes.
  ///
  /// - Parameters:
  ///   - boxes: The boxes, with their confidences; nil for a model that only gives labels for
  ///     whole images, of which none is written where it found nothing.
  ///   - imageLabels: The labels for the whole image, with their confidences, 0…1.
  ///   - attribute: The name.
  ///   - imageSize: The image's size, in the pixels that the boxes are in.
  ///   - classIDs: The dataset's ids.
  ///   - provenance: The model; it is no human.
  /// - Returns: The new line.
  /// - Throws: `ManifestError` if a human vouches for what stands under the name, if it is used
  ///   for something else, or if something can't be written.
  /// - Complexity: O(length of the line).
  public func settingPredictions(
    boxes: [Box]?, imageLabels: [(label: String, confidence: Double)], as attribute: String,
    imageSize: ImageSize, classIDs: ClassIDs, provenance: Provenance
  ) throws(ManifestError) -> [UInt8] {
    let place = predictionPlace(attribute)
    guard !place.isVouchedFor else { throw .attributeInUse(name: attribute) }
    guard AttributeName.isLegal(attribute) else { throw .illegalAttributeName(attribute) }
    var line = line
    if !place.attributes.isEmpty {
      var top = try editor()
      for name in place.attributes {
        top.remove(name)
        top.remove(name + AttributeReader.suffix)
      }
      line = top.line
    }
    if let boxes {
      line = try Entry(line: line).settingBoxes(
        boxes, of: attribute, imageSize: imageSize, classIDs: classIDs, provenance: provenance)
    }
    guard !imageLabels.isEmpty else { return line }
    var top = try Entry(line: line).editor()
    var taken: Set<String> = []
    for found in imageLabels {
      guard !found.label.isEmpty, found.confidence.isFinite else { throw .emptyLabel }
      let name = top.freePairName(for: found.label, attribute, &taken)
      top.set(name, to: JSONNumber.encode(classIDs.id(for: found.label) ?? classIDs.nextID))
      top.set(
        name + AttributeReader.suffix,
        to: top.style.object([
          ("class-name", JSONText.encode(found.label)),
          ("confidence", JSONNumber.encode(found.confidence)),
          ("type", JSONText.encode(ImageLabel.type)),
          ("job-name", JSONText.encode(provenance.jobName)),
          ("human-annotated", JSONText.encode(provenance.humanAnnotated)),
          ("creation-date", JSONText.encode(provenance.creationDate)),
        ]))
    }
    return top.line
  }

  /// Whether an attribute is one that a label predicted under a name would have.
  private static func isPair(_ found: String, of label: String, _ attribute: String) -> Bool {
    guard found.hasPrefix(attribute + "_") else { return false }
    let rest = found.dropFirst(attribute.count + 1)
    return rest == label || !rest.isEmpty && rest.allSatisfy { $0.isASCII && $0.isNumber }
  }
}

extension ObjectEditor {
  /// A name for the pair of a label that nothing on the line has.
  fileprivate func freePairName(
    for label: String, _ attribute: String, _ taken: inout Set<String>
  ) -> String {
    func isFree(_ name: String) -> Bool {
      AttributeName.isLegal(name) && self[name] == nil
        && self[name + AttributeReader.suffix] == nil && !taken.contains(name)
    }
    let own = attribute + "_" + label
    // A line has finitely many members, so a free number is found.
    let name =
      isFree(own)
      ? own : (0...).lazy.map { "\(attribute)_\($0)" }.first(where: isFree) ?? own
    taken.insert(name)
    return name
  }
}
