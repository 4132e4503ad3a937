/// SageMaker Ground Truth manifests, a JSON object a line.
public enum GroundTruthManifest: FormatCoding {
  /// The attribute that boxes of models are written to.
  public static let predictionAttribute = "predictions"

  /// Reads all manifests among the files.
  ///
  /// The boxes are those of `options.attribute`, else of the attribute that people vouch for most;
  /// attributes that nobody vouches for are predictions. Excluded images are left out.
  ///
  /// - Parameters:
  ///   - files: The files; those named `.manifest`, else all that may hold JSON lines.
  ///   - options: What a person said of them.
  /// - Returns: The dataset, classes with their ids.
  /// - Throws: `FormatError` if a line can't be used, or if there is no manifest.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = GroundTruthReader(options: options)
    try reader.read(files)
    return reader.result
  }

  /// Writes `output.manifest`, a line an image.
  ///
  /// Boxes go to `bounding-box`, those of models to `predictions`, and each image-level label to an
  /// attribute of its own, the form that Custom Labels imports.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The manifest, and what is lost.
  /// - Throws: `FormatError` if an image with boxes has no size, or if something has no name.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    try dataset.requireSizes(for: "Ground Truth's boxes")
    var (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, imageLabels: .max, predictions: true, scores: true, confidences: true,
        unannotated: true, unusedLabels: true))
    if dataset.usedLabels.contains("") {
      throw FormatError(path: "", message: "a label has no name; give it one")
    }
    let blank = dataset.images.count {
      $0.isAnnotated && $0.size == nil && $0.boxes.isEmpty && $0.imageLabels.isEmpty
    }
    losses.add(
      "That nothing is in an image is left out where its size isn't known (--images DIR says where "
        + "it lies)", count: blank)
    let writer = GroundTruthWriter(dataset, options: options)
    if !writer.namesUnusedLabels {
      losses.add("Labels that no image uses are left out", count: dataset.unusedLabels.count)
    }
    return Export(
      files: [OutputFile(path: "output.manifest", bytes: writer.manifest)], losses: losses.sentences
    )
  }
}
