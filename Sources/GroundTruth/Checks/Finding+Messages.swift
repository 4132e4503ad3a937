extension Finding.Code {
  /// The service's message, with the attribute in its blank if it has one.
  public func message(subject: String?) -> String {
    let name = subject ?? ""
    return switch self {
    case .unsupportedFormat: "The manifest file extension or contents are invalid."
    case .emptyManifest: "The manifest file is empty."
    case .manifestTooLarge: "The manifest file size exceeds the maximum supported size."
    case .tooManyRows: "The manifest file has too many rows."
    case .tooManyInvalidRows: "The manifest file contains too many invalid rows."
    case .multipleBuckets: "The manifest file contains images from multiple S3 buckets."
    case .tooFewImagesToSplit:
      "The manifest file contains insufficient labeled images per label to perform auto-split."
    case .tooFewLabels: "The manifest file has too few labels."
    case .tooFewUsableLabels: "The manifest file has too few usable labels."
    case .tooManyLabels: "The manifest file has too many labels."
    case .labelOverlap:
      "Less than 50% label overlap between the training and testing manifest files."
    case .usableLabelOverlap:
      "Less than 50% usable label overlap between the training and testing manifest files."
    case .invalidJSON: "The JSON Line has an invalid format."
    case .missingSourceRef: "The source-ref key is missing."
    case .invalidSourceRef: "The format of the source-ref value is invalid."
    case .noLabelAttributes: "No label attributes found."
    case .attributeFormat: "The format of the label attribute \(name) is invalid."
    case .metadataFormat: "The format of the label attribute metadata is invalid."
    case .missingBoxConfidence:
      "One or more bounding boxes has a missing confidence value."
    case .missingClassMapID: "One of more class ids is missing from the class map."
    case .noValidLabelAttributes: "No valid label attributes found."
    case .unsupportedType:
      "The use case type of the \(name)-metadata label attribute metadata is unsupported. "
        + "Check the type field."
    case .labelNameLength: "The length of the label name is invalid."
    case .invalidImage: "The image is invalid. Check S3 path and/or image properties."
    case .invalidImageDimension:
      "The image dimension(s) do not conform to allowed dimensions."
    case .invalidBox: "The bounding box has off frame values."
    case .boxTooSmall: "The height and width of the bounding box is too small."
    case .tooManyBoxes: "There are more bounding boxes than the allowed maximum."
    case .noValidAnnotations: "No valid annotations found."
    case .unannotated: "Record is unannotated."
    case .noAnnotations: "No annotations were found."
    case .noAttributeAnnotations: "No attribute annotations were found."
    case .lineTooLong: "The line has more than 100,000 characters."
    case .tooManyImageLabels: "The image has more than 50 labels."
    case .duplicateSourceRef: "The image stands on more than one line."
    case .severalBoxAttributes: "The line has several bounding-box attributes."
    case .imageInBothSets: "The image is in the training and in the test manifest."
    case .mixedUseCases: "Some lines have image-level labels, others bounding boxes."
    case .imageSizeDiffers: "The image doesn't have the size that the manifest states."
    case .imageOrientation: "The image is stored turned or mirrored."
    case .imageNotOpened: "The image isn't here to be opened."
    }
  }

  /// What to do about it, in one sentence.
  public var advice: String { lineAdvice ?? manifestAdvice }

  private var manifestAdvice: String {
    switch self {
    case .unsupportedFormat:
      "Write one JSON object a line, and give the file a name that ends in .manifest."
    case .emptyManifest: "Write one line for each image."
    case .manifestTooLarge: "Cut the manifest into datasets of at most 1 GB."
    case .tooManyRows: "Train on at most 250,000 images."
    case .tooManyInvalidRows:
      "Repair or delete lines until at most one in five is invalid; blank lines count."
    case .multipleBuckets: "Copy the images to one bucket and name them all there."
    case .tooFewImagesToSplit:
      "Add images of the rare labels, or make a test dataset and name it with --test."
    case .tooFewLabels, .tooFewUsableLabels:
      "Use at least two image-level labels, or one label on boxes."
    case .tooManyLabels: "Merge or drop labels until there are at most 250."
    case .labelOverlap, .usableLabelOverlap:
      "Put images of at least half of the training labels into the test manifest."
    case .mixedUseCases:
      "Keep one kind in a manifest: only the lines of the kind that the service chooses are used."
    default: ""
    }
  }

  private var lineAdvice: String? {
    switch self {
    case .invalidJSON: "Put one whole JSON object on the line, or delete the line."
    case .missingSourceRef: "Name the image as \"source-ref\": \"s3://bucket/key\"."
    case .invalidSourceRef:
      "Write s3://bucket/key; --local accepts paths while you work here."
    case .noLabelAttributes:
      "Give each label attribute NAME its NAME-metadata, spelt the same."
    case .attributeFormat:
      "Write boxes as {\"image_size\":[{width,height,depth}],\"annotations\":[…]}, an image-level "
        + "label as a whole number; --fix repairs a bare image_size."
    case .metadataFormat:
      "Give the metadata type, human-annotated (yes or no), creation-date and what its type needs; "
        + "--fix adds a missing confidence."
    case .missingBoxConfidence: "Give each box its {\"confidence\":1} in objects, as --fix does."
    case .missingClassMapID: "Name every class_id of the boxes in class-map."
    case .noValidLabelAttributes:
      "Keep one attribute of type groundtruth/image-classification or groundtruth/object-detection."
    case .unsupportedType:
      "Leave the attribute out; --fix splits Ground Truth's multi-label form into pairs."
    case .labelNameLength: "Use a label of 1 to 256 characters."
    case .invalidImage:
      "Use a PNG or JPEG of at most 15 MB, 64 to 4096 pixels a side and slimmer than 20 to 1."
    case .invalidImageDimension:
      "Scale the image and its boxes so that each side has 64 to 4096 pixels."
    case .invalidBox:
      "Keep the box within the image; --fix clips what is at most one pixel outside."
    case .boxTooSmall:
      "Delete the box, or draw it larger than one pixel at 1280 pixels for the longer side."
    case .tooManyBoxes: "Keep at most 50 boxes on an image."
    default: warningAdvice
    }
  }

  private var warningAdvice: String? {
    switch self {
    case .noValidAnnotations: "Correct a box of the line, or delete the line."
    case .unannotated: "Label the image or delete the line; it isn't used for training."
    case .noAnnotations, .noAttributeAnnotations:
      "Nothing if the image is meant to be empty; it isn't used for training."
    case .lineTooLong: "Delete what isn't needed on the line: the service drops it without a word."
    case .tooManyImageLabels: "Keep at most 50 labels on an image."
    case .duplicateSourceRef:
      "Delete all but one of the lines: the service keeps one of them without a word."
    case .severalBoxAttributes:
      "Keep one of them, as --fix does: the service would train on all of them."
    case .imageInBothSets: "Leave the image out of one of the two manifests."
    case .imageSizeDiffers: "Write the file's own size, and check that the boxes fit it."
    case .imageOrientation:
      "Store the image upright: the service ignores the EXIF orientation, so boxes may be off."
    case .imageNotOpened: "Say where the images lie with --images and --s3-prefix."
    default: nil
    }
  }
}
