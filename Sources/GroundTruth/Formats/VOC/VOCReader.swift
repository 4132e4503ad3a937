/// Gathers VOC files into a dataset.
struct VOCReader {
  /// A file as it was read, before the base is known.
  private struct File {
    var path: String
    var image: LabeledImage
    var lines: [Int]
    /// The boxes as written: `xmin ymin xmax ymax`.
    var corners: [EdgeBox]
  }

  private let index: FileIndex
  private let options: ReadOptions
  private var files: [File] = []
  private var labels: LabelList
  private var notes = NoteList()
  /// The first number that the 1-based convention can't hold.
  private var zeroBased: (path: String, line: Int)?

  init(index: FileIndex, options: ReadOptions) {
    self.index = index
    self.options = options
    labels = LabelList(options.labels)
  }

  /// The XML files, those that `ImageSets/Main/default.txt` lists first and in its order.
  mutating func order(_ tree: any FileTree) throws(FormatError) -> [String] {
    try readLabelMap(tree)
    let found = index.paths(withExtension: "xml")
    guard let list = index.paths.first(where: { $0.hasSuffix("ImageSets/Main/default.txt") })
    else { return found }
    let root = String(list.dropLast("ImageSets/Main/default.txt".count))
    var ordered: [String] = []
    var rest = Set(found)
    for line in try TextLine.lines(of: tree.bytes(of: list), path: list) {
      let path = "\(root)Annotations/\(line.text).xml"
      if rest.remove(path) != nil { ordered.append(path) }
    }
    return ordered + found.filter(rest.contains)
  }

  /// CVAT's `labelmap.txt` has the labels in their order, `background` first as a rule.
  private mutating func readLabelMap(_ tree: any FileTree) throws(FormatError) {
    guard options.labels.isEmpty,
      let path = index.paths.first(where: { FilePath.name(of: $0) == "labelmap.txt" })
    else { return }
    for line in try TextLine.lines(of: tree.bytes(of: path), path: path)
    where line.text != "# label:color_rgb:parts:actions" {
      let fields = line.text.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count >= 4 else { continue }
      let name = fields.dropLast(3).joined(separator: ":")
      // CVAT lists the background too, in black; it is no class.
      let isBackground = name == "background" && fields.dropLast(2).last == "0,0,0"
      if !isBackground, !name.isEmpty { labels.add(name) }
    }
  }

  /// Reads a file.
  mutating func read(_ root: XMLElement, path: String) throws(FormatError) {
    let isVOC = root.name == "annotation" && root.child("imagesize") == nil
    guard isVOC, root.child("filename") ?? root.child("size") ?? root.child("object") != nil else {
      notes.add("It's XML, but not Pascal VOC; it's left aside.", path: path)
      return
    }
    var file = File(
      path: path, image: LabeledImage(name: name(root, path)), lines: [], corners: [])
    file.image.size = try size(root, path)
    for object in root.children("object") {
      guard let name = object.text(of: "name") else {
        throw FormatError(path: path, line: object.line, message: "The object has no <name>.")
      }
      guard let corners = try corners(object, path) else {
        notes.add("The object has no <bndbox>; it's left out.", path: path, line: object.line)
        continue
      }
      labels.add(name)
      let isBeyond = file.image.size.map { !corners.fits($0) } ?? false
      if isBeyond || min(corners.left, corners.top) <= 0 {
        zeroBased = zeroBased ?? (path, object.line)
      }
      file.image.boxes.append(box(object, name, path))
      file.corners.append(corners)
      file.lines.append(object.line)
    }
    files.append(file)
  }

  /// The image's name: `<filename>`, or the image beside the file if that names none there is.
  private mutating func name(_ root: XMLElement, _ path: String) -> String {
    let stem = FilePath.name(of: FilePath.stem(of: path))
    guard let name = root.text(of: "filename") else {
      notes.add("It has no <filename>; the file's own name is taken.", path: path)
      return index.image(named: stem, orStem: true).map(FilePath.name) ?? stem
    }
    if index.images.isEmpty || index.image(named: name) != nil { return name }
    guard let found = index.image(named: stem, orStem: true) else { return name }
    notes.add(
      "<filename> names no image here; the one of the file's own name is taken.", path: path)
    return FilePath.name(of: found)
  }

  private func size(_ root: XMLElement, _ path: String) throws(FormatError) -> ImageSize? {
    guard let size = root.child("size"), let width = size.text(of: "width"),
      let height = size.text(of: "height")
    else { return nil }
    // Some tools write 0 where they don't know.
    if DecimalText.value(width) == 0 || DecimalText.value(height) == 0 { return nil }
    guard let width = DecimalText.side(width), let height = DecimalText.side(height) else {
      throw FormatError(
        path: path, line: size.line, message: "“\(width)” × “\(height)” is no size of an image.")
    }
    let depth = size.text(of: "depth").flatMap { Int($0) } ?? 3
    return ImageSize(width: width, height: height, depth: (1...4).contains(depth) ? depth : 3)
  }

