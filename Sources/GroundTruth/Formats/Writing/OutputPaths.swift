/// Paths for files to be written, no two the same, even where the case of letters is not told apart.
struct OutputPaths {
  private var taken: Set<String> = []
  /// The next number for each stem that was ever numbered.
  private var numbers: [String: Int] = [:]

  /// Keeps a path free, such as that of a folder.
  mutating func reserve(_ path: String) { taken.insert(path.lowercased()) }

  /// A path for the file that goes with an image: `a.xml`, or if another has that, `a.jpg.xml`.
  mutating func path(
    for image: String, in folder: String = "", extension suffix: String
  ) -> String {
    let name = Self.name(image)
    return first([FilePath.stem(of: name), name], else: name, in: folder, extension: suffix)
  }

  /// A path for a folder that goes with an image: `a.jpg`, or if another has that, `a.jpg-2`.
  mutating func folder(for image: String) -> String {
    let name = Self.name(image)
    return first([name], else: name, in: "", extension: "")
  }

  /// A path for the file of an image itself: `a.jpg`, or if another has that, `a-2.jpg`.
  mutating func path(of image: String, in folder: String) -> String {
    let name = Self.name(image)
    let stem = FilePath.stem(of: name)
    return first([stem], else: stem, in: folder, extension: String(name.dropFirst(stem.count)))
  }

  private static func name(_ image: String) -> String {
    let relative = FilePath.relative(image)
    return relative.isEmpty ? "image" : relative
  }

  /// The first stem that is free, else one with the lowest number that is.
  private mutating func first(
    _ stems: [String], else numbered: String, in folder: String, extension suffix: String
  ) -> String {
    for stem in stems {
      let path = FilePath.join(folder, stem + suffix)
      if taken.insert(path.lowercased()).inserted { return path }
    }
    let base = FilePath.join(folder, numbered)
    var number = numbers[base] ?? 2
    while !taken.insert("\(base)-\(number)\(suffix)".lowercased()).inserted { number += 1 }
    numbers[base] = number + 1
    return "\(base)-\(number)\(suffix)"
  }
}
