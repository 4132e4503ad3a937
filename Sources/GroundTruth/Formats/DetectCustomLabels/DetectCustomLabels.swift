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
    return Import(
      dataset: LabeledDataset(labels: reader.labels.labels, images: reader.images),
      notes: reader.notes.sentences)
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
    var (dataset, losses) = dataset.reduced(
      to: [.imageLabels, .predictions, .confidences], in: "DetectCustomLabels")
    if dataset.truthCount > 0 {
      losses.append(
        "DetectCustomLabels can't hold that people gave labels; they would look like predictions: "
          + "\(dataset.truthCount)")
    }
    // Truth beside predictions of the same things would make every object two.
    if dataset.truthCount > 0, dataset.predictionCount > 0 {
      losses.append(
        "DetectCustomLabels can't hold predictions beside truth; they would be left out: "
          + "\(dataset.predictionCount)")
      dataset.removePredictions()
    }
    var seen: Set<String> = []
    let writer = DetectCustomLabelsWriter()
    var answers: [(name: String, value: [UInt8])] = []
    for image in dataset.images {
      let name = ImageName(image.name).prefixed(options.imagePrefix)
      guard seen.insert(name).inserted else {
        throw FormatError(path: image.name, message: "two images have this name; rename one")
      }
      answers.append((name, writer.answer(image)))
    }
    let bytes = JSONStyle.spaced.lines(answers) + [UInt8(ascii: "\n")]
    return Export(files: [OutputFile(path: "detections.json", bytes: bytes)], losses: losses)
  }
}
