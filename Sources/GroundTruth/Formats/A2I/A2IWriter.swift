/// Writes A2I's output.
struct A2IWriter {
  private let options: WriteOptions
  private let style = JSONStyle.spaced

  init(options: WriteOptions) { self.options = options }

  /// The file of an image.
  func file(_ image: LabeledImage) -> [UInt8] {
    let name = FilePath.prefixed(image.name, by: options.imagePrefix)
    var answers: [[UInt8]] = []
    if image.isAnnotated || !image.boxes.isEmpty || !image.imageLabels.isEmpty {
      answers.append(
        style.object([
          ("answerContent", style.object(content(image))),
          ("submissionTime", JSONText.encode(options.date)),
        ]))
    }
    return style.lines([
      ("humanLoopName", JSONText.encode("reticle")),
      ("inputContent", style.object([("taskObject", JSONText.encode(name))])),
      ("humanAnswers", style.array(answers)),
    ]) + [UInt8(ascii: "\n")]
  }

  private func content(_ image: LabeledImage) -> [(name: String, value: [UInt8])] {
    var members: [(name: String, value: [UInt8])] = []
    if image.imageLabels.count == 1 {
      let label = style.object([("label", JSONText.encode(image.imageLabels[0].label))])
      members.append(("crowd-image-classifier", label))
    } else if image.imageLabels.count > 1 {
      let labels = style.array(image.imageLabels.map { JSONText.encode($0.label) })
      members.append(("crowd-image-classifier-multi-select", style.object([("labels", labels)])))
    }
    if !image.boxes.isEmpty || image.imageLabels.isEmpty {
      members.append(("crowd-bounding-box", style.object(boundingBoxes(image))))
    }
    return members
  }

  private func boundingBoxes(_ image: LabeledImage) -> [(name: String, value: [UInt8])] {
    let boxes = image.boxes.map { box in
      style.object([
        ("height", JSONNumber.encode(box.height)), ("label", JSONText.encode(box.label)),
        ("left", JSONNumber.encode(box.left)), ("top", JSONNumber.encode(box.top)),
        ("width", JSONNumber.encode(box.width)),
      ])
    }
    var members: [(name: String, value: [UInt8])] = [("boundingBoxes", style.array(boxes))]
    if let size = image.size {
      let properties = style.object([
        ("height", JSONNumber.encode(size.height)), ("width", JSONNumber.encode(size.width)),
      ])
      members.append(("inputImageProperties", properties))
    }
    return members
  }
}
