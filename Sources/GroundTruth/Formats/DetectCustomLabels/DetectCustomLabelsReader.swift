/// Reads answers of DetectCustomLabels.
struct DetectCustomLabelsReader {
  private let files: any FileTree
  private let options: ReadOptions
  private(set) var labels: LabelList
  private(set) var images: [LabeledImage] = []
  private(set) var notes = NoteList()

  init(files: any FileTree, options: ReadOptions) {
    self.files = files
    self.options = options
    labels = LabelList(options.labels)
  }

  mutating func read() throws(FormatError) {
    let paths = files.paths
    let images = Set(paths.filter(FilePath.isImage))
    var hasFile = false
    for path in paths where FilePath.fileExtension(of: path) == "json" {
      let root = try files.json(of: path)
      guard root.value.kind == .object else {
        notes.add("The file is no answer of DetectCustomLabels; it's left aside.", at: path)
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
        notes.add("The file is no answer of DetectCustomLabels; it's left aside.", at: path)
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
    let stem = FilePath.stem(of: path)
    if FilePath.isImage(stem) { return stem }
    let suffixes = FilePath.imageExtensions
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
      image.boxes.append(
        edges.labeled(label, confidence: confidence, isPrediction: isPrediction))
    }
    images.append(image)
  }

  private mutating func edges(
    _ place: JSONRecord, of size: ImageSize
  ) throws(FormatError) -> EdgeBox? {
    let (left, top) = (try place.number("Left"), try place.number("Top"))
    let (width, height) = (try place.number("Width"), try place.number("Height"))
    guard width >= 0, height >= 0 else {
      throw place.node.error("“Width” or “Height” is negative; correct it")
    }
    return EdgeBox(left: left, top: top, right: left + width, bottom: top + height)
      .pixels(of: size).wholePixels(in: size, notes: &notes, at: place.node.place)
  }
}
