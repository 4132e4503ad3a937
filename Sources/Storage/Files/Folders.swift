import Glibc

/// Making folders.
enum Folders {
  /// Makes a folder and those above it, for the user alone; one that exists is left as it is.
  static func make(_ path: String) throws(StorageError) {
    guard RealPath.isUsable(path) else { throw .badPath(path) }
    if let status = try? FileStatus(at: path), status.isFolder { return }
    let parent = RealPath.folder(of: path)
    if parent != path, parent != "." { try make(parent) }
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw .system(.write, path: path, code: errno)
    }
  }
}
