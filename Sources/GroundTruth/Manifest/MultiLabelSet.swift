/// Labels for the whole image in one attribute, Ground Truth's array form.
///
/// Its type is `groundtruth/image-classification-multilabel`; Custom Labels can't import it.
public struct MultiLabelSet: Hashable, Sendable {
  /// The `type` in the metadata of such an attribute.
  public static let type = "groundtruth/image-classification-multilabel"

  /// One label of the set.
  public struct Member: Hashable, Sendable {
    /// The class id on this line.
    public let classID: Int
    /// The label's name; the class id as text where the class map doesn't name it.
    public let label: String
    /// How sure the author is, 0…1; `nil` if the file doesn't say.
    public let confidence: Double?
  }

  /// The attribute's name.
  public let attribute: String
  /// The labels in file order.
  public let members: [Member]
  /// Whether a human vouches for the labels (`human-annotated` is `yes`).
  public let isHumanAnnotated: Bool
  /// The label of each class id, for this line.
  public let classMap: [Int: String]
}

extension MultiLabelSet {
  /// Reads an attribute.
  ///
  /// - Throws: `ManifestError.malformedAttribute` if the labels can't be had.
  init(
    attribute: String, value: JSONValue, metadata: AttributeMetadata
  ) throws(ManifestError) {
    guard let elements = value.elements else {
      throw .malformedAttribute(name: attribute, what: "its value isn't an array")
    }
    let classMap = try metadata.classMap(of: attribute)
    var confidences: [Int: Double] = [:]
    for member in metadata["confidence-map"]?.members ?? [] {
      if let id = Int(canonical: member.name) { confidences[id] = member.value.double }
    }
    var members: [Member] = []
    for element in elements {
      guard let id = element.classID else {
        throw .malformedAttribute(name: attribute, what: "its array holds more than class numbers")
      }
      members.append(
        Member(classID: id, label: classMap[id] ?? String(id), confidence: confidences[id]))
    }
    self.init(
      attribute: attribute, members: members, isHumanAnnotated: metadata.isHumanAnnotated,
      classMap: classMap)
  }
}

extension JSONValue {
  /// A class number, which some files write as a string.
  var classID: Int? { integer ?? string.flatMap { Int(canonical: $0) } }
}
