import GroundTruth

/// A format: read as anybody may have written it, then written in every format there is.
enum FormatHarness {
  static func run(_ bytes: [UInt8], as format: Format) throws(Violation) {
    let files = FileArchive(bytes, path: path(of: format))
    _ = Format.candidates(for: files)
    if case .success(let dataset) = try read(files, as: format, ReadOptions()) {
      try write(dataset, from: format)
    }
    let options = ReadOptions(
      vocBase: 1, labels: ["a", "b"], arePredictions: true, attribute: "boxes")
    _ = try read(files, as: format, options)
  }

  /// The name of an input that is a file of its own.
  private static func path(of format: Format) -> String {
    switch format {
    case .groundTruth: "a.manifest"
    case .yolo: "a.txt"
    case .voc, .cvat, .imglab: "a.xml"
    case .openImages, .csv: "a.csv"
    default: "a.json"
    }
  }

  private static func read(
    _ files: FileArchive, as format: Format, _ options: ReadOptions
  ) throws(Violation) -> Result<LabeledDataset, FormatError> {
    let found: Import
    do throws(FormatError) {
      found = try format.coding.read(files, options: options)
    } catch {
      try expect(!error.message.isEmpty, "an error says what is wrong")
      try expect(error.line ?? 1 > 0, "an error counts lines from 1")
      return .failure(error)
    }
    let names = found.dataset.labels.map(\.name)
    try expect(!names.contains(""), "a label has a name")
    try expect(Set(names).count == names.count, "a label is listed once")
    for image in found.dataset.images {
      for label in image.imageLabels { try expect(!label.label.isEmpty, "a label has a name") }
      if let size = image.size {
        try expect(size.width > 0 && size.height > 0, "an image has a size: \(size)")
      }
      for box in image.boxes {
        let frame = [box.left, box.top, box.width, box.height]
        try expect(frame.allSatisfy(\.isFinite), "a box is finite: \(frame)")
        try expect(box.width >= 0 && box.height >= 0, "a box isn't turned over: \(frame)")
        try expect(!box.label.isEmpty, "a box has a label")
        try expect(box.confidence?.isFinite != false, "a confidence is finite")
      }
    }
    return .success(found.dataset)
  }

  private static func write(_ dataset: LabeledDataset, from source: Format) throws(Violation) {
    for format in Format.allCases {
      for options in [WriteOptions(), WriteOptions(vocBase: 1, imagePrefix: "images/")] {
        guard let export = try? format.coding.write(dataset, options: options) else { continue }
        for file in export.files { try check(file, of: format) }
        // With a prefix an image goes by another name, under which none has a size here.
        if format == source, options.imagePrefix.isEmpty { try readBack(export, dataset, format) }
      }
    }
    for placement in LabelFolders.placements(of: dataset).placements {
      try staysBelow(placement.path, .folders)
    }
    if let ready = try? dataset.preparedForRekognition(prefix: "s3://bucket/") {
      _ = try? Format.groundTruth.coding.write(ready.dataset, options: WriteOptions())
    }
  }

  private static func readBack(
    _ export: Export, _ dataset: LabeledDataset, _ format: Format
  ) throws(Violation) {
    let files = FileArchive(export, of: dataset)
    if case .failure(let error) = try read(files, as: format, ReadOptions()) {
      let isSomething =
        switch format {
        // Its numbers are ratios of images, and its files are those of labels.
        case .yolo:
          !dataset.labels.isEmpty
            && dataset.images.contains { $0.size != nil && $0.name.hasSuffix(".jpg") }
        // It has no header, so that what is named like one is taken for one.
        case .csv: false
        // It has no files but the images, which are copied.
        case .folders: false
        // Files of hidden images are hidden, and passed over.
        default: dataset.images.contains { !isHidden($0.name) }
        }
      try expect(!isSomething, "\(format) reads what it wrote: \(error)")
    }
  }

  /// Whether a file of that name is one that a folder keeps to itself.
  private static func isHidden(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: "/")).contains {
      $0.first == UInt8(ascii: ".") || $0.first == UInt8(ascii: "_")
    }
  }

  private static func check(_ file: OutputFile, of format: Format) throws(Violation) {
    try staysBelow(file.path, format)
    switch format {
    case .groundTruth:
      for line in file.bytes.split(separator: UInt8(ascii: "\n")) {
        guard let entry = try? Entry(line: Array(line)) else {
          throw Violation("a manifest's lines are entries")
        }
        try expect(entry.problems.isEmpty, "a manifest is written well: \(entry.problems)")
      }
    case .coco, .labelme, .labelStudio, .createML, .rekognition, .a2i:
      guard file.path.hasSuffix(".json") else { return }
      try expect((try? JSONValue(parsing: file.bytes)) != nil, "\(format) is written as JSON")
    default: break
    }
  }

  /// A path that is written to lies in the folder that was asked for.
  private static func staysBelow(_ path: String, _ format: Format) throws(Violation) {
    try expect(FileArchive.isBelow(path), "\(format) stays in its folder: \(path)")
  }
}
