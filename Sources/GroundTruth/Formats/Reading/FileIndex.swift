/// The files of a dataset, found by what annotations say of them.
struct FileIndex {
  /// All files, in the tree's order, without hidden ones and what archivers leave behind.
  let paths: [String]
  /// The image files among them.
  let images: [String]
  private let all: Set<String>
  private let imagesByName: [String: [String]]
  private let imagesByStem: [String: [String]]

  init(_ files: any FileTree) {
    paths = files.visiblePaths
    images = paths.filter(FilePath.isImage)
    all = Set(paths)
    imagesByName = Dictionary(grouping: images) { FilePath.name(of: $0) }
    imagesByStem = Dictionary(grouping: images) { FilePath.name(of: FilePath.stem(of: $0)) }
  }

  /// Whether there is such a file.
  func contains(_ path: String) -> Bool { all.contains(path) }

  /// The files of an extension, in lowercase.
  func paths(withExtension wanted: String) -> [String] {
    paths.filter { FilePath.fileExtension(of: $0) == wanted }
  }

  /// The image that a name means: that path, the only one whose path ends so, or with `stem` the
  /// only one of that name whatever its extension.
  func image(named name: String, orStem: Bool = false) -> String? {
    let wanted = FilePath.relative(name)
    if all.contains(wanted), FilePath.isImage(wanted) { return wanted }
    if let found = Self.only(imagesByName[FilePath.name(of: wanted)], ending: wanted) {
      return found
    }
    guard orStem else { return nil }
    return Self.only(imagesByStem[FilePath.name(of: wanted)], ending: wanted)
  }

  /// The only candidate, or the only one that shares the folder too.
  private static func only(_ candidates: [String]?, ending wanted: String) -> String? {
    guard let candidates else { return nil }
    if candidates.count == 1 { return candidates[0] }
    let ending = "/" + wanted
    let closer = candidates.filter {
      let path = "/" + $0
      return path.hasSuffix(ending) || FilePath.stem(of: path).hasSuffix(ending)
    }
    return closer.count == 1 ? closer[0] : nil
  }
}
