/// An attribute and its metadata have the members that their type asks for, of the right kind.
///
/// An attribute of a type that isn't supported is as it likes.
enum AttributeFormatRule {
  static func judge(_ line: CheckedLine, into verdict: inout Verdict) {
    for (index, attribute) in line.attributes.enumerated() {
      let flaws = attribute.flaws
      if flaws.contains(.metadata) {
        verdict.add(.metadataFormat, attribute: index, "It isn't an object.")
        continue
      }
      switch attribute.kind {
      case .untyped: verdict.add(.metadataFormat, attribute: index, "It has no type.")
      case .boxes, .imageLabel:
        if !flaws.isDisjoint(with: .ofAttribute), let detail = Self.attributeDetail(flaws) {
          verdict.add(.attributeFormat, attribute: index, detail)
        }
        if !flaws.isDisjoint(with: .ofMetadata) {
          verdict.add(.metadataFormat, attribute: index, Self.metadataDetail(flaws))
        }
      case .multiLabel, .verification, .other: break
      }
    }
  }

  /// What is wrong with the attribute; nil if only its annotations are missing, which is the
  /// business of `AnnotationsRule`.
  private static func attributeDetail(_ flaws: CheckedAttribute.Flaws) -> String? {
    let details: [(CheckedAttribute.Flaws, String)] = [
      (.value, "It isn't what its type asks for."),
      (.imageSizeMissing, "It has no image_size."),
      (.imageSizeBare, "image_size is an object and not an array of one."),
      (.imageSize, "image_size isn't an array of one object with whole width, height and depth."),
      (.annotations, "annotations isn't an array."),
      (.annotation, "A box lacks a whole class_id or a number in left, top, width or height."),
    ]
    return details.first { flaws.contains($0.0) }?.1
  }

  private static func metadataDetail(_ flaws: CheckedAttribute.Flaws) -> String? {
    let details: [(CheckedAttribute.Flaws, String)] = [
      (.type, "It has no type."),
      (.human, "human-annotated isn't yes or no."),
      (.date, "It has no creation-date that is text."),
      (.jobName, "job-name isn't text."),
      (.className, "It has no class-name that is text."),
      (.confidence, "It has no confidence that is a number."),
      (.objects, "objects isn't an array of {\"confidence\": number}."),
      (.classMap, "class-map isn't an object of texts."),
    ]
    return details.first { flaws.contains($0.0) }?.1
  }
}
