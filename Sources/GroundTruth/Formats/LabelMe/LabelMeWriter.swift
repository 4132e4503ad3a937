/// Writes LabelMe's file of an image.
struct LabelMeWriter {
  private let options: WriteOptions
  private let style = JSONStyle.spaced

  init(options: WriteOptions) { self.options = options }

  /// The file of an image, which lies beside it.
  func file(_ image: LabeledImage, path: String) -> [UInt8] {
    let flags = image.imageLabels.map { ($0.label, JSONText.encode(true)) }
    return style.lines([
      ("version", JSONText.encode("5.2.1")), ("flags", style.object(unique(flags))),
      ("shapes", style.lines(image.boxes.map(shape))),
      ("imagePath", JSONText.encode(imagePath(of: image))),
      ("imageData", Array("null".utf8)),
      ("imageHeight", image.size.map { JSONNumber.encode($0.height) } ?? Array("null".utf8)),
      ("imageWidth", image.size.map { JSONNumber.encode($0.width) } ?? Array("null".utf8)),
    ]) + [UInt8(ascii: "\n")]
  }

  /// Relative to the file, which lies in a folder named like the image's.
  private func imagePath(of image: LabeledImage) -> String {
    if FilePath.isAbsolute(image.name) { return image.name }
    let path = FilePath.relative(image.name)
    if options.imagePrefix.isEmpty, path == image.name { return FilePath.name(of: path) }
    let steps = path.split(separator: "/").dropLast().map { _ in "../" }.joined()
    return steps + options.imagePrefix + image.name
  }

  private func shape(_ box: LabeledBox) -> [UInt8] {
    func point(_ x: Double, _ y: Double) -> [UInt8] {
      style.array([JSONNumber.encode(x), JSONNumber.encode(y)])
    }
    var traits = box.traits
    let description = traits.removeValue(forKey: "description") ?? ""
    let group = traits["group_id"].flatMap { Int(canonical: $0) }
    if group != nil { traits["group_id"] = nil }
    let isSet = traits.filter { ["1", "true"].contains($0.value.lowercased()) }.keys.sorted()
    var flags = isSet.map { ($0, JSONText.encode(true)) }
    if box.isCrowd { flags.append(("iscrowd", JSONText.encode(true))) }
    var members: [(name: String, value: [UInt8])] = [
      ("label", JSONText.encode(box.label)),
      (
        "points",
        style.array([
          point(box.left, box.top), point(box.left + box.width, box.top + box.height),
        ])
      ),
      ("group_id", group.map { JSONNumber.encode($0) } ?? Array("null".utf8)),
      ("description", JSONText.encode(description)),
      ("shape_type", JSONText.encode("rectangle")), ("flags", style.object(flags)),
    ]
    if let confidence = box.confidence { members.append(("score", JSONNumber.encode(confidence))) }
    let others = traits.filter { !isSet.contains($0.key) }.sorted { $0.key < $1.key }
    if !others.isEmpty {
      let spelt = others.map { ($0.key, JSONText.encode($0.value)) }
      members.append(("attributes", style.object(spelt)))
    }
    return style.object(members)
  }

  private func unique(
    _ members: [(name: String, value: [UInt8])]
  ) -> [(name: String, value: [UInt8])] {
    var seen: Set<String> = []
    return members.filter { seen.insert($0.name).inserted }
  }
}
