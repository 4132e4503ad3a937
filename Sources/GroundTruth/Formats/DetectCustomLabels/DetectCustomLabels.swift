/// What DetectCustomLabels answers: labels with ratios and percents.
///
/// Ratios become pixels by rounding the edges, with the size of the image that was sent.
public enum DetectCustomLabels: FormatCoding {
  /// Reads answers: a JSON file for each image, named like it, or one that maps names to answers.
  ///
  /// Everything is a prediction. A label without `Geometry` is for the whole image.
  ///
  /// - Parameters:
  ///   - files: The files; the images among them, or their sizes.
  ///   - options: What a person said of them.
  /// - Returns: The dataset, labels in the order of their first use.
  /// - Throws: `FormatError` if a file isn't what it claims, if an image's size isn't known, or if
  ///   there is no answer.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = DetectCustomLabelsReader(files: files, options: options)
    try reader.read()
    return Import(labels: reader.labels, images: reader.images, notes: reader.notes)
  }

  /// Writes `detections.json`, which maps the images' names to answers.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The file, and what is lost.
  /// - Throws: `FormatError` if an image with boxes has no size, or if two images have one name.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    try dataset.requireSizes(for: "DetectCustomLabels' ratios")
    let (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, imageLabels: .max, truth: false, predictions: true, scores: true,
        confidences: true, unannotated: true, empty: false))
    var seen: Set<String> = []
    var answers: [(name: String, value: [UInt8])] = []
    for image in dataset.images {
      let name = FilePath.prefixed(image.name, by: options.imagePrefix)
      guard seen.insert(name).inserted else {
        throw FormatError(path: image.name, message: "two images have this name; rename one")
      }
      answers.append((name, answer(image.customLabels)))
    }
    let bytes = JSONStyle.spaced.lines(answers) + [UInt8(ascii: "\n")]
    return Export(
      files: [OutputFile(path: "detections.json", bytes: bytes)], losses: losses.sentences)
  }
}
