/// Paths with `/`, relative to the root of a dataset.
enum FilePath {
  /// The last component.
  static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) }
      ?? path
  }

  /// Everything before the last `/`; empty at the root.
  static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }

  /// The path without the extension; points that a name begins with start none.
  static func stem(of path: String) -> String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")),
      !path[dot...].utf8.contains(UInt8(ascii: "/")),
      let last = path[..<dot].utf8.last(where: { $0 != UInt8(ascii: ".") }),
      last != UInt8(ascii: "/")
    else { return path }
    return String(path[..<dot])
  }

  /// The extension in lowercase, without the dot.
  static func fileExtension(of path: String) -> String {
    let stem = stem(of: path)
    return path.utf8.count > stem.utf8.count ? path.dropFirst(stem.count + 1).lowercased() : ""
  }

  /// Whether the extension is an image's.
  static func isImage(_ path: String) -> Bool {
    imageExtensions.contains(fileExtension(of: path))
  }

  /// The extensions of images, in the order they are looked for.
  static let imageExtensions = [
    "jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff", "heic", "avif",
  ]

  /// Whether a name is a URI or begins at the root, so that nothing can stand before it.
  static func isAbsolute(_ name: String) -> Bool { name.hasPrefix("/") || name.contains("://") }

  /// A name with a prefix, unless it is absolute.
  static func prefixed(_ name: String, by prefix: String) -> String {
    isAbsolute(name) ? name : prefix + name
  }

  /// A path from the folder of a file that names it; what is absolute stays.
  static func path(_ name: String, from file: String) -> String {
    if isAbsolute(name) { return name }
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

  /// A folder and a name in it.
  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// The components, cut where the system cuts: at the byte, though an accent may follow it.
  static func steps(of path: some StringProtocol) -> [Substring] {
    Substring(path).utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// A name as a path that stays below the root: no scheme and bucket, no `.` or `..`, nothing
  /// that a file's name can't hold.
  static func relative(_ name: String) -> String {
    var rest = name[...]
    if let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...].drop { $0 != "/" }
    }
    return below(rest)
  }

  /// A path without `.` and `..`, and with `_` for control characters.
  static func below(_ path: Substring) -> String {
    let path = steps(of: path).filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    let isSafe = path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    if isSafe { return path }
    var safe = String.UnicodeScalarView()
    for scalar in path.unicodeScalars {
      safe.append(scalar.value >= 0x20 && scalar.value != 0x7F ? scalar : "_")
    }
    return String(safe)
  }
}

extension FilePath {
  /// A label as the name of one folder.
  static func folderName(_ label: String) -> String {
    var name = ""
    for scalar in label.unicodeScalars {
      name.unicodeScalars.append(
        scalar == "/" || scalar.value < 0x20 || scalar.value == 0x7F ? "_" : scalar)
    }
    // Folders that start with a point are hidden, and two of them lead elsewhere.
    return name.isEmpty || name.utf8.first == UInt8(ascii: ".") ? "_" + name : name
  }
}
