/// Amazon A2I's output: an `output.json` a picture, with what people answered.
///
/// Understood are the answers of `crowd-bounding-box` (pixels), `crowd-image-classifier` and
/// `crowd-image-classifier-multi-select`, under whatever name the template gave them.
public enum A2IOutput: FormatCoding {
  /// Reads all answers among the files.
  ///
  /// Of several people's boxes those handed in last count; of their labels for the whole image
  /// those of the majority.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - options: What a person said of them.
  /// - Returns: The dataset, labels in the order of their first use.
  /// - Throws: `FormatError` if a file isn't what it claims, or if there is no output of A2I.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = A2IReader(files: files, options: options)
    for path in files.paths(withExtension: "json") {
      try reader.readFile(files.json(of: path))
    }
    guard reader.hasFile else {
      throw FormatError(
        path: "", message: "there is no output of A2I here: JSON with “humanAnswers”")
    }
    return Import(
      labels: reader.labels, images: reader.images, notes: reader.notes,
      tellsWhoLooked: options.arePredictions != true)
  }

  /// Writes an `output.json` for each image, in a folder named like it.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The files, and what is lost.
  /// - Throws: Nothing: A2I holds any boxes.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    let (dataset, losses) = dataset.reduced(
      to: Holdings(boxes: true, imageLabels: .max, unannotated: true))
    let writer = A2IWriter(options: options)
    var paths = OutputPaths()
    let files = dataset.images.map { image in
      OutputFile(
        path: paths.folder(for: image.name) + "/output.json", bytes: writer.file(image))
    }
    return Export(files: files, losses: losses.sentences)
  }
}
