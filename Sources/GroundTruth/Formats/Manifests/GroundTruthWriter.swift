/// Writes manifests from nothing.
struct GroundTruthWriter {
  private let dataset: LabeledDataset
  private let options: WriteOptions
  private let numbers: LabelNumbers
  private let pairNames: [String: String]
  private let style = JSONStyle.compact
  /// The image whose class map also names the labels that no image uses.
  private let naming: Int?

  init(_ dataset: LabeledDataset, options: WriteOptions) {
    self.dataset = dataset
    self.options = options
    numbers = LabelNumbers(dataset, from: 0)
    pairNames = Self.pairNames(for: numbers.labels.map(\.name))
    naming = dataset.images.firstIndex(where: Self.hasTruthBoxes)
  }

  /// Whether labels that no image uses have a place.
  var namesUnusedLabels: Bool { naming != nil }

  /// The manifest.
  var manifest: [UInt8] {
    let unused = dataset.unusedLabels
    var bytes: [UInt8] = []
    for (index, image) in dataset.images.enumerated() {
      bytes += line(image, alsoNaming: index == naming ? unused : [])
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Whether boxes of people are written: those there are, or that there are none.
  private static func hasTruthBoxes(_ image: LabeledImage) -> Bool {
    if image.boxes.contains(where: { !$0.isPrediction }) { return true }
    return image.isAnnotated && image.size != nil
      && !image.imageLabels.contains { !$0.isPrediction }
  }

  /// The attribute of each image-level label: `image-label_<label>`, else with a number.
  private static func pairNames(for labels: [String]) -> [String: String] {
    var names: [String: String] = [:]
    var taken: Set<String> = []
    for label in labels {
      let name = "image-label_" + label
      // A number alone is kept for labels that can't be names.
      if AttributeName.isLegal(name), Int(label) == nil, taken.insert(name).inserted {
        names[label] = name
      }
    }
    var next = 0
    for label in labels where names[label] == nil {
      while !taken.insert("image-label_\(next)").inserted { next += 1 }
      names[label] = "image-label_\(next)"
    }
    return names
  }

  private func line(_ image: LabeledImage, alsoNaming unused: [String]) -> [UInt8] {
    let name = FilePath.prefixed(image.name, by: options.imagePrefix)
    var members: [(name: String, value: [UInt8])] = [("source-ref", JSONText.encode(name))]
    if Self.hasTruthBoxes(image) {
      let boxes = image.boxes.filter { !$0.isPrediction }
      members += attribute(
        Survey.defaultAttribute, boxes, of: image, isHuman: true, alsoNaming: unused)
    }
    let predictions = image.boxes.filter(\.isPrediction)
    if !predictions.isEmpty {
      members += attribute(
        GroundTruthManifest.predictionAttribute, predictions, of: image, isHuman: false)
    }
    var seen: Set<String> = []
    for label in image.imageLabels {
      guard var name = pairNames[label.label] else { continue }
      if label.isPrediction { name += "-prediction" }
      if seen.insert(name).inserted { members += pair(name, label) }
    }
    return style.object(members)
  }

  private func attribute(
    _ name: String, _ boxes: [LabeledBox], of image: LabeledImage, isHuman: Bool,
    alsoNaming unused: [String] = []
  ) -> [(name: String, value: [UInt8])] {
    let written = boxes.map { box in
      Box(
        left: box.left, top: box.top, width: box.width, height: box.height, label: box.label,
        confidence: box.confidence)
    }
    let value = style.object([
      ("image_size", style.imageSize(image.size ?? ImageSize(width: 0, height: 0))),
      (
        "annotations",
        style.array(written.map { style.annotation($0, classID: numbers[$0.label]) })
      ),
    ])
    var seen: Set<String> = []
    let named = (boxes.map(\.label) + unused).filter { seen.insert($0).inserted }
    let classMap = named.map { (String(numbers[$0]), JSONText.encode($0)) }
    let objects = written.map { style.object(confidence: $0.confidence) }
    let metadata = style.object(
      [
        ("objects", style.array(objects)), ("class-map", style.object(classMap)),
        ("type", JSONText.encode(BoxSet.type)),
      ] + provenance(isHuman: isHuman))
    return [(name, value), (name + AttributeReader.suffix, metadata)]
  }

  private func pair(
    _ name: String, _ label: LabeledImage.ImageLabel
  ) -> [(name: String, value: [UInt8])] {
    let metadata = style.object(
      [
        ("class-name", JSONText.encode(label.label)),
        ("confidence", JSONNumber.encode(label.confidence ?? 1)),
        ("type", JSONText.encode(ImageLabel.type)),
      ] + provenance(isHuman: !label.isPrediction))
    return [
      (name, JSONNumber.encode(numbers[label.label])), (name + AttributeReader.suffix, metadata),
    ]
  }

  private func provenance(isHuman: Bool) -> [(name: String, value: [UInt8])] {
    let date = options.date.isEmpty ? "1970-01-01T00:00:00.000000" : options.date
    return [
      ("human-annotated", JSONText.encode(isHuman ? "yes" : "no")),
      ("creation-date", JSONText.encode(date)),
      ("job-name", JSONText.encode("labeling-job/reticle")),
    ]
  }
}
