/// YOLO: a text file an image with a row a box, numbers as ratios of the image's size.
///
/// All layouts from darknet's to Ultralytics' v8 are read: `labels/` beside `images/` with or
/// without splits, label files beside the images, `data.yaml`, `classes.txt`, `obj.names` with
/// `obj.data`, and lists of images. An empty label file says that nothing is there; a missing one
/// that nobody looked.
public enum YOLO: FormatCoding {
  /// How many decimals are written: exact to a millionth of a pixel at 12,000.
  private static let places = 10

  /// Reads the images of `data.yaml`, or all of them, with their label files.
  ///
  /// - Throws: `FormatError` if rows are broken, classes have no names, or no image is there to
  ///   give the ratios a size.
  public static func read(
    _ files: any FileTree, options: ReadOptions
  ) throws(FormatError) -> Import {
    var notes = NoteList()
    let index = FileIndex(files)
    let layout = try YOLOLayout(files, index: index, options: options, notes: &notes)
    var reader = YOLOReader(files: files, layout: layout, options: options, notes: notes)
    for image in layout.images { try reader.read(image) }
    return try reader.finish(index)
  }

  /// Writes `data.yaml` and a file in `labels/` for each image that somebody looked at; the images
  /// are expected in `images/` beside it, unless their names say `images/` already.
  ///
  /// - Throws: `FormatError` if the size of an image with boxes isn't known.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    var losses = LossTally(
      of: dataset,
      into: Holdings(
        boxes: true, predictions: true, scores: true, unannotated: true, unusedLabels: true))
    let labels = numbered(LabelList(of: dataset).labels, &losses)
    let numbers = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    var export = Export(files: [OutputFile(path: "data.yaml", bytes: Array(yaml(labels).utf8))])
    var taken: Set<String> = []
    for image in dataset.images where image.isAnnotated || !image.boxes.isEmpty {
      let path = labelPath(of: options.imagePrefix + image.name)
      guard taken.insert(path.lowercased()).inserted else {
        losses.add("Images are left out whose label file is another image's")
        continue
      }
      let text = try rows(of: image, numbers, &losses)
      export.files.append(OutputFile(path: path, bytes: Array(text.utf8)))
    }
    export.losses = losses.sentences
    return export
  }

  /// The names by number: as the dataset numbers them if that is 0, 1, 2…, else in its order.
  private static func numbered(
    _ labels: [LabeledDataset.Label], _ losses: inout LossTally
  ) -> [String] {
    let numbered = labels.compactMap { label in label.id.map { ($0, label.name) } }
    let sorted = numbered.sorted { $0.0 < $1.0 }
    if numbered.count == labels.count, sorted.map(\.0) == Array(labels.indices) {
      return sorted.map(\.1)
    }
    losses.add(
      "Labels get another number, as YOLO counts from 0 without gaps", count: numbered.count)
    return labels.map(\.name)
  }

  private static func yaml(_ names: [String]) -> String {
    // A folder of images stands for both splits until someone splits it.
    let head = "path: .\ntrain: images\nval: images\n\n"
    guard !names.isEmpty else { return head + "names: []\n" }
    return names.enumerated().reduce(head + "names:\n") { text, name in
      text + "  \(name.offset): \(quoted(name.element))\n"
    }
  }

  /// A YAML scalar that reads back as the same text, whatever it holds.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case _ where scalar.properties.isPatternWhitespace && scalar != " ",
        _ where scalar.properties.generalCategory == .control:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func labelPath(of name: String) -> String {
    let stem = FilePath.stem(of: FilePath.relative(name)) + ".txt"
    return YOLOLayout.beside(stem, folder: "labels") ?? "labels/\(stem)"
  }

  private static func rows(
    of image: LabeledImage, _ numbers: [String: Int], _ losses: inout LossTally
  ) throws(FormatError) -> String {
    guard !image.boxes.isEmpty else { return "" }
    guard let size = image.size, size.width > 0, size.height > 0 else {
      throw FormatError(
        path: image.name,
        message: "The size of the image isn't known, which YOLO's ratios need: give the images.")
    }
    var text = ""
    for box in image.boxes {
      let edges = RatioBox(box, in: size).edges
      let values = [
        (edges.left + edges.right) / 2, (edges.top + edges.bottom) / 2, edges.width, edges.height,
      ]
      text += "\(numbers[box.label] ?? 0)"
      for value in values { text += " " + DecimalText.fixed(value, places: places) }
      if box.isPrediction, let confidence = box.confidence {
        text += " " + DecimalText.fixed(confidence, places: places)
      } else if box.isPrediction {
        losses.add("Predicted boxes without a confidence become truth")
      }
      text += "\n"
    }
    return text
  }
}
