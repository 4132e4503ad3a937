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
      let found = try CustomLabel(node)
      let isPrediction = options.arePredictions ?? true
      guard let edges = found.edges else {
        labels.add(found.name)
        image.imageLabels.append(
          .init(label: found.name, confidence: found.confidence, isPrediction: isPrediction))
        continue
      }
      guard let size = image.size else {
        throw node.error(
          "the size of “\(name)” isn't known, and ratios need it; say where the images lie with "
            + "--images DIR")
      }
      guard
        let edges = edges.pixels(of: size).wholePixels(in: size, notes: &notes, at: node.place)
      else { continue }
      labels.add(found.name)
      image.boxes.append(
        edges.labeled(found.name, confidence: found.confidence, isPrediction: isPrediction))
    }
    images.append(image)
  }
}
