/// Reads COCO files, the instances first and then the results that refer to them.
struct COCOReader {
  /// The images of one file by their ids, and its labels by theirs.
  private struct Source {
    var images: [String: Int] = [:]
    var labels: [String: String] = [:]
  }

  private let options: ReadOptions
  private var labels: LabelList
  private var images: [LabeledImage] = []
  private var places: [String] = []
  private var notes = NoteList()
  private var sources: [Source] = []

  init(options: ReadOptions) {
    self.options = options
    labels = LabelList()
  }

  /// What was read.
  var result: Import {
    var notes = notes
    for (image, place) in zip(images, places) { notes.addOddities(of: image, at: place) }
    return Import(labels: labels, images: images, notes: notes)
  }

  mutating func read(_ files: any FileTree) throws(FormatError) {
    var results: [JSONNode] = []
    for path in files.paths(withExtension: "json") {
      let root = try files.json(of: path)
      if root.value.kind == .array {
        results.append(root)
      } else if root.value["images"] != nil {
        try readInstances(root, files: files)
      } else {
        notes.add("Neither COCO instances nor results; the file is left aside.", at: path)
      }
    }
    guard !sources.isEmpty || !results.isEmpty else {
      throw FormatError(
        path: "", message: "there is no COCO file here: a JSON object with “images”, or an array")
    }
    for root in results { try readResults(root) }
  }

  // MARK: Instances

  private mutating func readInstances(
    _ root: JSONNode, files: any FileTree
  ) throws(FormatError) {
    let top = try root.record("the file")
    var source = Source()
    for node in try top.elements("categories") { try readCategory(node, into: &source) }
    for node in try top.elements("images") { try readImage(node, into: &source, files: files) }
    let annotations = try top.elements("annotations")
    for node in annotations { try readAnnotation(node, of: source) }
    // Images beside results alone: nobody has looked at them.
    if annotations.isEmpty {
      for index in source.images.values { images[index].isAnnotated = false }
    }
    sources.append(source)
  }

  private mutating func readCategory(
    _ node: JSONNode, into source: inout Source
  ) throws(FormatError) {
    let record = try node.record("a category")
    let idNode = try record.required("id")
    let id = try idNode.wholeNumber("“id”")
    let name = try record.name("name")
    guard source.labels.updateValue(name, forKey: String(id)) == nil else {
      throw idNode.error("two categories have the id \(id); give each its own")
    }
    if !labels.add(name, id: id) {
      notes.add(
        "A category's id is taken, or its name has another; the first one holds.", at: node.place)
    }
  }

  private mutating func readImage(
    _ node: JSONNode, into source: inout Source, files: any FileTree
  ) throws(FormatError) {
    let record = try node.record("an image")
    let key = try Self.key(record.required("id"))
    let name = try record.name("file_name")
    guard source.images.updateValue(images.count, forKey: key) == nil else {
      throw node.error("two images have the id \(key); give each its own")
    }
    let size = try record.size("width", "height") ?? files.imageSize(of: name)
    images.append(LabeledImage(name: name, size: size))
    places.append(node.path)
  }

  private mutating func readAnnotation(
    _ node: JSONNode, of source: Source
  ) throws(FormatError) {
    let record = try node.record("an annotation")
    let idNode = try record.required("image_id")
    let key = try Self.key(idNode)
    guard let image = source.images[key] else {
      throw idNode.error("no image has the id \(key); add it to “images”")
    }
    let categoryNode = try record.required("category_id")
    let category = try Self.key(categoryNode)
    guard let label = source.labels[category] else {
      throw categoryNode.error("no category has the id \(category); add it to “categories”")
    }
    guard var box = try box(record, label: label) else { return }
    box.isCrowd = try isCrowd(record)
    box.confidence = try record.confidence("score")
    box.isPrediction = options.arePredictions ?? false
    box.traits = try traits(record)
    if let segmentation = record["segmentation"], !(segmentation.value.elements?.isEmpty ?? false) {
      notes.add("An outline or mask is left aside; its box is kept.", at: node.path)
    }
    images[image].boxes.append(box)
  }

