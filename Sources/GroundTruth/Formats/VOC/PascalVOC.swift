/// Pascal VOC: an XML file an image, with boxes as `xmin ymin xmax ymax`.
///
/// Nominally the first pixel is 1 and the last is included (the VOC2007 development kit); today's
/// tools write 0 and leave `xmax` out. A `min` of 0 or a `max` beyond the image cannot be the
/// first, so it settles the matter for the whole dataset; otherwise a person says, or 0 is taken.
public enum PascalVOC: FormatCoding {
  /// Reads every VOC file of the tree, whatever folder it lies in.
  ///
  /// Images named in no file are listed as unlabelled if they lie beside others that are.
  /// - Throws: `FormatError` if a file is broken or there is none.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var reader = VOCReader(index: FileIndex(files), options: options)
    for path in try reader.order(files) {
      try reader.read(XMLTree.root(of: files.bytes(of: path), path: path), path: path)
    }
    return try reader.finish(files)
  }

  /// Writes `Annotations/*.xml`, the list `ImageSets/Main/default.txt` and `labelmap.txt`.
  ///
  /// - Throws: Nothing; what VOC has no element for is among the losses.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    var (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, unannotated: true, traits: { _ in true }, unusedLabels: true))
    var export = Export(files: [])
    var paths = OutputPaths()
    var list = ""
    for image in dataset.images {
      guard image.isAnnotated || !image.boxes.isEmpty else {
        losses.add("Images that nobody looked at are left out")
        continue
      }
      let path = paths.path(for: image.name, in: "Annotations", extension: ".xml")
      export.files.append(OutputFile(path: path, bytes: VOCWriter.file(image, options)))
      list += path.dropFirst("Annotations/".count).dropLast(".xml".count) + "\n"
    }
    let map = VOCWriter.labelMap(LabelList(of: dataset).labels)
    export.files.append(OutputFile(path: "ImageSets/Main/default.txt", bytes: Array(list.utf8)))
    export.files.append(OutputFile(path: "labelmap.txt", bytes: Array(map.utf8)))
    export.losses = losses.sentences
    return export
  }
}
