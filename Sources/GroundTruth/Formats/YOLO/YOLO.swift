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

  /// Writes `data.yaml` and a label file for each image that somebody looked at.
  ///
  /// The images are expected below `data.yaml` by their names, in `images/` unless these name such a
  /// folder already. As Ultralytics looks for it, a label file has the same path with `labels` for
  /// the last `images`.
  ///
  /// - Throws: `FormatError` if the size of an image with boxes isn't known.
  public static func write(
    _ dataset: LabeledDataset, options: WriteOptions
  ) throws(FormatError) -> Export {
    try dataset.requireSizes(for: "YOLO's ratios")
    var (dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, predictions: true, scores: true, unannotated: true, unusedLabels: true))
    let labels = numbered(dataset, &losses)
    let numbers = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    let places = dataset.images.map { place(of: options.imagePrefix + $0.name) }
    let folders = imageFolders(of: places)
    var export = Export(
      files: [OutputFile(path: "data.yaml", bytes: Array(yaml(labels, folders).utf8))])
    export.notes = [
      "data.yaml: The images are expected beside it, in \(folders.prefix(3).joined(separator: ", "))."
    ]
    var taken: Set<String> = []
    for (image, place) in zip(dataset.images, places)
    where image.isAnnotated || !image.boxes.isEmpty {
      let path = labelPath(of: place)
      guard taken.insert(path.lowercased()).inserted else {
        losses.add("Images are left out whose label file is another image's")
        continue
      }
      let text = rows(of: image, numbers, &losses)
      export.files.append(OutputFile(path: path, bytes: Array(text.utf8)))
    }
    export.losses = losses.sentences
    return export
  }

  /// The names by number: as the dataset numbers them if that is 0, 1, 2…, else in its order.
  private static func numbered(
    _ dataset: LabeledDataset, _ losses: inout LossTally
  ) -> [String] {
    let numbered = LabelNumbers(dataset, from: 0).labels.sorted { $0.id < $1.id }
    if numbered.map(\.id) == Array(numbered.indices) { return numbered.map(\.name) }
    let labels = LabelList(of: dataset).labels
    let moved = labels.enumerated().count { position, label in
      label.id != nil && label.id != position
    }
    losses.add("Labels get another number, as YOLO counts from 0 without gaps", count: moved)
    return labels.map(\.name)
  }

  /// Where an image is expected, below `data.yaml`.
  private static func place(of name: String) -> String {
    let path = FilePath.relative(name)
    let isInImages = FilePath.steps(of: path).dropLast().contains("images")
    return isInImages ? path : "images/\(path)"
  }

  /// The folders named `images` in which the images are, each once.
  private static func imageFolders(of places: [String]) -> [String] {
    var seen: Set<String> = []
    var folders: [String] = []
    for place in places {
      let parts = FilePath.steps(of: place).dropLast()
      guard let last = parts.lastIndex(of: "images") else { continue }
      let folder = parts[...last].joined(separator: "/")
      if seen.insert(folder).inserted { folders.append(folder) }
    }
    return folders.isEmpty ? ["images"] : folders
  }

  private static func yaml(_ names: [String], _ folders: [String]) -> String {
    // The folders of images stand for both splits until someone splits them.
    let plain = folders == ["images"]
    let images = plain ? "images" : "[\(folders.map(quoted).joined(separator: ", "))]"
    let head = "path: .\ntrain: \(images)\nval: \(images)\n\n"
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

  private static func labelPath(of place: String) -> String {
    let path = FilePath.stem(of: place) + ".txt"
    return YOLOLayout.beside(path, folder: "labels") ?? path
  }

  private static func rows(
    of image: LabeledImage, _ numbers: [String: Int], _ losses: inout LossTally
  ) -> String {
    guard let size = image.size else { return "" }
    var text = ""
    for box in image.boxes {
      let edges = EdgeBox(box).ratios(of: size)
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
