/// Where a YOLO dataset has its images, labels and names.
struct YOLOLayout {
  /// The classes by their numbers, and the file that says so; nil if none does.
  private(set) var names: (byNumber: [Int: String], source: String)?
  /// The images, in order.
  private(set) var images: [String] = []
  /// Whether the rows end with keypoints.
  private(set) var hasKeypoints = false
  private let index: FileIndex
  private let folders: Set<String>

  init(
    _ files: any FileTree, index: FileIndex, options: ReadOptions, notes: inout NoteList
  ) throws(FormatError) {
    self.index = index
    folders = Set(index.images.map(FilePath.folder))
    let yaml = try Self.dataYAML(files, index)
    hasKeypoints = yaml?.data.hasKeypoints ?? false
    if !options.labels.isEmpty {
      names = (Self.numbered(options.labels), "--labels")
    } else if let yaml, !yaml.data.names.isEmpty {
      names = (yaml.data.names, yaml.path)
    } else {
      names = try Self.namesFile(files, index)
    }
    try findImages(files, yaml, &notes)
  }

  /// Label files that Ultralytics or darknet would look for, the first that exists.
  func labels(of image: String) -> String? {
    let stem = FilePath.stem(of: image) + ".txt"
    let beside = FilePath.folder(of: image)
    let candidates =
      [Self.beside(stem, folder: "labels")].compactMap(\.self)
      + [
        stem, FilePath.join(FilePath.join(beside, "labels"), FilePath.name(of: stem)),
        "labels/\(stem)",
      ]
    return candidates.first { index.contains($0) && $0 != names?.source }
  }

  /// A path with its last folder `images` exchanged; nil if there is none.
  static func beside(_ path: String, folder: String) -> String? {
    var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard let position = parts.dropLast().lastIndex(of: "images") else { return nil }
    parts[position] = Substring(folder)
    return parts.joined(separator: "/")
  }

  // MARK: Names

  private static func numbered(_ names: [String]) -> [Int: String] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.offset, $0.element) })
  }

  /// The YAML file nearest to the root that names classes or images.
  private static func dataYAML(
    _ files: any FileTree, _ index: FileIndex
  ) throws(FormatError) -> (path: String, data: DataYAML)? {
    let found = index.paths.filter { ["yaml", "yml"].contains(FilePath.fileExtension(of: $0)) }
    let depths = Dictionary(grouping: found) { $0.split(separator: "/").count }
    for depth in depths.keys.sorted() {
      var datasets: [(path: String, data: DataYAML)] = []
      for path in depths[depth] ?? [] {
        let data = try DataYAML(files.bytes(of: path), path: path)
        if !data.names.isEmpty || !data.sources.isEmpty { datasets.append((path, data)) }
      }
      if datasets.count > 1 {
        throw FormatError(
          path: datasets[1].path,
          message: "\(datasets[0].path) describes a dataset as well: give the folder of one.")
      }
      if let only = datasets.first { return only }
    }
    return nil
  }

  /// darknet's `obj.names` or a `classes.txt`: a name a line.
  private static func namesFile(
    _ files: any FileTree, _ index: FileIndex
  ) throws(FormatError) -> (byNumber: [Int: String], source: String)? {
    let found = index.paths.filter { path in
      let name = FilePath.name(of: path).lowercased()
      return name == "classes.txt" || name == "_darknet.labels" || name.hasSuffix(".names")
    }
    var first: (names: [String], path: String)?
    for path in found {
      var names = try TextLine.lines(of: files.bytes(of: path), path: path)
        .map { $0.text.trimmingBlanks }
      while names.last == "" { names.removeLast() }
      if let first, first.names != names {
        throw FormatError(
          path: path,
          message: "It names other classes than \(first.path): say which by --labels NAME,NAME…")
      }
      first = first ?? (names, path)
    }
    return first.flatMap { $0.names.isEmpty ? nil : (numbered($0.names), $0.path) }
  }

  // MARK: Images

  private mutating func findImages(
    _ files: any FileTree, _ yaml: (path: String, data: DataYAML)?, _ notes: inout NoteList
  ) throws(FormatError) {
    var sources = yaml?.data.sources ?? []
    let root = yaml.map { FilePath.folder(of: $0.path) } ?? ""
    var asked = sources.map { (source: $0, from: yaml?.path ?? "") }
    if sources.isEmpty {
      // darknet has its lists in obj.data.
      for path in index.paths(withExtension: "data") {
        for line in try TextLine.lines(of: files.bytes(of: path), path: path) {
          let pair = line.text.split(separator: "=", maxSplits: 1).map(\.trimmingBlanks)
          guard pair.count == 2, ["train", "valid", "test"].contains(pair[0]) else { continue }
          sources.append(pair[1])
          asked.append((pair[1], path))
        }
      }
    }
    var seen: Set<String> = []
    for (source, from) in asked {
      let folder = FilePath.join(root, yaml?.data.path ?? "")
      let found = try images(of: source, files, root: folder, &notes)
      if found.isEmpty { notes.add("“\(source)” has no image here.", path: from) }
      images += found.filter { seen.insert($0).inserted }
    }
    guard !images.isEmpty else {
      images = index.images
      return
    }
    for image in index.images where !seen.contains(image) {
      notes.add("The image is in no part of the dataset and is left out.", path: image)
    }
  }

  /// The images of a folder, a list or a single path, which may come with folders of elsewhere.
  private func images(
    of source: String, _ files: any FileTree, root: String, _ notes: inout NoteList
  ) throws(FormatError) -> [String] {
    let wanted = FilePath.relative(FilePath.join(root, source))
    let parts = wanted.split(separator: "/")
    for start in 0...parts.count {
      let path = parts.dropFirst(start).joined(separator: "/")
      if index.contains(path) {
        if FilePath.isImage(path) { return [path] }
        guard FilePath.fileExtension(of: path) == "txt" else { return [] }
        let lines = try TextLine.lines(of: files.bytes(of: path), path: path)
        var listed: [String] = []
        for line in lines where !line.fields.isEmpty {
          if let image = index.image(named: line.text.trimmingBlanks) {
            listed.append(image)
          } else {
            notes.add("The image isn't here.", path: path, line: line.number)
          }
        }
        return listed
      }
      if path.isEmpty ? parts.isEmpty : folders.contains(where: { "\($0)/".hasPrefix("\(path)/") })
      {
        return index.images.filter { path.isEmpty || $0.hasPrefix("\(path)/") }
      }
    }
    return []
  }
}

extension Substring {
  /// The text without spaces and tabs around it.
  var trimmingBlanks: String {
    var rest = self
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    while rest.last == " " || rest.last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
