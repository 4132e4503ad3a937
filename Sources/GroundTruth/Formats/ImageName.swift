/// The name of an image as files of other formats need it.
struct ImageName {
  /// The name as the source has it.
  let name: String

  init(_ name: String) { self.name = name }

  /// Whether it is a URI or begins at the root, so that nothing can stand before it.
  var isAbsolute: Bool { name.hasPrefix("/") || name.contains("://") }

  /// The name with a prefix, unless it is absolute.
  func prefixed(_ prefix: String) -> String { isAbsolute ? name : prefix + name }

  /// A path that stays below the folder it is written to, whatever the name.
  ///
  /// The scheme of a URI, the root, and steps to here and upwards are left out.
  var relativePath: String {
    var rest = Substring(name)
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let path = FilePath.below(rest)
    return path.isEmpty ? "image" : path
  }

  /// The folder of a path with its slash; empty for none.
  static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[...$0] } ?? ""
  }

  /// A path without its last extension.
  static func stem(of path: String) -> String {
    let file = path.dropFirst(folder(of: path).count)
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return path }
    return String(path[..<dot])
  }

  /// The extension of a path in small letters, without the dot.
  static func suffix(of path: String) -> String {
    let stem = stem(of: path)
    return stem.count == path.count ? "" : path.dropFirst(stem.count + 1).lowercased()
  }

  /// Whether a path is named like an image.
  static func isImage(_ path: String) -> Bool {
    imageSuffixes.contains(suffix(of: path))
  }

  /// The extensions of images, in the order they are looked for.
  static let imageSuffixes = [
    "jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff", "heic", "avif",
  ]

  /// A path from the folder of a file that names it; what is absolute stays.
  static func path(_ name: String, from file: String) -> String {
    if ImageName(name).isAbsolute { return name }
    var parts = folder(of: file).split(separator: "/")
    for part in name.replacing("\\", with: "/").split(separator: "/") where part != "." {
      if part == "..", parts.last.map({ $0 != ".." }) ?? false {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

/// Paths of files to be written, each once: `a.jpg` and `a.png` may not share `a.json`.
struct UniquePaths {
  private var taken: Set<String> = []
  /// The number to try next for a path that is taken, by that path.
  private var numbers: [String: Int] = [:]

  /// The image's path with another extension; the old one stays before it if that is taken.
  mutating func path(for image: String, suffix: String) -> String {
    let path = ImageName(image).relativePath
    let candidate = "\(ImageName.stem(of: path)).\(suffix)"
    if taken.insert(candidate).inserted { return candidate }
    return unique(path, suffix: ".\(suffix)")
  }

  /// A folder named like the image.
  mutating func folder(for image: String) -> String {
    unique(ImageName(image).relativePath, suffix: "")
  }

  /// The path, or if it is taken with the first number that makes it new.
  private mutating func unique(_ path: String, suffix: String) -> String {
    var candidate = path + suffix
    var number = numbers[candidate, default: 2]
    let own = candidate
    while !taken.insert(candidate).inserted {
      candidate = "\(path)-\(number)\(suffix)"
      number += 1
    }
    numbers[own] = number
    return candidate
  }
}
