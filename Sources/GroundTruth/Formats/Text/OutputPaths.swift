/// Paths for the files of images, no two the same, even where the case of letters is not told apart.
struct OutputPaths {
  private var taken: Set<String> = []
  /// The number to try next for a path that is taken, by that path.
  private var numbers: [String: Int] = [:]

  /// A path for an image's file: its own without the extension, or if another has that, with it.
  mutating func path(for name: String, in folder: String, extension suffix: String) -> String {
    let relative = FilePath.relative(name)
    let base = relative.isEmpty ? "image" : relative
    let own = FilePath.join(folder, base + suffix)
    for path in [FilePath.join(folder, FilePath.stem(of: base) + suffix), own]
    where taken.insert(path.lowercased()).inserted {
      return path
    }
    for number in numbers[own, default: 2]... {
      let path = FilePath.join(folder, "\(base)-\(number)\(suffix)")
      if taken.insert(path.lowercased()).inserted {
        numbers[own] = number + 1
        return path
      }
    }
    return own
  }
}
