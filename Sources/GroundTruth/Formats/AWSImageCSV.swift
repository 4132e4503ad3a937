/// AWS's CSV for image-level labels: no header, an image a record, its labels in the next columns.
///
/// The form is that of “Creating a manifest file from a CSV file” in the Custom Labels guide. AWS's
/// program splits off records that name an image again; here their labels are joined, and noted.
public enum AWSImageCSV: FormatCoding {
  /// Reads every CSV file of the tree; an image without labels is one that nobody looked at.
  ///
  /// - Throws: `FormatError` if a file is broken, holds boxes, or there is none.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var notes = NoteList()
    var labels = LabelList(options.labels)
    var images: [LabeledImage] = []
    var positions: [String: Int] = [:]
    for path in files.paths(withExtension: "csv") {
      var reader = try CSVReader(files.bytes(of: path), path: path)
      var isFirst = true
      while let record = try reader.next() {
        defer { isFirst = false }
        if isFirst, try isHeader(record, path) {
          notes.add("The first line is a header; it's skipped.", path: path, line: record.line)
          continue
        }
        let name = record.fields[0].trimmedOfBlanks
        guard !name.isEmpty else {
          throw FormatError(
            path: path, line: record.line, message: "The first column, the image, is empty.")
        }
        let known = positions[name]
        if known != nil {
          notes.add(
            "The image has a line already; its labels are joined.", path: path,
            line: record.line)
        }
        let position = known ?? images.count
        if known == nil {
          positions[name] = position
          images.append(LabeledImage(name: name, isAnnotated: false))
        }
        for label in record.fields.dropFirst() where !label.trimmedOfBlanks.isEmpty {
          add(label.trimmedOfBlanks, to: &images[position], options)
          labels.add(label.trimmedOfBlanks)
        }
      }
    }
    guard !images.isEmpty else {
      throw FormatError(path: "", message: "There is no CSV file with an image in it.")
    }
    return Import(labels: labels, images: images, notes: notes)
  }

  private static func add(_ label: String, to image: inout LabeledImage, _ options: ReadOptions) {
    image.isAnnotated = true
    guard !image.imageLabels.contains(where: { $0.label == label }) else { return }
    image.imageLabels.append(
      .init(label: label, isPrediction: options.arePredictions ?? false))
  }

  /// Whether a first record names columns instead of an image.
  private static func isHeader(_ record: CSVRecord, _ path: String) throws(FormatError) -> Bool {
    let names = record.fields.map { $0.lowercased() }
    if names.contains(where: foreignColumns.contains) {
      throw FormatError(
        path: path, line: record.line,
        message: "The columns are another format's; AWS's have the image, then its labels.")
    }
    return imageColumns.contains(names[0])
  }

  /// What the first column may be called.
  private static let imageColumns: Set = [
    "image", "images", "filename", "file", "path", "source-ref", "image_path",
  ]
  /// Columns of other formats.
  private static let foreignColumns: Set = [
    "xmin", "imageid", "region_id", "region_shape_attributes",
  ]

  /// Whether a first record looks like this format's: an image first, and no column of another.
  static func isLikely(_ record: CSVRecord) -> Bool {
    let names = record.fields.map { $0.trimmedOfBlanks.lowercased() }
    guard !names.contains(where: foreignColumns.contains) else { return false }
    return imageColumns.contains(names[0]) || FilePath.isImage(names[0])
  }

  /// Writes `labels.csv`, images without labels as lines of their own.
  ///
  /// - Throws: Nothing; boxes and all else are among the losses.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    let (dataset, losses) = dataset.reduced(
      to: Holdings(imageLabels: .max, unannotated: true, empty: false))
    let text = dataset.images.reduce(into: "") { text, image in
      let fields =
        [FilePath.prefixed(image.name, by: options.imagePrefix)] + image.imageLabels.map(\.label)
      text += CSVText.record(fields, ending: "\r\n")
    }
    return Export(
      files: [OutputFile(path: "labels.csv", bytes: Array(text.utf8))], losses: losses.sentences)
  }
}
