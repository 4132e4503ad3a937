/// Gathers YOLO label files into a dataset.
struct YOLOReader {
  private let files: any FileTree
  private let layout: YOLOLayout
  private let options: ReadOptions
  private var notes: NoteList
  private var images: [LabeledImage] = []
  private var usedFiles: [String: String] = [:]
  /// An image whose boxes wait for its size, and whether any had one.
  private var sizeless: String?
  private var hasSize = false
  /// Rows with a confidence, and the first of those that look as if it stood second.
  private var scored = 0
  private var reordered: (count: Int, first: FormatError)?

  init(files: any FileTree, layout: YOLOLayout, options: ReadOptions, notes: NoteList) {
    self.files = files
    self.layout = layout
    self.options = options
    self.notes = notes
  }

  /// Reads the labels of an image.
  mutating func read(_ name: String) throws(FormatError) {
    var image = LabeledImage(name: name, size: files.imageSize(of: name), isAnnotated: false)
    guard let path = layout.labels(of: name), let bytes = files.contents(of: path) else {
      images.append(image)
      return
    }
    if let other = usedFiles.updateValue(name, forKey: path) {
      notes.add("It labels both \(other) and \(name).", path: path)
    }
    let lines = try TextLine.lines(of: bytes, path: path).filter { !$0.fields.isEmpty }
    if let size = image.size {
      hasSize = true
      image.isAnnotated = true
      for line in lines {
        if let box = try box(line, size, path) { image.boxes.append(box) }
      }
    } else if lines.isEmpty {
      image.isAnnotated = true
    } else {
      sizeless = sizeless ?? name
      notes.add("The size of the image can't be told; its boxes are left out.", path: name)
    }
    images.append(image)
  }

  private mutating func box(
    _ line: TextLine, _ size: ImageSize, _ path: String
  ) throws(FormatError) -> LabeledBox? {
    let row = try YOLORow(line, hasKeypoints: layout.hasKeypoints, path: path)
    let label = try name(of: row.classNumber, path, line.number)
    if row.isOutline {
      notes.add(
        "The row is an outline; the box around it is taken.", path: path, line: line.number)
    }
    if row.confidence != nil { scored += 1 }
    if row.looksReordered {
      let error = FormatError(
        path: path, line: line.number,
        message: "The confidence seems to stand second; put it into the last of the six columns.")
      reordered = ((reordered?.count ?? 0) + 1, reordered?.first ?? error)
    }
    guard
      let edges = row.edges.pixels(of: size).wholePixels(
        in: size, notes: &notes, at: "\(path):\(line.number)")
    else { return nil }
    var box = edges.labeled(label)
    box.confidence = row.confidence
    box.isPrediction = options.arePredictions ?? (row.confidence != nil)
    return box
  }

  private func name(
    of number: Int, _ path: String, _ line: Int
  ) throws(FormatError) -> String {
    guard let (names, source) = layout.names else {
      throw FormatError(
        path: path, line: line,
        message: "Nothing names class \(number): there is no data.yaml, classes.txt or obj.names. "
          + "Give the names in the order of their numbers by --labels NAME,NAME…")
    }
    guard let name = names[number], !name.isEmpty else {
      throw FormatError(
        path: path, line: line,
        message: "Class \(number) has no name in \(source), which has \(names.count).")
    }
    return name
  }

  /// The dataset, when all images are read.
  mutating func finish(_ index: FileIndex) throws(FormatError) -> Import {
    if let sizeless, !hasSize {
      throw FormatError(
        path: sizeless, message: "The size of the image can't be told, nor of any other here.")
    }
    if let reordered, reordered.count * 2 > scored { throw reordered.first }
    let labelFiles = index.paths(withExtension: "txt").filter {
      $0.split(separator: "/").dropLast().contains("labels") && $0 != layout.names?.source
    }
    for path in labelFiles where usedFiles[path] == nil {
      notes.add("There is no image of that name; the file is left aside.", path: path)
    }
    guard !images.isEmpty else {
      throw FormatError(
        path: "",
        message: "There is no image: YOLO's numbers are ratios of the image's size, so the images "
          + "must be there too.")
    }
    guard !usedFiles.isEmpty || layout.names != nil else {
      throw FormatError(
        path: "", message: "There is no YOLO file: give the folder of data.yaml or of the images.")
    }
    var labels = LabelList()
    for (number, name) in (layout.names?.byNumber ?? [:]).sorted(by: { $0.key < $1.key })
    where !name.isEmpty {
      labels.add(name, id: number)
    }
    return Import(labels: labels, images: images, notes: notes)
  }
}
