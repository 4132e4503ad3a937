extension Finding {
  /// What can be found: the codes of Amazon Rekognition Custom Labels that can be judged without
  /// the service, and a few for what it drops or misreads without a word.
  ///
  /// The service's codes and messages are those of its developer guide, pages "Terminal manifest
  /// file errors", "Terminal manifest content errors" and "Non-terminal JSON line validation
  /// errors". Codes that begin with `RETICLE_` aren't the service's.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    // The manifest as a whole.
    /// The name has no extension, or no line is a JSON object.
    case unsupportedFormat = "ERROR_MANIFEST_INACCESSIBLE_OR_UNSUPPORTED_FORMAT"
    /// There is no line.
    case emptyManifest = "ERROR_EMPTY_MANIFEST"
    /// The file has more than 1 GB.
    case manifestTooLarge = "ERROR_MANIFEST_SIZE_TOO_LARGE"
    /// There are more lines than the service takes images.
    case tooManyRows = "ERROR_MANIFEST_ROWS_EXCEEDS_MAXIMUM"
    /// More than one line in five is invalid.
    case tooManyInvalidRows = "ERROR_TOO_MANY_INVALID_ROWS_IN_MANIFEST"
    /// The images are in more than one bucket.
    case multipleBuckets = "ERROR_IMAGES_IN_MULTIPLE_S3_BUCKETS"
    /// Too few images a label for a test set to be split off.
    case tooFewImagesToSplit = "ERROR_INSUFFICIENT_IMAGES_PER_LABEL_FOR_AUTOSPLIT"
    /// There are fewer labels than the kind of model needs.
    case tooFewLabels = "ERROR_MANIFEST_TOO_FEW_LABELS"
    /// There are too few labels in the form that the model is trained with.
    case tooFewUsableLabels = "ERROR_MANIFEST_TOO_FEW_USABLE_LABELS"
    /// There are more than 250 labels.
    case tooManyLabels = "ERROR_MANIFEST_TOO_MANY_LABELS"
    /// Less than half of the training labels are in the test manifest.
    case labelOverlap = "ERROR_INSUFFICIENT_LABEL_OVERLAP"
    /// The same of the labels in the form that the model is trained with.
    case usableLabelOverlap = "ERROR_INSUFFICIENT_USABLE_LABEL_OVERLAP"
    // A line: found first, and nothing else is looked for then.
    /// The line is blank or no JSON object.
    case invalidJSON = "ERROR_INVALID_JSON_LINE"
    /// The line names no image.
    case missingSourceRef = "ERROR_MISSING_SOURCE_REF"
    /// `source-ref` isn't `s3://bucket/key`.
    case invalidSourceRef = "ERROR_INVALID_SOURCE_REF_FORMAT"
    /// Nothing on the line is a label attribute with its metadata.
    case noLabelAttributes = "ERROR_NO_LABEL_ATTRIBUTES"
    /// A label attribute isn't what its type asks for.
    case attributeFormat = "ERROR_INVALID_LABEL_ATTRIBUTE_FORMAT"
    /// Label metadata lack a member, or have one of the wrong kind.
    case metadataFormat = "ERROR_INVALID_LABEL_ATTRIBUTE_METADATA_FORMAT"
    /// `objects` has fewer confidences than there are boxes.
    case missingBoxConfidence = "ERROR_MISSING_BOUNDING_BOX_CONFIDENCE"
    /// A `class_id` isn't in the class map.
    case missingClassMapID = "ERROR_MISSING_CLASS_MAP_ID"
    // A line.
    /// No attribute is of a type that the service trains on.
    case noValidLabelAttributes = "ERROR_NO_VALID_LABEL_ATTRIBUTES"
    /// An attribute is of a type that the service doesn't train on.
    case unsupportedType = "ERROR_UNSUPPORTED_USE_CASE_TYPE"
    /// A label has no character, or more than 256.
    case labelNameLength = "ERROR_INVALID_LABEL_NAME_LENGTH"
    /// The image file isn't one that the service takes.
    case invalidImage = "ERROR_INVALID_IMAGE"
    /// An image with boxes has a side of less than 64 or more than 4096 pixels.
    case invalidImageDimension = "ERROR_INVALID_IMAGE_DIMENSION"
    /// A box has a negative value or ends outside the image.
    case invalidBox = "ERROR_INVALID_BOUNDING_BOX"
    /// A box is at most one pixel wide or high once the image is scaled down.
    case boxTooSmall = "ERROR_BOUNDING_BOX_TOO_SMALL"
    /// An attribute has more than 50 boxes.
    case tooManyBoxes = "ERROR_TOO_MANY_BOUNDING_BOXES"
    /// None of the boxes of the line is valid.
    case noValidAnnotations = "ERROR_NO_VALID_ANNOTATIONS"
    /// The line says nothing of its image.
    case unannotated = "WARNING_UNANNOTATED_RECORD"
    /// A human looked and drew no box.
    case noAnnotations = "WARNING_NO_ANNOTATIONS"
    /// A bounding-box attribute has no boxes.
    case noAttributeAnnotations = "WARNING_NO_ATTRIBUTE_ANNOTATIONS"
    // What the service has no code for.
    /// The line has more than 100,000 characters; the service drops it.
    case lineTooLong = "RETICLE_LINE_TOO_LONG"
    /// The image has more than 50 image-level labels.
    case tooManyImageLabels = "RETICLE_TOO_MANY_IMAGE_LABELS"
    /// An earlier line names the same image; the service drops one.
    case duplicateSourceRef = "RETICLE_DUPLICATE_SOURCE_REF"
    /// The service would train on the boxes of all of them.
    case severalBoxAttributes = "RETICLE_SEVERAL_BOX_ATTRIBUTES"
    /// The test manifest names the same image.
    case imageInBothSets = "RETICLE_IMAGE_IN_TRAINING_AND_TEST"
    /// Lines for two kinds of model; those of one kind are ignored.
    case mixedUseCases = "RETICLE_MIXED_USE_CASES"
    /// `image_size` isn't the size of the file.
    case imageSizeDiffers = "RETICLE_IMAGE_SIZE_DIFFERS"
    /// The EXIF orientation isn't 1.
    case imageOrientation = "RETICLE_IMAGE_ORIENTATION"
    /// The image can't be among those that are here.
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
