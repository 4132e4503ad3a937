/// Reads answers of DetectCustomLabels.
struct DetectCustomLabelsReader {
  private let files: any FileTree
  private let options: ReadOptions
  private(set) var labels: LabelTable
  private(set) var images: [LabeledImage] = []
  private(set) var notes = NoteTally()

  init(files: any FileTree, options: ReadOptions) {
    self.files = files
    self.options = options
    labels = LabelTable(options.labels)
  }

  mutating func read() throws(FormatError) {
    let paths = files.paths
    let images = Set(paths.filter(ImageName.isImage))
    var hasFile = false
    for path in paths where ImageName.suffix(of: path) == "json" {
      guard let bytes = files.contents(of: path) else {
        throw FormatError(path: path, message: "the file can't be read; check its permissions")
      }
      let root = try JSONNode(parsing: bytes, path: path)
      guard root.value.kind == .object else {
        notes.add("the file is no answer of DetectCustomLabels; it is left aside", at: path)
        continue
      }
      let record = try root.record("the file")
      if record["CustomLabels"] != nil {
        try readAnswer(record, of: imageName(beside: path, among: images))
        hasFile = true
      } else if let first = record.members.first, first.value["CustomLabels"] != nil {
        for member in record.members {
          try readAnswer(root.node(member.value).record("an answer"), of: member.name)
        }
        hasFile = true
      } else {
        notes.add("the file is no answer of DetectCustomLabels; it is left aside", at: path)
      }
    }
    guard hasFile else {
      throw FormatError(
        path: "", message: "there is no answer of DetectCustomLabels here: JSON with “CustomLabels”"
      )
    }
  }

  /// The image that an answer's file is named after: `a.jpg.json`, or `a.json` beside `a.jpg`.
  private func imageName(beside path: String, among images: Set<String>) -> String {
    let stem = ImageName.stem(of: path)
    if ImageName.isImage(stem) { return stem }
    let suffixes = ImageName.imageSuffixes
    let candidates = (suffixes + suffixes.map { $0.uppercased() }).map { "\(stem).\($0)" }
    return candidates.first { images.contains($0) }
      ?? candidates.first { files.imageSize(of: $0) != nil } ?? stem
  }

  private mutating func readAnswer(_ record: JSONRecord, of name: String) throws(FormatError) {
    var image = LabeledImage(name: name, size: files.imageSize(of: name), isAnnotated: false)
    for node in try record.required("CustomLabels").elements("“CustomLabels”") {
      let found = try node.record("a label")
      let label = try found.name("Name")
      var confidence: Double?
      if let percent = found["Confidence"] {
        let number = try percent.number("“Confidence”")
        guard (0...100).contains(number) else {
          throw percent.error("“Confidence” isn't between 0 and 100; correct it")
        }
        confidence = number / 100
      }
      let isPrediction = options.arePredictions ?? true
      guard let geometry = try found["Geometry"]?.record("“Geometry”"),
        let place = try geometry["BoundingBox"]?.record("“BoundingBox”")
      else {
        labels.add(label)
        image.imageLabels.append(
          .init(label: label, confidence: confidence, isPrediction: isPrediction))
        continue
      }
      guard let size = image.size else {
        throw node.error(
          "the size of “\(name)” isn't known, and ratios need it; say where the images lie with "
            + "--images DIR")
      }
      guard let edges = try edges(place, of: size) else { continue }
      labels.add(label)
      image.boxes.append(edges.box(label, confidence: confidence, isPrediction: isPrediction))
    }
    images.append(image)
  }

  private mutating func edges(
    _ place: JSONRecord, of size: ImageSize
  ) throws(FormatError) -> PixelEdges? {
    let (left, top) = (try place.number("Left"), try place.number("Top"))
    let (width, height) = (try place.number("Width"), try place.number("Height"))
    guard width >= 0, height >= 0 else {
      throw place.node.error("“Width” or “Height” is negative; correct it")
    }
    let found = PixelEdges(
      left: left, top: top, right: left + width, bottom: top + height, of: size)
    let (edges, isCut) = found.clamped(to: size)
    guard edges.hasArea else {
      notes.add("a box has no whole pixel within its image; it is left out", at: place.node.place)
      return nil
    }
    if isCut { notes.add("a box reached beyond its image; it is cut to it", at: place.node.place) }
    return edges
  }
}
