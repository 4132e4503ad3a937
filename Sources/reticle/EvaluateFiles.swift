import GroundTruth

/// The files of two places as those of one.
struct JoinedFiles: FileTree {
  /// What stands before the paths of the first place; no file of the second begins so.
  static let prefix = "\u{1}/"

  let paths: [String]
  private let first: ConvertInput
  private let second: ConvertInput

  init(_ first: ConvertInput, _ second: ConvertInput) {
    self.first = first
    self.second = second
    paths = first.paths.map { Self.prefix + $0 } + second.paths
  }

  func contents(of path: String) -> [UInt8]? {
    path.hasPrefix(Self.prefix)
      ? first.contents(of: String(path.dropFirst(Self.prefix.count))) : second.contents(of: path)
  }

  func imageSize(of path: String) -> ImageSize? {
    first.imageSize(of: path) ?? second.imageSize(of: path)
  }
}

/// Files whose images are known by the truth, so that they need not be there.
struct SizedFiles: FileTree {
  private let files: any FileTree
  /// By file name; nil where images of one name have several sizes.
  private let sizes: [Substring: ImageSize?]

  init(_ files: any FileTree, sizesOf images: [LabeledImage]) {
    self.files = files
    sizes = Dictionary(
      images.compactMap { image in image.size.map { (Self.fileName(image.name), Optional($0)) } },
      uniquingKeysWith: { $0 == $1 ? $0 : nil })
  }

  var paths: [String] { files.paths }

  func contents(of path: String) -> [UInt8]? { files.contents(of: path) }

  func imageSize(of path: String) -> ImageSize? {
    files.imageSize(of: path) ?? sizes[Self.fileName(path)] ?? nil
  }

  private static func fileName(_ path: String) -> Substring {
    path.split(separator: "/").last ?? ""
  }
}
