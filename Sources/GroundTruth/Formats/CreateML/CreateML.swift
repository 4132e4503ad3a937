/// CreateML's JSON: a list of images, with boxes by their centres in pixels.
public enum CreateML: FormatCoding {
  /// Reads all JSON lists of images, in the spellings of object detectors and classifiers.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - options: What a person said of them.
  /// - Returns: The dataset, labels in the order of their first use.
  /// - Throws: `FormatError` if a file isn't what it claims, or if there is no CreateML file.
  /// - Complexity: O(bytes).
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = CreateMLReader(options: options)
    for path in files.paths(withExtension: "json") {
      try reader.readFile(files.json(of: path), files: files)
    }
    guard reader.hasFile else {
      throw FormatError(path: "", message: "there is no CreateML file here: a JSON array of images")
    }
    return Import(labels: reader.labels, images: reader.images, notes: reader.notes)
  }

  /// Writes `annotations.json`.
  ///
  /// Image-level labels are written where there are no boxes, as CreateML's classifiers take them.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - options: How to write it.
  /// - Returns: The file, and what is lost.
  /// - Throws: Nothing: CreateML holds any boxes.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    let hasBoxes = dataset.images.contains { !$0.boxes.isEmpty }
    let (dataset, losses) = dataset.reduced(
      to: Holdings(boxes: true, imageLabels: hasBoxes ? 0 : .max))
    let style = JSONStyle.spaced
    func annotation(_ box: LabeledBox) -> [UInt8] {
      style.object([
        ("label", JSONText.encode(box.label)),
        (
          "coordinates",
          style.object([
            ("x", JSONNumber.encode(box.left + box.width / 2)),
            ("y", JSONNumber.encode(box.top + box.height / 2)),
            ("width", JSONNumber.encode(box.width)), ("height", JSONNumber.encode(box.height)),
          ])
        ),
      ])
    }
    let images = dataset.images.map { image in
      style.object([
        ("image", JSONText.encode(FilePath.prefixed(image.name, by: options.imagePrefix))),
        (
          "annotations",
          style.array(
            image.boxes.map(annotation) + image.imageLabels.map { JSONText.encode($0.label) })
        ),
      ])
    }
    let bytes = style.lines(images) + [UInt8(ascii: "\n")]
    return Export(
      files: [OutputFile(path: "annotations.json", bytes: bytes)], losses: losses.sentences)
  }
}
