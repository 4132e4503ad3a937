/// Writes VOC files.
enum VOCWriter {
  /// The traits that VOC has elements for; others become Datumaro's `<attributes>`.
  private static let own: Set<String> = ["pose", "truncated", "occluded", "difficult"]

  /// The file of an image.
  static func file(_ image: LabeledImage, _ options: WriteOptions) -> [UInt8] {
    var xml = XMLWriter()
    xml.start("annotation")
    xml.leaf("folder", "")
    xml.leaf("filename", FilePath.prefixed(image.name, by: options.imagePrefix))
    if let size = image.size {
      xml.start("size")
      xml.leaf("width", "\(size.width)")
      xml.leaf("height", "\(size.height)")
      xml.leaf("depth", "\(size.depth)")
      xml.end()
    }
    xml.leaf("segmented", "0")
    for box in image.boxes { write(box, base: options.vocBase, to: &xml) }
    xml.end()
    return xml.bytes
  }

  private static func write(_ box: LabeledBox, base: Int, to xml: inout XMLWriter) {
    let edges = EdgeBox(box)
    // The first pixel is `base`; with 1 the last one is included, so the far edges are the same.
    let shift = Double(base)
    xml.start("object")
    xml.leaf("name", box.label)
    xml.leaf("pose", box.traits["pose"] ?? "Unspecified")
    for trait in ["truncated", "occluded", "difficult"] {
      xml.leaf(trait, box.traits[trait] ?? "0")
    }
    xml.start("bndbox")
    xml.leaf("xmin", DecimalText.pixels(edges.left + shift))
    xml.leaf("ymin", DecimalText.pixels(edges.top + shift))
    xml.leaf("xmax", DecimalText.pixels(edges.right))
    xml.leaf("ymax", DecimalText.pixels(edges.bottom))
    xml.end()
    write(box.traits.filter { !own.contains($0.key) }, to: &xml)
    xml.end()
  }

  private static func write(_ traits: [String: String], to xml: inout XMLWriter) {
    guard !traits.isEmpty else { return }
    xml.start("attributes")
    for (name, value) in traits.sorted(by: { $0.key < $1.key }) {
      xml.start("attribute")
      xml.leaf("name", name)
      xml.leaf("value", value)
      xml.end()
    }
    xml.end()
  }

  /// CVAT's list of labels, which keeps their order: name, colour, parts and actions.
  static func labelMap(_ labels: [LabeledDataset.Label]) -> String {
    let lines = labels.filter { !$0.name.contains(where: \.isNewline) }.map { "\($0.name):::\n" }
    return "# label:color_rgb:parts:actions\n" + lines.joined()
  }
}
