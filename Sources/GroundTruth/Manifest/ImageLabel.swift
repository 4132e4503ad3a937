/// A label for the whole image as an attribute of its own.
///
/// Its type is `groundtruth/image-classification`, the form that Custom Labels imports.
public struct ImageLabel: Hashable, Sendable {
  /// The `type` in the metadata of such an attribute.
  public static let type = "groundtruth/image-classification"

  /// What the names of attributes begin with that the truth goes to.
  public static let truthPrefix = "image-label_"

  /// The attribute's name; it need not resemble the label.
  public let attribute: String
  /// The label (`class-name`).
  public let label: String
  /// How sure the author is, 0…1; `nil` if the file doesn't say.
  public let confidence: Double?
  /// Whether a human vouches for the label (`human-annotated` is `yes`).
  public let isHumanAnnotated: Bool

  /// Whether it is the truth, and not only a prediction: a human's, or a model's that stands where
  /// the truth does, as automated labelling writes it.
  public var isTruth: Bool { isHumanAnnotated || attribute.hasPrefix(Self.truthPrefix) }
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
