/// Gathers Open Images' CSV files into a dataset.
struct OpenImagesReader {
  /// What a file is, by its columns.
  private enum Kind: Int, CaseIterable {
    case descriptions, images, boxes, labels
  }

  private let files: any FileTree
  private let index: FileIndex
  private let options: ReadOptions
  private var notes = NoteList()
  private var labels: LabelList
  private var names: [String: String] = [:]
  private var images: [LabeledImage] = []
  private var positions: [String: Int] = [:]
  private var firstSizeless: FormatError?
  private var hasSize = false

  init(files: any FileTree, options: ReadOptions) {
    self.files = files
    self.options = options
    index = FileIndex(files)
    labels = LabelList(options.labels)
  }

  /// Reads the files: names first, then the list of images, then what is said of them.
  mutating func read() throws(FormatError) {
    var found: [Kind: [String]] = [:]
    for path in index.paths(withExtension: "csv") {
      var reader = try CSVReader(files.bytes(of: path), path: path)
      guard let first = try reader.next() else { continue }
      if let kind = Self.kind(of: first, path) {
        found[kind, default: []].append(path)
      } else {
        notes.add("Its columns are none of those read; it's left aside.", path: path)
      }
    }
    guard !found.isEmpty else {
      throw FormatError(
        path: "",
        message: "There is no CSV file with the columns of Open Images (ImageID, "
          + "LabelName, XMin…).")
    }
    for kind in Kind.allCases {
      for path in found[kind] ?? [] { try read(path, kind) }
    }
  }

  private static func kind(of first: CSVRecord, _ path: String) -> Kind? {
    let columns = Set(first.fields)
    if columns.contains("ImageID") {
      if columns.isSuperset(of: ["LabelName", "XMin", "XMax", "YMin", "YMax"]) { return .boxes }
      if columns.contains("MaskPath") || columns.contains("LabelName1") { return nil }
      return columns.isSuperset(of: ["LabelName", "Confidence"]) ? .labels : .images
    }
    let isNamed = FilePath.name(of: path).contains("class-descriptions")
    let isDescription =
      isNamed || first.fields[0].hasPrefix("/m/") || columns.contains("DisplayName")
    return first.fields.count == 2 && isDescription ? .descriptions : nil
  }

  private mutating func read(_ path: String, _ kind: Kind) throws(FormatError) {
    var reader = try CSVReader(files.bytes(of: path), path: path)
    var columns: [String: Int] = [:]
    if kind != .descriptions, let header = try reader.next() {
      for (position, name) in header.fields.enumerated() { columns[name] = position }
    }
    while let record = try reader.next() {
      let row = OpenImagesRow(record: record, columns: columns, path: path)
      switch kind {
      case .descriptions: try readDescription(row)
      case .images: try readImage(row)
      case .boxes: try readBox(row)
      case .labels: try readLabel(row)
      }
    }
  }

  private mutating func readDescription(_ row: OpenImagesRow) throws(FormatError) {
    guard row.record.fields.count == 2, row.record.fields.allSatisfy({ !$0.isEmpty }) else {
      throw row.error("A class has two columns, its identifier and its name, neither empty.")
    }
    if row.record.fields == ["LabelName", "DisplayName"] { return }
    names[row.record.fields[0]] = row.record.fields[1]
    labels.add(row.record.fields[1])
  }

  private mutating func readImage(_ row: OpenImagesRow) throws(FormatError) {
    _ = position(of: try row.text("ImageID"))
    if let turn = row["Rotation"].flatMap({ DecimalText.value($0) }), turn != 0 {
      notes.add("The image is to be turned, which isn't done.", at: row)
    }
  }

  private mutating func readBox(_ row: OpenImagesRow) throws(FormatError) {
    let position = position(of: try row.text("ImageID"))
    let ratios = EdgeBox(
      left: try row.ratio("XMin"), top: try row.ratio("YMin"), right: try row.ratio("XMax"),
      bottom: try row.ratio("YMax"))
    let name = try label(row)
    guard ratios.width >= 0, ratios.height >= 0 else {
      throw row.error("A minimum is greater than its maximum; the order is XMin,XMax,YMin,YMax.")
    }
    guard let size = images[position].size else {
      let error = row.error(
        "The image isn't here, whose size the ratios need; its boxes are left out.")
      firstSizeless = firstSizeless ?? error
      notes.add(error.message, at: row)
      return
    }
    hasSize = true
    images[position].isAnnotated = true
    guard
      let edges = ratios.pixels(of: size).wholePixels(
        in: size, notes: &notes, at: "\(row.path):\(row.record.line)")
    else { return }
    var box = edges.labeled(name)
    let confidence = try row.confidence()
    box.isPrediction = options.arePredictions ?? (row.isMachine || confidence < 1)
    // For boxes that people drew it is always 1 and says nothing.
    if box.isPrediction || confidence < 1 { box.confidence = confidence }
    box.isCrowd = row["IsGroupOf"] == "1"
    for (column, trait) in OpenImages.traits where row[column] == "1" { box.traits[trait] = "1" }
    images[position].boxes.append(box)
  }

  private mutating func readLabel(_ row: OpenImagesRow) throws(FormatError) {
    let position = position(of: try row.text("ImageID"))
    let confidence = try row.confidence()
    let name = try label(row)
    images[position].isAnnotated = true
    if confidence == 0 {
      notes.add("The label is said not to be there (confidence 0); it's left out.", at: row)
      return
    }
    let isPrediction = options.arePredictions ?? (row.isMachine || confidence < 1)
    images[position].imageLabels.append(
      .init(
        label: name, confidence: isPrediction || confidence < 1 ? confidence : nil,
        isPrediction: isPrediction))
  }

  private mutating func label(_ row: OpenImagesRow) throws(FormatError) -> String {
    let identifier = try row.text("LabelName")
    if names[identifier] == nil, !names.isEmpty || identifier.hasPrefix("/") {
      notes.add("The class isn't in class-descriptions; its identifier stays its name.", at: row)
    }
    let name = names[identifier] ?? identifier
    labels.add(name)
    return name
  }

  private mutating func position(of identifier: String) -> Int {
    if let position = positions[identifier] { return position }
    let path = index.image(named: identifier, orStem: true)
    positions[identifier] = images.count
    images.append(
      LabeledImage(
        name: path ?? identifier, size: path.flatMap { files.imageSize(of: $0) },
        isAnnotated: false))
    return images.count - 1
  }

  /// The dataset, when all files are read.
  func finish() throws(FormatError) -> Import {
    if let firstSizeless, !hasSize { throw firstSizeless }
    guard !images.isEmpty else {
      throw FormatError(path: "", message: "The CSV files name no image.")
    }
    return Import(labels: labels, images: images, notes: notes)
  }
}

extension NoteList {
  fileprivate mutating func add(_ kind: String, at row: OpenImagesRow) {
    add(kind, path: row.path, line: row.record.line)
  }
}
