/// Paths for the files of images, no two the same, even where the case of letters is not told apart.
struct OutputPaths {
  private var taken: Set<String> = []

  /// A path for an image's file: its own without the extension, or if another has that, with it.
  mutating func path(for name: String, in folder: String, extension suffix: String) -> String {
    let relative = FilePath.relative(name)
    let base = relative.isEmpty ? "image" : relative
    var candidates = [FilePath.stem(of: base), base][...]
    var number = 2
    while true {
      let stem = candidates.popFirst() ?? "\(base)-\(number)"
      let path = FilePath.join(folder, stem + suffix)
      if taken.insert(path.lowercased()).inserted { return path }
      if candidates.isEmpty { number += 1 }
    }
  }
}
