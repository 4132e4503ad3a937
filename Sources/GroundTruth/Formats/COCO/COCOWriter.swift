/// Writes COCO instances and results.
struct COCOWriter {
  private let dataset: LabeledDataset
  private let options: WriteOptions
  private let numbers: LabelNumbers
  private let style = JSONStyle.compact

  init(_ dataset: LabeledDataset, options: WriteOptions) {
    self.dataset = dataset
    self.options = options
    numbers = LabelNumbers(dataset, from: 1)
  }

  /// The images, the categories, and the truth.
  var instances: [UInt8] {
    let info = style.object([
      ("description", JSONText.encode("")), ("date_created", JSONText.encode(options.date)),
    ])
    return style.lines([
      ("info", info), ("licenses", Array("[]".utf8)),
      ("categories", style.lines(numbers.labels.map(category))),
      ("images", style.lines(dataset.images.enumerated().map(image))),
      ("annotations", style.lines(annotations)),
    ]) + [UInt8(ascii: "\n")]
  }

  /// The predictions.
  var results: [UInt8] {
    var lines: [[UInt8]] = []
    for (index, image) in dataset.images.enumerated() {
      for box in image.boxes where box.isPrediction {
        lines.append(
          style.object([
            ("image_id", JSONNumber.encode(index + 1)),
            ("category_id", JSONNumber.encode(numbers[box.label])), ("bbox", bbox(box)),
            ("score", JSONNumber.encode(box.confidence ?? 1)),
          ]))
      }
    }
    return style.lines(lines) + [UInt8(ascii: "\n")]
  }

  private func category(_ label: (name: String, id: Int)) -> [UInt8] {
    style.object([
      ("id", JSONNumber.encode(label.id)), ("name", JSONText.encode(label.name)),
      ("supercategory", JSONText.encode("")),
    ])
  }

  private func image(_ index: Int, _ image: LabeledImage) -> [UInt8] {
    var members: [(name: String, value: [UInt8])] = [("id", JSONNumber.encode(index + 1))]
    if let size = image.size {
      members.append(("width", JSONNumber.encode(size.width)))
      members.append(("height", JSONNumber.encode(size.height)))
    }
    let name = FilePath.prefixed(image.name, by: options.imagePrefix)
    members.append(("file_name", JSONText.encode(name)))
    return style.object(members)
  }

  private var annotations: [[UInt8]] {
    var lines: [[UInt8]] = []
    for (index, image) in dataset.images.enumerated() {
      for box in image.boxes where !box.isPrediction {
        lines.append(annotation(box, id: lines.count + 1, imageID: index + 1))
      }
    }
    return lines
  }

  private func annotation(_ box: LabeledBox, id: Int, imageID: Int) -> [UInt8] {
    var members: [(name: String, value: [UInt8])] = [
      ("id", JSONNumber.encode(id)), ("image_id", JSONNumber.encode(imageID)),
      ("category_id", JSONNumber.encode(numbers[box.label])), ("bbox", bbox(box)),
      ("area", JSONNumber.encode(box.width * box.height)),
      ("segmentation", Array("[]".utf8)), ("iscrowd", JSONNumber.encode(box.isCrowd ? 1 : 0)),
    ]
    if let confidence = box.confidence { members.append(("score", JSONNumber.encode(confidence))) }
    if !box.traits.isEmpty {
      let traits = box.traits.sorted { $0.key < $1.key }
      members.append(
        ("attributes", style.object(traits.map { ($0.key, JSONText.encode($0.value)) })))
    }
    return style.object(members)
  }

  private func bbox(_ box: LabeledBox) -> [UInt8] {
    style.array([box.left, box.top, box.width, box.height].map { JSONNumber.encode($0) })
  }
}