  /// The box of an annotation, else the envelope of its outline; nil, with a note, if it has none.
  private mutating func box(_ record: JSONRecord, label: String) throws(FormatError) -> LabeledBox?
  {
    if let node = record["bbox"] {
      var numbers: [Double] = []
      for element in try node.elements("“bbox”") {
        numbers.append(try element.number("a number of “bbox”"))
      }
      guard numbers.count == 4 else {
        throw node.error("“bbox” has \(numbers.count) numbers; write [x, y, width, height]")
      }
      guard numbers[2] >= 0, numbers[3] >= 0 else {
        throw node.error("“bbox” has a negative width or height; write [x, y, width, height]")
      }
      return LabeledBox(
        left: numbers[0], top: numbers[1], width: numbers[2], height: numbers[3], label: label)
    }
    var points: [Double] = []
    if let outline = record["segmentation"], outline.value.kind == .array {
      for polygon in try outline.elements("“segmentation”") {
        let numbers = try polygon.elements("a polygon of “segmentation”")
        for index in stride(from: 0, to: numbers.count - 1, by: 2) {
          points.append(try numbers[index].number("a position"))
          points.append(try numbers[index + 1].number("a position"))
        }
      }
    }
    guard let edges = EdgeBox(around: points) else {
      notes.add("An annotation has no box; it's left out.", at: record.node.place)
      return nil
    }
    notes.add(
      "An annotation has no box; it gets the envelope of its outline.", at: record.node.place)
    return edges.labeled(label)
  }

  private func isCrowd(_ record: JSONRecord) throws(FormatError) -> Bool {
    guard let node = record["iscrowd"] else { return false }
    if let flag = node.value.boolean { return flag }
    return try node.wholeNumber("“iscrowd”") != 0
  }

  /// The members of `attributes`, as CVAT and Datumaro write them.
  private func traits(_ record: JSONRecord) throws(FormatError) -> [String: String] {
    guard let node = record["attributes"] else { return [:] }
    var traits: [String: String] = [:]
    for member in try node.record("“attributes”").members {
      switch member.value.kind {
      case .string: traits[member.name] = member.value.string
      case .boolean: if member.value.boolean == true { traits[member.name] = "1" }
      // CVAT writes a rotation of 0.0 for every upright box.
      case .number where member.value.double != 0:
        traits[member.name] = String(decoding: member.value.bytes, as: UTF8.self)
      default: break
      }
    }
    return traits
  }

  // MARK: Results

  private mutating func readResults(_ root: JSONNode) throws(FormatError) {
    for node in try root.elements("the file") {
      let record = try node.record("a result")
      let key = try Self.key(record.required("image_id"))
      let idNode = try record.required("category_id")
      let id = try idNode.wholeNumber("“category_id”")
      let source = sources.firstIndex { $0.images[key] != nil } ?? unknownSource()
      let label = try label(id, in: sources[source], at: idNode)
      guard var box = try box(record, label: label) else { continue }
      box.confidence = try record.confidence("score")
      box.isPrediction = options.arePredictions ?? true
      images[image(key, in: source, at: node)].boxes.append(box)
    }
  }

  /// A source for results whose images no instances name; the last one, so that it is made once.
  private mutating func unknownSource() -> Int {
    if sources.isEmpty { sources.append(Source()) }
    return sources.count - 1
  }

  private mutating func image(_ key: String, in source: Int, at node: JSONNode) -> Int {
    if let index = sources[source].images[key] { return index }
    notes.add(
      "no instances name the images of these results; they are named by their numbers",
      at: node.path)
    sources[source].images[key] = images.count
    images.append(LabeledImage(name: key, isAnnotated: false))
    places.append(node.path)
    return images.count - 1
  }

  private mutating func label(
    _ id: Int, in source: Source, at node: JSONNode
  ) throws(FormatError) -> String {
    if let label = source.labels[String(id)] { return label }
    guard source.labels.isEmpty, options.labels.indices.contains(id) else {
      throw node.error(
        "nothing names the label \(id); give the folder that holds the instances too, or --labels")
    }
    labels.add(options.labels[id], id: id)
    return options.labels[id]
  }

  /// An id as a key; some tools write text where COCO has numbers.
  private static func key(_ node: JSONNode) throws(FormatError) -> String {
    if let text = node.value.string { return text }
    return String(try node.wholeNumber("an id"))
  }
}
