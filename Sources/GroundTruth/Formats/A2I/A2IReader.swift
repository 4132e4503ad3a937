/// Reads A2I's output.
struct A2IReader {
  /// What one person answered.
  private struct Answer {
    var date: String
    var boxes: [LabeledBox]?
    var labels: [String]?
    var size: ImageSize?
  }

  private let files: any FileTree
  private let options: ReadOptions
  private(set) var labels: LabelList
  private(set) var images: [LabeledImage] = []
  private(set) var notes = NoteList()
  private(set) var hasFile = false

  init(files: any FileTree, options: ReadOptions) {
    self.files = files
    self.options = options
    labels = LabelList(options.labels)
  }

  mutating func readFile(_ root: JSONNode) throws(FormatError) {
    guard root.value.kind == .object, root.value["humanAnswers"] != nil else {
      notes.add("The file is no output of A2I; it's left aside.", at: root.path)
      return
    }
    hasFile = true
    let record = try root.record("the file")
    let content = try record.required("inputContent").record("“inputContent”")
    guard let name = Self.imageName(content) else {
      throw content.node.error("no image is named here; add “taskObject” with its URI")
    }
    var answers: [Answer] = []
    for node in try record.elements("humanAnswers") { answers.append(try answer(node)) }
    // Handed in last, by the date as A2I spells it: an ISO 8601 time in UTC, which sorts as text.
    answers = answers.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }
    .map(\.element)
    var image = LabeledImage(name: name, isAnnotated: !answers.isEmpty)
    if answers.isEmpty { notes.add("Nobody answered; the image is unlabelled.", at: root.path) }
    image.size = answers.lazy.compactMap(\.size).last ?? files.imageSize(of: name)
    try readPrediction(content, into: &image)
    image.boxes = boxes(of: answers, at: root.path)
    for label in majority(of: answers, at: root.path) {
      image.imageLabels.append(.init(label: label, isPrediction: options.arePredictions ?? false))
    }
    for label in image.boxes.map(\.label) + image.imageLabels.map(\.label) { labels.add(label) }
    notes.addOddities(of: image, at: root.path)
    images.append(image)
  }

  /// The image that was shown: `taskObject`, a Rekognition request's, else the first URI.
  private static func imageName(_ content: JSONRecord) -> String? {
    if let text = content["taskObject"]?.value.string { return text }
    if let object = content["aiServiceRequest"]?.value["image"]?["s3Object"],
      let bucket = object["bucket"]?.string, let key = object["name"]?.string
    {
      return "s3://\(bucket)/\(key)"
    }
    let texts = content.members.compactMap(\.value.string)
    return texts.first { $0.hasPrefix("s3://") } ?? texts.first(where: FilePath.isImage)
  }

  /// What the model had said, as AWS's samples hand it to the people.
  private mutating func readPrediction(
    _ content: JSONRecord, into image: inout LabeledImage
  ) throws(FormatError) {
    guard let label = content["detectedLabel"]?.value.string, !label.isEmpty else { return }
    var confidence: Double?
    if let node = content["detectedConfidenceLevel"] {
      // The samples hand on DetectCustomLabels' percents.
      var percent = node.value.string.flatMap(Double.init) ?? -1
      if node.value.kind == .number { percent = try node.number("“detectedConfidenceLevel”") }
      guard (0...100).contains(percent) else {
        throw node.error("“detectedConfidenceLevel” isn't between 0 and 100; correct it")
      }
      confidence = percent / 100
    }
    image.imageLabels.append(.init(label: label, confidence: confidence, isPrediction: true))
  }

  private mutating func answer(_ node: JSONNode) throws(FormatError) -> Answer {
    let record = try node.record("an answer")
    var answer = Answer(date: record["submissionTime"]?.value.string ?? "")
    let content = try record.required("answerContent").record("“answerContent”")
    for member in content.members {
      guard member.value.kind == .object else { continue }
      let element = try content.node.node(member.value).record("an answer")
      if let boxes = element["boundingBoxes"] {
        for box in try boxes.elements("“boundingBoxes”") {
          answer.boxes = (answer.boxes ?? []) + [try self.box(box)]
        }
        answer.boxes = answer.boxes ?? []
        if let size = try element["inputImageProperties"]?.record("“inputImageProperties”") {
          answer.size = try size.size("width", "height")
        }
      } else if let label = element["label"] {
        answer.labels = (answer.labels ?? []) + [try label.name("“label”")]
      } else if let chosen = element["labels"] {
        answer.labels = (answer.labels ?? []) + (try Self.chosen(chosen))
      } else {
        notes.add("An answer is neither boxes nor labels; it's left aside.", at: node.place)
      }
    }
    return answer
  }

  /// The labels of a multiple choice: a list, or each label with whether it was chosen.
  private static func chosen(_ node: JSONNode) throws(FormatError) -> [String] {
    if let members = node.value.members {
      return members.filter { $0.value.boolean == true }.map(\.name).filter { !$0.isEmpty }
    }
    var labels: [String] = []
    for element in try node.elements("“labels”") { labels.append(try element.name("a label")) }
    return labels
  }

  private func box(_ node: JSONNode) throws(FormatError) -> LabeledBox {
    let record = try node.record("a box")
    let (width, height) = (try record.number("width"), try record.number("height"))
    guard width >= 0, height >= 0 else {
      throw node.error("“width” or “height” is negative; correct it")
    }
    return LabeledBox(
      left: try record.number("left"), top: try record.number("top"), width: width, height: height,
      label: try record.name("label"), isPrediction: options.arePredictions ?? false)
  }

  private mutating func boxes(of answers: [Answer], at path: String) -> [LabeledBox] {
    let given = answers.compactMap(\.boxes)
    if given.count > 1 {
      notes.add("\(given.count) people drew boxes; those handed in last count.", at: path)
    }
    return given.last ?? []
  }

  /// The labels that more than half of the people gave; on a tie, the last answer's.
  private mutating func majority(of answers: [Answer], at path: String) -> [String] {
    let given = answers.compactMap(\.labels).map { labels in
      labels.filter { $0.lowercased() != "none of the above" }
    }
    guard let last = given.last else { return [] }
    let agree = given.allSatisfy { Set($0) == Set(last) }
    var seen: Set<String> = []
    let all = given.joined().filter { seen.insert($0).inserted }
    let chosen = all.filter { label in
      let votes = 2 * given.count { $0.contains(label) }
      return votes > given.count || (votes == given.count && last.contains(label))
    }
    if !agree { notes.add("People chose different labels; those of the majority count.", at: path) }
    return chosen
  }
}
