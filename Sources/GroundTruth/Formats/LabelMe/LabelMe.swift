/// LabelMe's JSON: a file an image, beside the image.
///
/// Points are pixel edges, fractions allowed; a rectangle is two corners in any order.
public enum LabelMe: FormatCoding {
  /// The names that `labels.txt` may begin with and that are no labels.
  static let pseudoLabels: Set<String> = ["__ignore__", "_background_"]

  /// Reads all files that have `shapes`, and `labels.txt` if there is one.
  ///
  /// Shapes other than rectangles become their envelopes; flags that are set become image-level
  /// labels.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - options: What a person said of them.
  /// - Returns: The dataset.
  /// - Throws: `FormatError` if a file isn't what it claims, or if there is no LabelMe file.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = LabelMeReader(options: options)
    try reader.read(files)
    return Import(labels: reader.labels, images: reader.images, notes: reader.notes)
  }

  /// Writes a JSON file for each image, and `labels.txt`.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The files, and what is lost.
  /// - Throws: Nothing: LabelMe holds any boxes.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    let (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, imageLabels: .max, scores: true, confidences: true, crowds: true,
        traits: { _ in true }, unusedLabels: true))
    let writer = LabelMeWriter(options: options)
    var paths = OutputPaths()
    var files: [OutputFile] = []
    for image in dataset.images {
      let path = paths.path(for: image.name, extension: ".json")
      files.append(OutputFile(path: path, bytes: writer.file(image, path: path)))
    }
    let names = LabelList(of: dataset).labels.map(\.name)
    let lines = names.map { $0.replacing("\n", with: " ") + "\n" }
    files.append(OutputFile(path: "labels.txt", bytes: Array(lines.joined().utf8)))
    return Export(files: files, losses: losses.sentences)
  }
}
