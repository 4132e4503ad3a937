/// Reads CreateML's lists of images.
struct CreateMLReader {
  private let options: ReadOptions
  private(set) var labels: LabelList
  private(set) var images: [LabeledImage] = []
  private(set) var notes = NoteList()
  private(set) var hasFile = false

  init(options: ReadOptions) {
    self.options = options
    labels = LabelList(options.labels)
  }

  mutating func readFile(_ root: JSONNode, files: any FileTree) throws(FormatError) {
    guard root.value.kind == .array else {
      notes.add("The file isn't a list of images; it's left aside.", at: root.path)
      return
    }
    hasFile = true
    for node in try root.elements("the file") {
      let record = try node.record("an image")
      // Files of the first years say "imagefilename" and "annotation", classifiers "filename".
      guard let nameNode = record["image"] ?? record["imagefilename"] ?? record["filename"] else {
        throw node.error("there is no “image” here; add the image's file name")
      }
      let name = try nameNode.name("“image”")
      var image = LabeledImage(name: name, size: files.imageSize(of: name))
      let member = record["annotations"] == nil ? "annotation" : "annotations"
      if record[member]?.value.string != nil {
        add(try record.name(member), to: &image)
      } else {
        for annotation in try record.elements(member) { try read(annotation, into: &image) }
      }
      notes.addOddities(of: image, at: root.path)
      images.append(image)
    }
  }

  private mutating func add(_ label: String, to image: inout LabeledImage) {
    labels.add(label)
    image.imageLabels.append(.init(label: label, isPrediction: options.arePredictions ?? false))
  }

  private mutating func read(
    _ node: JSONNode, into image: inout LabeledImage
  ) throws(FormatError) {
    if node.value.kind == .string { return add(try node.name("a label"), to: &image) }
    let record = try node.record("an annotation")
    let label = try record.name("label")
    guard let coordinates = try record["coordinates"]?.record("“coordinates”") else {
      return add(label, to: &image)
    }
    let (x, y) = (try coordinates.number("x"), try coordinates.number("y"))
    let (width, height) = (try coordinates.number("width"), try coordinates.number("height"))
    guard width >= 0, height >= 0 else {
      throw node.error("the width or height is negative; correct it")
    }
    labels.add(label)
    image.boxes.append(
      LabeledBox(
        left: x - width / 2, top: y - height / 2, width: width, height: height, label: label,
        confidence: try record.confidence("confidence"),
        isPrediction: options.arePredictions ?? false))
  }
}
