extension Finding {
  /// What can be found: the codes of Amazon Rekognition Custom Labels that can be judged without
  /// the service, and a few for what it drops or misreads without a word.
  ///
  /// The service's codes and messages are those of its developer guide, pages "Terminal manifest
  /// file errors", "Terminal manifest content errors" and "Non-terminal JSON line validation
  /// errors". Codes that begin with `RETICLE_` aren't the service's.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    // The manifest as a whole.
    case unsupportedFormat = "ERROR_MANIFEST_INACCESSIBLE_OR_UNSUPPORTED_FORMAT"
    case emptyManifest = "ERROR_EMPTY_MANIFEST"
    case manifestTooLarge = "ERROR_MANIFEST_SIZE_TOO_LARGE"
    case tooManyRows = "ERROR_MANIFEST_ROWS_EXCEEDS_MAXIMUM"
    case tooManyInvalidRows = "ERROR_TOO_MANY_INVALID_ROWS_IN_MANIFEST"
    case multipleBuckets = "ERROR_IMAGES_IN_MULTIPLE_S3_BUCKETS"
    case tooFewImagesToSplit = "ERROR_INSUFFICIENT_IMAGES_PER_LABEL_FOR_AUTOSPLIT"
    case tooFewLabels = "ERROR_MANIFEST_TOO_FEW_LABELS"
    case tooFewUsableLabels = "ERROR_MANIFEST_TOO_FEW_USABLE_LABELS"
    case tooManyLabels = "ERROR_MANIFEST_TOO_MANY_LABELS"
    case labelOverlap = "ERROR_INSUFFICIENT_LABEL_OVERLAP"
    case usableLabelOverlap = "ERROR_INSUFFICIENT_USABLE_LABEL_OVERLAP"
    // A line: found first, and nothing else is looked for then.
    case invalidJSON = "ERROR_INVALID_JSON_LINE"
    case missingSourceRef = "ERROR_MISSING_SOURCE_REF"
    case invalidSourceRef = "ERROR_INVALID_SOURCE_REF_FORMAT"
    case noLabelAttributes = "ERROR_NO_LABEL_ATTRIBUTES"
    case attributeFormat = "ERROR_INVALID_LABEL_ATTRIBUTE_FORMAT"
    case metadataFormat = "ERROR_INVALID_LABEL_ATTRIBUTE_METADATA_FORMAT"
    case missingBoxConfidence = "ERROR_MISSING_BOUNDING_BOX_CONFIDENCE"
    case missingClassMapID = "ERROR_MISSING_CLASS_MAP_ID"
    // A line.
    case noValidLabelAttributes = "ERROR_NO_VALID_LABEL_ATTRIBUTES"
    case unsupportedType = "ERROR_UNSUPPORTED_USE_CASE_TYPE"
    case labelNameLength = "ERROR_INVALID_LABEL_NAME_LENGTH"
    case invalidImage = "ERROR_INVALID_IMAGE"
    case invalidImageDimension = "ERROR_INVALID_IMAGE_DIMENSION"
    case invalidBox = "ERROR_INVALID_BOUNDING_BOX"
    case boxTooSmall = "ERROR_BOUNDING_BOX_TOO_SMALL"
    case tooManyBoxes = "ERROR_TOO_MANY_BOUNDING_BOXES"
    case noValidAnnotations = "ERROR_NO_VALID_ANNOTATIONS"
    case unannotated = "WARNING_UNANNOTATED_RECORD"
    case noAnnotations = "WARNING_NO_ANNOTATIONS"
    case noAttributeAnnotations = "WARNING_NO_ATTRIBUTE_ANNOTATIONS"
    // What the service has no code for.
    case lineTooLong = "RETICLE_LINE_TOO_LONG"
    case tooManyImageLabels = "RETICLE_TOO_MANY_IMAGE_LABELS"
    case duplicateSourceRef = "RETICLE_DUPLICATE_SOURCE_REF"
    case severalBoxAttributes = "RETICLE_SEVERAL_BOX_ATTRIBUTES"
    case imageInBothSets = "RETICLE_IMAGE_IN_TRAINING_AND_TEST"
    case mixedUseCases = "RETICLE_MIXED_USE_CASES"
    case imageSizeDiffers = "RETICLE_IMAGE_SIZE_DIFFERS"
    case imageOrientation = "RETICLE_IMAGE_ORIENTATION"
    case imageNotOpened = "RETICLE_IMAGE_NOT_OPENED"
  }
}

extension Finding.Code {
  /// How much the finding matters unless its circumstances say otherwise.
  public var severity: Finding.Severity {
    switch self {
    case .unannotated, .noAnnotations, .noAttributeAnnotations, .duplicateSourceRef,
      .severalBoxAttributes, .imageInBothSets, .mixedUseCases, .imageSizeDiffers,
      .imageOrientation, .imageNotOpened, .tooFewImagesToSplit:
      .warning
    default: .error
    }
  }

  /// Whether the code is the service's own.
  public var isOfficial: Bool { !rawValue.hasPrefix("RETICLE_") }

  /// Whether the service looks for this first, and at nothing else on the line once it is found.
  var hasPrecedence: Bool {
    switch self {
    case .invalidJSON, .missingSourceRef, .invalidSourceRef, .noLabelAttributes,
      .attributeFormat, .metadataFormat, .missingBoxConfidence, .missingClassMapID, .lineTooLong:
      true
    default: false
    }
  }
}
