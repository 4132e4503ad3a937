/// CVAT's XML 1.1 for images: all images in one file, boxes as `xtl ytl xbr ybr` edges.
///
/// The edges are where the pixels end, so the width is `xbr − xtl` (CVAT, XML annotation format).
public enum CVAT: FormatCoding {
  /// Reads every file of images in the tree.
  ///
  /// - Throws: `FormatError` if a file is broken, or of a video, which has tracks and no images.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var notes = NoteList()
    let roots = try XMLFiles.roots("annotations", of: "CVAT 1.1", in: files, notes: &notes)
    var reader = CVATReader(options: options, notes: notes)
    for (path, root) in roots { try reader.read(root, path: path) }
    return reader.result
  }

  /// Writes `annotations.xml`.
  ///
  /// - Throws: Nothing; what CVAT has no place for is among the losses.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    let (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, imageLabels: .max, predictions: true, traits: { _ in true },
        unusedLabels: true))
    let bytes = CVATWriter.file(dataset, options)
    return Export(
      files: [OutputFile(path: "annotations.xml", bytes: bytes)], losses: losses.sentences)
  }
}
