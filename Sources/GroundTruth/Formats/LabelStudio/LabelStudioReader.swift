/// Reads Label Studio's tasks.
struct LabelStudioReader {
  /// The results that are regions without a box, or no regions.
  private static let asides: Set<String> = [
    "relation", "keypointlabels", "brushlabels", "brush", "keypoint", "textarea", "rating",
    "number", "taxonomy", "pairwise", "ranker", "datetime", "videorectangle", "timelinelabels",
    "labels", "hypertextlabels", "paragraphlabels", "timeserieslabels",
  ]

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
    var tasks = [root]
    if root.value.kind == .array { tasks = try root.elements("the file") }
    for node in tasks {
      let record = try node.record("a task")
      guard let data = try record["data"]?.record("“data”") else {
        guard root.value.kind == .array else {
          notes.add("The file isn't a list of tasks; it's left aside.", at: root.path)
          return
        }
        throw node.error("a task has no “data”; export as JSON, not as JSON-MIN")
      }
      hasFile = true
      guard let name = Self.imageName(data) else {
        notes.add("A task is about no image; it's left out.", at: node.place)
        continue
      }
      try readTask(record, name: name, files: files)
    }
  }

  /// The image of a task: the member `image`, else the first that is named like one.
  private static func imageName(_ data: JSONRecord) -> String? {
    if let text = data["image"]?.value.string { return LabelStudioReader.local(text) }
    let texts = data.members.lazy.compactMap(\.value.string).map(local)
    return texts.first { FilePath.isImage($0) }
  }

  /// The path in `/data/local-files/?d=path`, percent escapes undone; else the text as it is.
  static func local(_ url: String) -> String {
    guard let mark = url.firstRange(of: "/data/local-files/?d=") else { return url }
    var bytes: [UInt8] = []
    var rest = url[mark.upperBound...].utf8
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap(JSONText.hexValue)
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(UInt8(truncatingIfNeeded: digits[0] << 4 | digits[1]))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func readTask(
    _ record: JSONRecord, name: String, files: any FileTree
  ) throws(FormatError) {
    var image = LabeledImage(name: name, size: files.imageSize(of: name), isAnnotated: false)
    // Old exports say "completions".
    let member = record["annotations"] == nil ? "completions" : "annotations"
    if let annotation = try countingAnnotation(record.elements(member), of: record.node) {
      image.isAnnotated = true
      try readResults(annotation, into: &image, isPrediction: options.arePredictions ?? false)
    }
    // An export lists predictions by number alone if asked to leave them out.
    let predictions = try record.elements("predictions").filter { $0.value.kind == .object }
    if predictions.count > 1 {
      notes.add("A task has several predictions; the last one counts.", at: record.node.place)
    }
    if let last = predictions.last {
      try readResults(last.record("a prediction"), into: &image, isPrediction: true)
    }
    images.append(image)
  }

  private mutating func countingAnnotation(
    _ nodes: [JSONNode], of task: JSONNode
  ) throws(FormatError) -> JSONRecord? {
    var counting: (record: JSONRecord, isTruth: Bool, date: String)?
    var count = 0
    for node in nodes where node.value.kind == .object {
      let record = try node.record("an annotation")
      if record["was_cancelled"]?.value.boolean == true || record["skipped"]?.value.boolean == true
      {
        notes.add("An annotation was cancelled; it's left out.", at: node.place)
        continue
      }
      count += 1
      let isTruth = record["ground_truth"]?.value.boolean == true
      let date = record["updated_at"]?.value.string ?? record["created_at"]?.value.string ?? ""
      if let best = counting {
        if best.isTruth && !isTruth { continue }
        if best.isTruth == isTruth, best.date > date { continue }
      }
      counting = (record, isTruth, date)
    }
    if count > 1 {
      notes.add(
        "A task has several annotations; the one marked as truth counts, else the newest.",
        at: task.place)
    }
    return counting?.record
  }

  private mutating func readResults(
    _ record: JSONRecord, into image: inout LabeledImage, isPrediction: Bool
  ) throws(FormatError) {
    for node in try record.elements("result") {
      let result = try node.record("a result")
      let type = try result["type"]?.text("“type”") ?? ""
      guard let value = try result["value"]?.record("“value”"), !Self.asides.contains(type) else {
        notes.add("A result of type “\(type)” has no box; it's left aside.", at: node.place)
        continue
      }
      let confidence = try result.confidence("score")
      if type == "choices" {
        for choice in try value.elements("choices") {
          let label = try choice.name("a choice")
          labels.add(label)
          image.imageLabels.append(
            .init(label: label, confidence: confidence, isPrediction: isPrediction))
        }
      } else {
        image.size =
          try result.size("original_width", "original_height").map { size in
            ImageSize(width: size.width, height: size.height)
          } ?? image.size
        try readRegion(
          result, value, type: type, into: &image, confidence: confidence,
          isPrediction: isPrediction)
      }
    }
  }

  private mutating func readRegion(
    _ result: JSONRecord, _ value: JSONRecord, type: String, into image: inout LabeledImage,
    confidence: Double?, isPrediction: Bool
  ) throws(FormatError) {
    guard let size = image.size else {
      throw result.node.error(
        "there is no “original_width” and “original_height” here, and the image isn't found; "
          + "say where the images lie with --images DIR")
    }
    guard let region = try LabelStudioRegion(value, size: size) else {
      notes.add("A result of type “\(type)” has no box; it's left aside.", at: result.node.place)
      return
    }
    if region.isEnvelope {
      notes.add("A turned or other shape becomes its envelope.", at: result.node.place)
    }
    if let turn = result["image_rotation"]?.value.double, turn != 0 {
      notes.add(
        "The image was turned while it was labelled; check its boxes.", at: result.node.place)
    }
    guard
      let edges = region.edges.wholePixels(in: size, notes: &notes, at: result.node.place)
    else { return }
    let names = try Self.labels(of: value, type: type)
    if names.isEmpty { notes.add("A region has no label; it's left out.", at: result.node.place) }
    for name in names {
      labels.add(name)
      image.boxes.append(edges.labeled(name, confidence: confidence, isPrediction: isPrediction))
    }
  }

  /// The labels of a region, in the member that bears its type's name.
  private static func labels(
    of value: JSONRecord, type: String
  ) throws(FormatError) -> [String] {
    let known = [type, "rectanglelabels", "polygonlabels", "ellipselabels", "labels"]
    guard let member = known.first(where: { value[$0] != nil }) else { return [] }
    var names: [String] = []
    for node in try value.elements(member) { names.append(try node.name("a label")) }
    return names
  }
}
