import Glibc

/// Paths as the system sees them.
enum RealPath {
  /// The absolute path of the file that a path leads to, through all links.
  ///
  /// The file itself need not exist yet; its folder must.
  static func resolve(_ path: String) throws(StorageError) -> String {
    guard isUsable(path) else { throw .badPath(path) }
    var current = path
    // The system follows at most 40 links too.
    for _ in 0..<40 {
      if let real = system(current) { return real }
      guard errno == ENOENT else { throw .system(.read, path: path, code: errno) }
      guard let target = linkTarget(current) else { return try inRealFolder(current) }
      current = target.isRooted ? target : folder(of: current) + "/" + target
    }
    throw .system(.read, path: path, code: ELOOP)
  }

  /// The path with all links followed; nil (and `errno`) if it leads nowhere.
  static func system(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Everything before the last slash, or the current folder.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Everything after the last slash.
  static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// A path from the root, with `.` and doubled slashes taken out; `..` stays where it is, as
  /// only the disk knows where it leads.
  static func absolute(_ path: String) -> String {
    var whole = path
    if !path.isRooted, let current = system(".") { whole = current + "/" + path }
    return "/" + parts(whole).joined(separator: "/")
  }

  /// The names in a path.
  static func parts(_ path: String) -> [Substring] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }.filter { $0 != "." }
  }

  /// Whether the system can take the path at all.
  static func isUsable(_ path: String) -> Bool {
    !path.isEmpty && !path.utf8.contains(0)
  }

  private static func inRealFolder(_ path: String) throws(StorageError) -> String {
    let name = name(of: path)
    guard !["", ".", ".."].contains(name), let real = system(folder(of: path)) else {
      throw .noSuchFolder(path: folder(of: path))
    }
    return real == "/" ? "/" + name : real + "/" + name
  }

  private static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { target in
        target.baseAddress.map { readlink(path, $0, target.count) } ?? -1
      }
    }
    guard count >= 0 else { return nil }
    return String(validating: buffer[..<count], as: UTF8.self)
  }
}

/// Paths are bytes to the system: a combining mark after a slash leaves it a slash.
extension String {
  /// Whether the path starts at the root.
  var isRooted: Bool { utf8.first == UInt8(ascii: "/") }

  /// Whether the bytes start with those of another string.
  func hasBytes(of prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  /// The path of a name, or of a path, in the folder that this is the path of.
  func appendingPath(_ path: String) -> String {
    utf8.last == UInt8(ascii: "/") ? self + path : "\(self)/\(path)"
  }
}
