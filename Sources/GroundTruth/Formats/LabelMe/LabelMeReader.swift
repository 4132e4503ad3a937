/// Reads LabelMe's files.
struct LabelMeReader {
  private let options: ReadOptions
  private(set) var labels: LabelList
  private(set) var images: [LabeledImage] = []
  private(set) var notes = NoteList()

  init(options: ReadOptions) {
    self.options = options
    labels = LabelList(options.labels)
  }

  mutating func read(_ files: any FileTree) throws(FormatError) {
    if options.labels.isEmpty { try readLabelList(files) }
    for path in files.paths(withExtension: "json") {
      let root = try files.json(of: path)
      if root.value["shapes"] == nil {
        notes.add("There are no “shapes” here; the file is left aside.", at: path)
      } else {
        try readFile(root, files: files)
      }
    }
    guard !images.isEmpty else {
      throw FormatError(
        path: "", message: "there is no LabelMe file here: a JSON object with “shapes”")
    }
  }

  /// The labels that LabelMe was started with, in their order.
  private mutating func readLabelList(_ files: any FileTree) throws(FormatError) {
    let lists = files.paths.filter { $0 == "labels.txt" || $0.hasSuffix("/labels.txt") }
    guard lists.count == 1 else { return }
    let lines = String(decoding: try files.bytes(of: lists[0]), as: UTF8.self).split(
      whereSeparator: \.isNewline)
    labels = LabelList(lines.map(String.init).filter { !LabelMe.pseudoLabels.contains($0) })
  }

  private mutating func readFile(_ root: JSONNode, files: any FileTree) throws(FormatError) {
    let record = try root.record("the file")
    var name = FilePath.stem(of: root.path)
    if let node = record["imagePath"] {
      name = FilePath.path(try node.name("“imagePath”"), from: root.path)
    } else {
      notes.add("There is no “imagePath” here; the file's own name is used.", at: root.path)
    }
    var image = LabeledImage(
      name: name,
      size: try record.size("imageWidth", "imageHeight") ?? files.imageSize(of: name))
    for node in try record.elements("shapes") {
      if let box = try box(node) {
        labels.add(box.label)
        image.boxes.append(box)
      }
    }
    for flag in try flags(record) where flag.isSet {
      labels.add(flag.name)
      image.imageLabels.append(
        .init(label: flag.name, isPrediction: options.arePredictions ?? false))
    }
    notes.addOddities(of: image, at: root.path)
    images.append(image)
  }

  private func flags(_ record: JSONRecord) throws(FormatError) -> [(name: String, isSet: Bool)] {
    guard let node = record["flags"] else { return [] }
    var flags: [(name: String, isSet: Bool)] = []
    for member in try node.record("“flags”").members {
      guard let isSet = member.value.boolean else {
        throw node.node(member.value).error("a flag is neither true nor false; correct it")
      }
      if isSet, member.name.isEmpty {
        throw node.node(member.value).error("a flag has no name; give it one")
      }
      flags.append((member.name, isSet))
    }
    return flags
  }

  private mutating func box(_ node: JSONNode) throws(FormatError) -> LabeledBox? {
    let record = try node.record("a shape")
    let label = try record.name("label")
    let type = try record["shape_type"]?.text("“shape_type”") ?? "polygon"
    var points: [Double] = []
    for point in try record.required("points").elements("“points”") {
      let numbers = try point.elements("a point")
      guard numbers.count == 2 else { throw point.error("a point isn't [x, y]; correct it") }
      for number in numbers { points.append(try number.number("a position")) }
    }
    if type == "circle", points.count == 4 {
      // The centre and a point on the line.
      let (x, y, dx, dy) = (points[0], points[1], points[2] - points[0], points[3] - points[1])
      let radius = (dx * dx + dy * dy).squareRoot()
      points = [x - radius, y - radius, x + radius, y + radius]
    }
    guard points.count > 2, let edges = EdgeBox(around: points) else {
      notes.add("A \(type) has no extent; it's left out.", at: node.place)
      return nil
    }
    if type != "rectangle" || points.count > 8 {
      notes.add("A \(type) becomes its envelope.", at: node.place)
    }
    var box = edges.labeled(label, isPrediction: options.arePredictions ?? false)
    box.confidence = try record.confidence("score")
    try readTraits(record, into: &box)
    return box
  }

  private func readTraits(_ record: JSONRecord, into box: inout LabeledBox) throws(FormatError) {
    for flag in try flags(record) where flag.isSet {
      if flag.name == "iscrowd" { box.isCrowd = true } else { box.traits[flag.name] = "1" }
    }
    if let group = record["group_id"]?.value.integer { box.traits["group_id"] = String(group) }
    if let text = record["description"]?.value.string, !text.isEmpty {
      box.traits["description"] = text
    }
    if record["difficult"]?.value.boolean == true { box.traits["difficult"] = "1" }
    // X-AnyLabeling keeps more of these in a member of their own.
    for member in record["attributes"]?.value.members ?? [] {
      if let text = member.value.string { box.traits[member.name] = text }
    }
  }
}
