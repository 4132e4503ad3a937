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
    for path in files.paths where ImageName.suffix(of: path) == "json" {
      guard let bytes = files.contents(of: path) else {
        throw FormatError(path: path, message: "the file can't be read; check its permissions")
      }
      try reader.readFile(JSONNode(parsing: bytes, path: path), files: files)
    }
    guard reader.hasFile else {
      throw FormatError(
        path: "", message: "there is no Label Studio file here: a JSON array of tasks")
    }
    return Import(
      dataset: LabeledDataset(labels: reader.labels.labels, images: reader.images),
      notes: reader.notes.sentences)
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
      to: [.imageLabels, .predictions, .confidences, .unlabelled], in: "Label Studio")
    let writer = LabelStudioWriter(options: options)
    let tasks = dataset.images.enumerated().map { writer.task($1, id: $0 + 1) }
    let bytes = JSONStyle.spaced.lines(tasks) + [UInt8(ascii: "\n")]
    return Export(files: [OutputFile(path: "tasks.json", bytes: bytes)], losses: losses)
  }
}

extension LabeledDataset {
  /// Makes sure that each image with boxes has a size.
  ///
  /// - Throws: `FormatError` with the first that has none.
  func requireSizes(for purpose: String) throws(FormatError) {
    guard let image = images.first(where: { $0.size == nil && !$0.boxes.isEmpty }) else { return }
    throw FormatError(
      path: image.name,
      message: "\(purpose) need the image's size, which is not known; say where the images lie "
        + "with --images DIR")
  }
}
