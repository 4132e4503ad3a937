/// COCO: instances with their images and categories, and results with scores.
///
/// Boxes are `[x, y, width, height]` in pixels from the top-left corner, fractions allowed
/// (<https://cocodataset.org/#format-data>, <https://cocodataset.org/#format-results>).
public enum COCO: FormatCoding {
  /// Reads all instances and results among the files.
  ///
  /// Results without their instances name images by number, and labels by their place in
  /// `options.labels`.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - options: What a person said of them.
  /// - Returns: The dataset, categories with their own ids.
  /// - Throws: `FormatError` if a file isn't what it claims, or if there is no COCO file.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = COCOReader(options: options)
    try reader.read(files)
    return reader.result
  }

  /// Writes `instances.json`, and `results.json` if there are predictions.
  ///
  /// Categories keep their ids; images and annotations are numbered from 1, since pycocotools takes
  /// annotation 0 for none.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The files, and what is lost.
  /// - Throws: Nothing: COCO holds any boxes.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    // Without any annotation, nobody has looked.
    let isUnannotated = !dataset.images.contains(where: \.isAnnotated)
    let (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, predictions: true, scores: true, confidences: true, crowds: true,
        unannotated: isUnannotated, traits: { _ in true }, unusedLabels: true))
    let writer = COCOWriter(dataset, options: options)
    var files = [OutputFile(path: "instances.json", bytes: writer.instances)]
    if dataset.predictionCount > 0 {
      files.append(OutputFile(path: "results.json", bytes: writer.results))
    }
    return Export(files: files, losses: losses.sentences)
  }
}
