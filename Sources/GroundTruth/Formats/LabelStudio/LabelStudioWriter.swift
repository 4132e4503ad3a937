/// Writes Label Studio's tasks.
struct LabelStudioWriter {
  private let options: WriteOptions
  private let style = JSONStyle.spaced

  init(options: WriteOptions) { self.options = options }

  /// The task of an image.
  func task(_ image: LabeledImage, id: Int) -> [UInt8] {
    let name = FilePath.prefixed(image.name, by: options.imagePrefix)
    let truth = results(of: image, arePredictions: false)
    let predictions = results(of: image, arePredictions: true)
    var annotations: [[UInt8]] = []
    if image.isAnnotated || !truth.isEmpty {
      annotations.append(
        style.object([
          ("result", style.array(truth)), ("was_cancelled", JSONText.encode(false)),
          ("ground_truth", JSONText.encode(false)),
        ]))
    }
    var models: [[UInt8]] = []
    if !predictions.isEmpty {
      models.append(
        style.object([
          ("model_version", JSONText.encode("reticle")), ("result", style.array(predictions)),
        ]))
    }
    return style.object([
      ("id", JSONNumber.encode(id)),
      ("data", style.object([("image", JSONText.encode(name))])),
      ("annotations", style.array(annotations)), ("predictions", style.array(models)),
    ])
  }

  private func results(of image: LabeledImage, arePredictions: Bool) -> [[UInt8]] {
    let prefix = arePredictions ? "p" : "a"
    var results: [[UInt8]] = []
    for box in image.boxes where box.isPrediction == arePredictions {
      guard let size = image.size else { continue }
      let members = region(box, of: size) + score(box.confidence)
      results.append(
        style.object([("id", JSONText.encode("\(prefix)\(results.count + 1)"))] + members))
    }
    for label in image.imageLabels where label.isPrediction == arePredictions {
      results.append(
        style.object(
          [
            ("id", JSONText.encode("\(prefix)\(results.count + 1)")),
            ("from_name", JSONText.encode("choice")), ("to_name", JSONText.encode("image")),
            ("type", JSONText.encode("choices")),
            (
              "value",
              style.object([("choices", style.array([JSONText.encode(label.label)]))])
            ),
          ] + score(label.confidence)))
    }
    return results
  }

  private func region(
    _ box: LabeledBox, of size: ImageSize
  ) -> [(name: String, value: [UInt8])] {
    func percent(_ pixels: Double, of side: Int) -> [UInt8] {
      JSONNumber.encode(pixels * 100 / Double(side))
    }
    return [
      ("from_name", JSONText.encode("label")), ("to_name", JSONText.encode("image")),
      ("type", JSONText.encode("rectanglelabels")),
      ("original_width", JSONNumber.encode(size.width)),
      ("original_height", JSONNumber.encode(size.height)),
      ("image_rotation", JSONNumber.encode(0)),
      (
        "value",
        style.object([
          ("x", percent(box.left, of: size.width)), ("y", percent(box.top, of: size.height)),
          ("width", percent(box.width, of: size.width)),
          ("height", percent(box.height, of: size.height)), ("rotation", JSONNumber.encode(0)),
          ("rectanglelabels", style.array([JSONText.encode(box.label)])),
        ])
      ),
    ]
  }

  private func score(_ confidence: Double?) -> [(name: String, value: [UInt8])] {
    confidence.map { [("score", JSONNumber.encode($0))] } ?? []
  }
}
