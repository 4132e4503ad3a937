/// Writes Open Images' CSV files.
struct OpenImagesWriter {
  private let dataset: LabeledDataset
  private let options: WriteOptions
  private var losses: LossTally

  init(_ dataset: LabeledDataset, _ options: WriteOptions) {
    self.options = options
    (self.dataset, losses) = dataset.reduced(
      to: Holdings(
        boxes: true, imageLabels: .max, predictions: true, scores: true, crowds: true,
        unannotated: true, empty: false,
        traits: { name in OpenImages.traits.contains { $0.trait == name } }, unusedLabels: true))
  }

  /// The files.
  consuming func export() throws(FormatError) -> Export {
    try dataset.requireSizes(for: "Open Images' ratios")
    var copy = self
    let identifiers = copy.identifiers()
    var images = "ImageID\n"
    var boxes = CSVText.record(
      ["ImageID", "Source", "LabelName", "Confidence", "XMin", "XMax", "YMin", "YMax"]
        + ["IsOccluded", "IsTruncated", "IsGroupOf", "IsDepiction", "IsInside"])
    var labels = ""
    for (image, identifier) in zip(copy.dataset.images, identifiers) {
      images += CSVText.record([identifier])
      boxes += copy.boxRecords(of: image, identifier)
      labels += copy.labelRecords(of: image, identifier)
    }
    // No identifiers of the knowledge graph are known, so that names stand for themselves.
    let names = LabelList(of: copy.dataset).labels.map { CSVText.record([$0.name, $0.name]) }
    var files = [("images.csv", images), ("class-descriptions.csv", names.joined())]
    files.append(("annotations-bbox.csv", boxes))
    if !labels.isEmpty {
      let header = "ImageID,Source,LabelName,Confidence\n"
      files.append(("annotations-human-imagelabels.csv", header + labels))
    }
    return Export(
      files: files.map { OutputFile(path: $0.0, bytes: Array($0.1.utf8)) },
      losses: copy.losses.sentences)
  }

  /// Open Images names an image by its file without the extension; where two would be the same,
  /// the extension stays.
  private func identifiers() -> [String] {
    let names = dataset.images.map { FilePath.prefixed($0.name, by: options.imagePrefix) }
    let stems = names.map { FilePath.isImage($0) ? FilePath.stem(of: $0) : $0 }
    let counts = Dictionary(stems.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(names, stems).map { counts[$1] == 1 ? $1 : $0 }
  }

  private mutating func boxRecords(of image: LabeledImage, _ identifier: String) -> String {
    guard let size = image.size else { return "" }
    return image.boxes.reduce(into: "") { text, box in
      let edges = EdgeBox(box).ratios(of: size)
      let ratios = [edges.left, edges.right, edges.top, edges.bottom]
      let said = [
        flag(box, "occluded"), flag(box, "truncated"), box.isCrowd ? "1" : "0",
        flag(box, "depiction"), flag(box, "inside"),
      ]
      text += CSVText.record(
        [identifier, box.isPrediction ? "machine" : "xclick", box.label]
          + [confidence(box.confidence, isPrediction: box.isPrediction)]
          + ratios.map { DecimalText.fixed($0, places: 10) } + said)
    }
  }

  private mutating func labelRecords(of image: LabeledImage, _ identifier: String) -> String {
    image.imageLabels.reduce(into: "") { text, label in
      text += CSVText.record(
        [identifier, label.isPrediction ? "machine" : "verification", label.label]
          + [confidence(label.confidence, isPrediction: label.isPrediction)])
    }
  }

  private func flag(_ box: LabeledBox, _ trait: String) -> String {
    ["0", "false", nil].contains(box.traits[trait]?.lowercased()) ? "0" : "1"
  }

  private mutating func confidence(_ confidence: Double?, isPrediction: Bool) -> String {
    guard isPrediction else { return "1" }
    guard let confidence else {
      losses.add("Predictions without a confidence get 1")
      return "1"
    }
    return "\(confidence)"
  }
}
