extension Format {
  /// How many files of a kind are opened to tell a format.
  private static let lookLimit = 20

  /// The formats that files may be in, each once, by their names and what stands in them.
  ///
  /// - Parameter files: The files.
  /// - Returns: The formats, those of annotation files before those of bare images.
  /// - Complexity: O(bytes) of the first few files of each kind.
  public static func candidates(for files: any FileTree) -> [Format] {
    let paths = files.visiblePaths
    var found: [Format] = []
    func note(_ format: Format?) {
      if let format, !found.contains(format) { found.append(format) }
    }
    func look(at suffixes: Set<String>, _ tell: ([UInt8]) -> Format?) {
      let some = paths.lazy.filter { suffixes.contains(FilePath.fileExtension(of: $0)) }
      for path in some.prefix(lookLimit) { note(files.contents(of: path).flatMap(tell)) }
    }
    if paths.contains(where: { FilePath.fileExtension(of: $0) == "manifest" }) {
      note(.groundTruth)
    }
    look(at: ["json", "jsonl", "ndjson"], telling(json:))
    look(at: ["xml"], telling(xml:))
    look(at: ["csv"], telling(csv:))
    if found.isEmpty, paths.contains(where: isYOLO) { note(.yolo) }
    if found.isEmpty, !paths.isEmpty,
      paths.allSatisfy({ FilePath.isImage($0) && $0.contains("/") })
    {
      note(.folders)
    }
    return found
  }

  /// The format that files are in, where that is clear.
  ///
  /// - Parameter files: The files.
  /// - Returns: The format; nil if there is none, or more than one.
  public static func guess(from files: any FileTree) -> Format? {
    let found = candidates(for: files)
    return found.count == 1 ? found[0] : nil
  }

  private static func isYOLO(_ path: String) -> Bool {
    ["data.yaml", "data.yml", "dataset.yaml", "obj.data", "obj.names", "classes.txt"]
      .contains(FilePath.name(of: path))
  }

  // MARK: JSON

  private static func telling(json bytes: [UInt8]) -> Format? {
    guard let root = try? JSONValue(parsing: bytes) else {
      // Lines of JSON are no JSON file; the first of them tells.
      guard let line = bytes.split(separator: UInt8(ascii: "\n")).first,
        let first = try? JSONValue(parsing: Array(line)), first["source-ref"] != nil
      else { return nil }
      return .groundTruth
    }
    switch root.kind {
    case .object: return telling(object: root)
    case .array: return root.elements?.first.flatMap(telling(first:))
    default: return nil
    }
  }

  private static func telling(object: JSONValue) -> Format? {
    let names = Set((object.members ?? []).map(\.name))
    if names.contains("source-ref") { return .groundTruth }
    if names.contains("images"), names.contains("annotations") || names.contains("categories") {
      return .coco
    }
    if names.contains("shapes") { return .labelme }
    if names.contains("humanAnswers") { return .a2i }
    if names.contains("CustomLabels") { return .rekognition }
    if names.contains("data"), names.contains("annotations") { return .labelStudio }
    let first = object.members?.first?.value
    return first?["CustomLabels"] == nil ? nil : .rekognition
  }

  private static func telling(first: JSONValue) -> Format? {
    let names = Set((first.members ?? []).map(\.name))
    if names.contains("image_id"), names.contains("category_id") { return .coco }
    if names.contains("data") { return .labelStudio }
    let images: Set = ["image", "imagefilename", "filename"]
    if !names.isDisjoint(with: images), !names.isDisjoint(with: ["annotations", "annotation"]) {
      return .createML
    }
    return nil
  }

  // MARK: Text

  private static func telling(xml bytes: [UInt8]) -> Format? {
    let start = String(decoding: bytes.prefix(4096), as: UTF8.self)
    if start.contains("<annotations") { return .cvat }
    if start.contains("<annotation") { return start.contains("<polygon") ? nil : .voc }
    return start.contains("<dataset") ? .imglab : nil
  }

  private static func telling(csv bytes: [UInt8]) -> Format? {
    guard var reader = try? CSVReader(Array(bytes.prefix(4096)), path: ""),
      let record = try? reader.next()
    else { return nil }
    if record.fields.contains("ImageID") { return .openImages }
    return AWSImageCSV.isLikely(record) ? .csv : nil
  }
}
