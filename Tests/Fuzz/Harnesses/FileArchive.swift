import GroundTruth

/// The files of a dataset in one input.
///
/// An input that begins with `=== ` is a list of files, each with a line `=== path` before it, or
/// `=== path 640x480` for an image of that size. Any other input is one file.
struct FileArchive: FileTree {
  private(set) var paths: [String] = []
  private var files: [String: [UInt8]] = [:]
  private var sizes: [String: ImageSize] = [:]

  private static let mark = Array("=== ".utf8)
  private static let lineFeed = UInt8(ascii: "\n")

  /// Reads an input; one file gets the path given, with an image beside it.
  init(_ bytes: [UInt8], path: String) {
    if bytes.starts(with: Self.mark) {
      for part in Self.parts(of: bytes) { add(part) }
    } else {
      files[path] = bytes
      sizes["a.jpg"] = ImageSize(width: 640, height: 480)
    }
    paths = Set(files.keys).union(sizes.keys).sorted()
  }

  /// What a writer made, with the images it was made of.
  init(_ export: Export, of dataset: LabeledDataset) {
    for image in dataset.images {
      if let size = image.size { sizes[image.name] = size }
    }
    for file in export.files { files[file.path] = file.bytes }
    paths = Set(files.keys).union(sizes.keys).sorted()
  }

  func contents(of path: String) -> [UInt8]? { files[path] }

  func imageSize(of path: String) -> ImageSize? { sizes[path] }

  /// The parts, each from behind its mark up to the next.
  private static func parts(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = mark.count
    for at in bytes.indices.dropFirst(start)
    where bytes[at] == mark[0] && bytes[at - 1] == lineFeed && bytes[at...].starts(with: mark) {
      parts.append(bytes[min(start, at)..<at])
      start = at + mark.count
    }
    return parts + [bytes[min(start, bytes.count)...]]
  }

  private mutating func add(_ part: ArraySlice<UInt8>) {
    let header = part.prefix { $0 != Self.lineFeed }
    let text = String(decoding: header, as: UTF8.self)
    let words = text.split(separator: " ")
    let size = words.count > 1 ? words.last.flatMap(Self.size) : nil
    let path = size == nil ? text : words.dropLast().joined(separator: " ")
    guard Self.isBelow(path) else { return }
    if let size {
      sizes[path] = size
    } else {
      files[path] = Array(part[header.endIndex...].dropFirst())
    }
  }

  /// Whether a folder can have such a file below it, to the system, which cuts paths at bytes.
  static func isBelow(_ path: String) -> Bool {
    !path.utf8.contains(0)
      && path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains(Substring($0)) }
  }

  private static func size(_ word: Substring) -> ImageSize? {
    let sides = word.split(separator: "x").map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (1...Int(Int32.max)).contains(width), (1...Int(Int32.max)).contains(height)
    else { return nil }
    return ImageSize(width: width, height: height)
  }
}
