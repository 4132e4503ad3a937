import Glibc

extension EvaluateMemory {
  /// A path without links, or as it is if there is nothing.
  static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The content of a small file; nil if it can't be read.
  static func contents(_ path: String) -> [UInt8]? {
    let limit = 1 << 16
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(file, &bytes, limit)
    return count > 0 && count < limit ? Array(bytes[..<count]) : nil
  }

  /// Makes the folders above a file, for the user alone.
  static func makeFolders(above path: String) {
    var at = ""
    for part in path.split(separator: "/").dropLast() {
      at += "/" + part
      mkdir(at, 0o700)
    }
  }
}
