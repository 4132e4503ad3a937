/// A label for the whole image as an attribute of its own.
///
/// Its type is `groundtruth/image-classification`, the form that Custom Labels imports.
public struct ImageLabel: Hashable, Sendable {
  /// The `type` in the metadata of such an attribute.
  public static let type = "groundtruth/image-classification"

  /// The attribute's name; it need not resemble the label.
  public let attribute: String
  /// The label (`class-name`).
  public let label: String
  /// How sure the author is, 0…1; `nil` if the file doesn't say.
  public let confidence: Double?
  /// Whether a human vouches for the label (`human-annotated` is `yes`).
  public let isHumanAnnotated: Bool
}

extension ImageLabel {
  /// Reads an attribute.
  ///
  /// - Throws: `ManifestError.malformedAttribute` if there is no label to be had.
  init(
    attribute: String, value: JSONValue, metadata: AttributeMetadata
  ) throws(ManifestError) {
    guard value.integer != nil || value.string != nil else {
      throw .malformedAttribute(name: attribute, what: "its value isn't a class number")
    }
    guard let label = metadata["class-name"]?.string else {
      throw .malformedAttribute(name: attribute, what: "its metadata has no “class-name”")
    }
    self.init(
      attribute: attribute, label: label, confidence: metadata["confidence"]?.double,
      isHumanAnnotated: metadata.isHumanAnnotated)
  }
}
