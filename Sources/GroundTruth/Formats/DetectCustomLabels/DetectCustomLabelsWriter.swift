/// Writes answers of DetectCustomLabels.
struct DetectCustomLabelsWriter {
  private let style = JSONStyle.spaced

  /// The answer for an image, the most certain first, as the service gives them.
  func answer(_ image: LabeledImage) -> [UInt8] {
    var found: [(confidence: Double, value: [UInt8])] = []
    for label in image.imageLabels {
      let confidence = label.confidence ?? 1
      found.append((confidence, style.object(members(label.label, confidence))))
    }
    for box in image.boxes {
      guard let size = image.size else { continue }
      let confidence = box.confidence ?? 1
      let geometry = ("Geometry", style.object([("BoundingBox", boundingBox(box, of: size))]))
      found.append((confidence, style.object(members(box.label, confidence) + [geometry])))
    }
    // Sorting twins by their place keeps the order stable.
    let order = found.indices.sorted {
      (found[$1].confidence, $0) < (found[$0].confidence, $1)
    }
    return style.object([("CustomLabels", style.array(order.map { found[$0].value }))])
  }

  private func members(
    _ label: String, _ confidence: Double
  ) -> [(name: String, value: [UInt8])] {
    [("Name", JSONText.encode(label)), ("Confidence", JSONNumber.encode(confidence * 100))]
  }

  private func boundingBox(_ box: LabeledBox, of size: ImageSize) -> [UInt8] {
    let (width, height) = (Double(size.width), Double(size.height))
    return style.object([
      ("Width", JSONNumber.encode(box.width / width)),
      ("Height", JSONNumber.encode(box.height / height)),
      ("Left", JSONNumber.encode(box.left / width)),
      ("Top", JSONNumber.encode(box.top / height)),
    ])
  }
}