  private mutating func corners(
    _ object: XMLElement, _ path: String
  ) throws(FormatError) -> EdgeBox? {
    guard let bounds = object.child("bndbox") else { return nil }
    var values: [Double] = []
    for key in ["xmin", "ymin", "xmax", "ymax"] {
      let text = bounds.text(of: key) ?? ""
      guard let value = DecimalText.pixel(text) else {
        let line = bounds.child(key)?.line ?? bounds.line
        throw FormatError(path: path, line: line, message: "<\(key)> is “\(text)”, not a pixel.")
      }
      values.append(value)
    }
    if values[0] > values[2] || values[1] > values[3] {
      notes.add("min and max are exchanged; they're put right.", path: path, line: bounds.line)
    }
    return EdgeBox(around: values)
  }

  private mutating func box(
    _ object: XMLElement, _ name: String, _ path: String
  ) -> LabeledBox {
    var box = EdgeBox(left: 0, top: 0, right: 0, bottom: 0).labeled(name)
    for trait in ["truncated", "occluded", "difficult"] {
      if let value = object.text(of: trait), value != "0", value.lowercased() != "false" {
        box.traits[trait] = value
      }
    }
    if let pose = object.text(of: "pose"), pose != "Unspecified" { box.traits["pose"] = pose }
    for attribute in object.child("attributes")?.children("attribute") ?? [] {
      guard let key = attribute.text(of: "name"), let value = attribute.text(of: "value") else {
        continue
      }
      if key != "rotation" {
        box.traits[key] = value
      } else if DecimalText.value(value) != 0 {
        notes.add("The box is turned; it's read as if it weren't.", path: path, line: object.line)
      }
    }
    if object.child("part") != nil {
      notes.add("The parts of objects are left out.", path: path, line: object.line)
    }
    let score = (object.text(of: "confidence") ?? object.text(of: "score"))
      .flatMap { DecimalText.value($0) }
    if let score, (0...1).contains(score) { box.confidence = score }
    box.isPrediction = options.arePredictions ?? (box.confidence != nil)
    return box
  }

  /// The dataset, when all files are read.
  mutating func finish(_ tree: any FileTree) throws(FormatError) -> Import {
    guard !files.isEmpty else {
      throw FormatError(
        path: "", message: "There is no Pascal VOC file: give the folder that has the XML files.")
    }
    let base = decidedBase()
    var images: [LabeledImage] = []
    for file in files { images.append(placed(file, base: base)) }
    qualifySameNames(&images)
    images += unlabelled(beside: images, tree)
    return Import(labels: labels, images: images, notes: notes)
  }

  private mutating func decidedBase() -> Int {
    if let zeroBased {
      if options.vocBase == 1 {
        notes.add(
          "Numbers from 1 up to the image's size were asked for, but this box doesn't fit into "
            + "them: all are read as starting at 0.", path: zeroBased.path, line: zeroBased.line)
      }
      return 0
    }
    if let base = options.vocBase { return base == 1 ? 1 : 0 }
    if files.contains(where: { !$0.corners.isEmpty }) {
      notes.add(
        "Nothing tells whether the first pixel is 0 or 1; it's read as 0 (--voc-base 1 for files "
          + "as the VOC challenge made them).")
    }
    return 0
  }

  /// A file's image, its boxes half-open and from 0.
  private mutating func placed(_ file: File, base: Int) -> LabeledImage {
    var image = file.image
    for (position, corners) in file.corners.enumerated() {
      let left = corners.left - Double(base)
      let top = corners.top - Double(base)
      image.boxes[position].left = left
      image.boxes[position].top = top
      image.boxes[position].width = corners.right - left
      image.boxes[position].height = corners.bottom - top
      notes.addOddities(
        of: EdgeBox(image.boxes[position]), in: image.size,
        at: "\(file.path):\(file.lines[position])")
    }
    return image
  }

  /// Images of one name in several folders get their folder, as far as the tree tells it.
  private mutating func qualifySameNames(_ images: inout [LabeledImage]) {
    let counts = Dictionary(images.map { ($0.name, 1) }, uniquingKeysWith: +)
    for position in images.indices where counts[images[position].name, default: 0] > 1 {
      let path = files[position].path
      notes.add("Several files name the same image; each gets its folder.", path: path)
      let above = FilePath.folder(of: FilePath.folder(of: path))
      images[position].name = FilePath.join(above, images[position].name)
    }
  }

  /// Images without a file, in the folders of those that have one.
  private func unlabelled(beside images: [LabeledImage], _ tree: any FileTree) -> [LabeledImage] {
    let known = Set(images.compactMap { index.image(named: $0.name) })
    let folders = Set(known.map(FilePath.folder))
    let names = Set(images.map { FilePath.name(of: $0.name) })
    let rest = index.images.filter { path in
      folders.contains(FilePath.folder(of: path)) && !known.contains(path)
        && !names.contains(FilePath.name(of: path))
    }
    return rest.map { path in
      LabeledImage(
        name: FilePath.name(of: path), size: tree.imageSize(of: path), isAnnotated: false)
    }
  }
}
