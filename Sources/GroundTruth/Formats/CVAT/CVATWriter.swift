/// Writes CVAT's XML.
enum CVATWriter {
  /// The traits that are attributes of the box itself; CVAT declares the others by label.
  private static let own: Set<String> = ["occluded", "z_order", "group_id"]

  /// The file of a dataset.
  static func file(_ dataset: LabeledDataset, _ options: WriteOptions) -> [UInt8] {
    var xml = XMLWriter()
    xml.start("annotations")
    xml.leaf("version", "1.1")
    xml.start("meta")
    xml.start("task")
    xml.leaf("size", "\(dataset.images.count)")
    xml.leaf("mode", "annotation")
    let traits = traits(of: dataset)
    xml.start("labels")
    for label in LabelList(of: dataset).labels {
      write(label.name, traits: traits[label.name] ?? [], to: &xml)
    }
    xml.end()
    xml.end()
    if !options.date.isEmpty { xml.leaf("dumped", options.date) }
    xml.end()
    for (number, image) in dataset.images.enumerated() {
      write(image, number: number, options, to: &xml)
    }
    xml.end()
    return xml.bytes
  }

  /// The names of the traits that the boxes of each label have.
  private static func traits(of dataset: LabeledDataset) -> [String: Set<String>] {
    var traits: [String: Set<String>] = [:]
    for box in dataset.images.lazy.flatMap(\.boxes) where !box.traits.isEmpty {
      traits[box.label, default: []].formUnion(box.traits.keys)
    }
    return traits.mapValues { $0.subtracting(own) }
  }

  private static func write(_ label: String, traits: Set<String>, to xml: inout XMLWriter) {
    xml.start("label")
    xml.leaf("name", label)
    xml.start("attributes")
    for trait in traits.sorted() {
      xml.start("attribute")
      xml.leaf("name", trait)
      xml.leaf("mutable", "False")
      xml.leaf("input_type", "text")
      xml.leaf("default_value", "")
      xml.leaf("values", "")
      xml.end()
    }
    xml.end()
    xml.end()
  }

  private static func write(
    _ image: LabeledImage, number: Int, _ options: WriteOptions, to xml: inout XMLWriter
  ) {
    var attributes = [
      ("id", "\(number)"), ("name", FilePath.prefixed(image.name, by: options.imagePrefix)),
    ]
    if let size = image.size {
      attributes += [("width", "\(size.width)"), ("height", "\(size.height)")]
    }
    xml.start("image", attributes)
    for label in image.imageLabels {
      xml.empty(
        "tag", [("label", label.label), ("source", label.isPrediction ? "auto" : "manual")])
    }
    for box in image.boxes { write(box, to: &xml) }
    xml.end()
  }

  private static func write(_ box: LabeledBox, to xml: inout XMLWriter) {
    let edges = EdgeBox(box)
    var attributes = [
      ("label", box.label), ("source", box.isPrediction ? "auto" : "manual"),
      ("occluded", box.traits["occluded"] ?? "0"),
      ("xtl", DecimalText.pixels(edges.left)), ("ytl", DecimalText.pixels(edges.top)),
      ("xbr", DecimalText.pixels(edges.right)), ("ybr", DecimalText.pixels(edges.bottom)),
      ("z_order", box.traits["z_order"] ?? "0"),
    ]
    if let group = box.traits["group_id"] { attributes.append(("group_id", group)) }
    xml.start("box", attributes)
    for (name, value) in box.traits.sorted(by: { $0.key < $1.key }) where !own.contains(name) {
      xml.leaf("attribute", value, [("name", name)])
    }
    xml.end()
  }
}
