/// Label Studio's JSON: a list of tasks with annotations and predictions.
///
/// Boxes are percents of the image's sides; edges become pixels by rounding.
public enum LabelStudio: FormatCoding {
  /// Reads all lists of tasks among the files.
  ///
  /// Of several annotations of a task the one marked as ground truth counts, else the newest;
  /// cancelled ones never do.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - options: What a person said of them.
  /// - Returns: The dataset, labels in the order of their first use.
  /// - Throws: `FormatError` if a file isn't what it claims, or if there is no list of tasks.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = LabelStudioReader(options: options)
    for path in files.paths(withExtension: "json") {
      try reader.readFile(files.json(of: path), files: files)
    }
    guard reader.hasFile else {
      throw FormatError(
        path: "", message: "there is no Label Studio file here: a JSON array of tasks")
    }
    return Import(
      labels: reader.labels, images: reader.images, notes: reader.notes,
      tellsWhoLooked: options.arePredictions != true)
  }

  /// Writes `tasks.json`, which Label Studio imports as tasks with annotations and predictions.
  ///
  /// The labelling interface needs `<RectangleLabels name="label" toName="image">` for boxes and
  /// `<Choices name="choice" toName="image">` for image-level labels.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The file, and what is lost.
  /// - Throws: `FormatError` if an image with boxes has no size, since percents need it.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    try dataset.requireSizes(for: "Label Studio's percents")
    let (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, imageLabels: .max, predictions: true, scores: true, confidences: true,
        unannotated: true))
    let writer = LabelStudioWriter(options: options)
    let tasks = dataset.images.enumerated().map { writer.task($1, id: $0 + 1) }
    let bytes = JSONStyle.spaced.lines(tasks) + [UInt8(ascii: "\n")]
    return Export(files: [OutputFile(path: "tasks.json", bytes: bytes)], losses: losses.sentences)
  }
}
