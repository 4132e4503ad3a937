/// What a YOLO `data.yaml` says of a dataset, read from the little of YAML that such files use.
struct DataYAML: Hashable {
  /// The classes by their numbers.
  var names: [Int: String] = [:]
  /// The folder that the others are relative to; nil if the file has none.
  var path: String?
  /// The folders, lists and images of `train`, `val` and `test`, in this order.
  var sources: [String] = []
  /// Whether the rows of the labels end with keypoints.
  var hasKeypoints = false

  /// Reads a file; keys that say nothing of the labels are skipped whatever they hold.
  ///
  /// - Throws: `FormatError` with the line of what is beyond the subset: scalars, quoted or not,
  ///   and lists and maps of them, in brackets or a line each.
  init(_ bytes: [UInt8], path: String) throws(FormatError) {
    var splits: [String: [String]] = [:]
    for (key, block) in Self.blocks(try TextLine.lines(of: bytes, path: path)) {
      switch key {
      case "names": names = try Self.names(block, path)
      case "path": self.path = try YAMLBlock(block, path).value().scalars.first
      case "train", "val", "test": splits[key] = try YAMLBlock(block, path).value().scalars
      case "kpt_shape": hasKeypoints = true
      default: break
      }
    }
    sources = ["train", "val", "test"].flatMap { splits[$0] ?? [] }
  }

  private static func names(
    _ block: [TextLine], _ path: String
  ) throws(FormatError) -> [Int: String] {
    let line = block[0].number
    var names: [Int: String] = [:]
    switch try YAMLBlock(block, path).value() {
    case .list(let list):
      for (number, name) in list.enumerated() { names[number] = name }
    case .map(let pairs):
      for pair in pairs {
        guard let number = Int(pair.key), (0...1_000_000).contains(number),
          names.updateValue(pair.value, forKey: number) == nil
        else {
          throw FormatError(
            path: path, line: line,
            message: "The key “\(pair.key)” of names is no number of a class.")
        }
      }
    case .scalar(let text):
      throw FormatError(
        path: path, line: line,
        message: "names is “\(text)”: write a list of names, or a line “0: name” for each class.")
    }
    return names
  }

  /// The top-level keys with the lines that belong to each; the first holds what follows the colon.
  private static func blocks(_ lines: [TextLine]) -> [(key: String, lines: [TextLine])] {
    var blocks: [(key: String, lines: [TextLine])] = []
    for line in lines {
      let start = line.text.first
      let isInner = start == " " || start == "\t" || start == "-" || start == nil || start == "]"
      if isInner || start == "}" {
        if !blocks.isEmpty { blocks[blocks.count - 1].lines.append(line) }
      } else if start != "#", let colon = line.text.firstIndex(of: ":") {
        let key = line.text[..<colon].filter { $0 != "\"" && $0 != "'" && $0 != " " }
        let rest = line.text[line.text.index(after: colon)...]
        blocks.append((key, [TextLine(number: line.number, text: rest)]))
      }
    }
    return blocks
  }
}
