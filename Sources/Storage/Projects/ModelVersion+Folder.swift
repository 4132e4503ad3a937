import Glibc
import GroundTruth

extension ModelVersion {
  /// Makes its folder, and that of all versions; those that are there are left as they are.
  public func makeFolder() throws(StorageError) {
    try Folders.make(folder)
  }

  /// How many bytes its files have together, without regard to blocks.
  public var byteCount: Int { Self.byteCount(of: folder, depth: 0) }

  /// Removes it for good: its folder with all that is in it.
  ///
  /// Links are removed, never followed. What is left after a failure still says that it is being
  /// removed, and can be removed again.
  ///
  /// - Throws: `StorageError.locked` if it is being trained or removed, or what the system says.
  public func remove() throws(StorageError) {
    let lock = try VersionLock.acquire(for: self)
    defer { lock.release() }
    var record = (try? record()) ?? VersionRecord(created: "")
    record.status = .deleting
    record.message = "it was being removed; remove it again"
    try keep(record)
    // The status goes last, and the lock with the folder.
    let last = [File.status.rawValue, "training.lock"]
    try Self.empty(folder, except: last, depth: 0)
    for name in last { unlink(folder.appendingPath(name)) }
    guard rmdir(folder) == 0 else { throw .system(.remove, path: folder, code: errno) }
  }

  /// How deep folders are looked into; a version has none of its own.
  private static let depthLimit = 8

  private static func byteCount(of folder: String, depth: Int) -> Int {
    guard depth < depthLimit, let entries = try? FolderEntry.list(folder) else { return 0 }
    return entries.compactMap(\.name).reduce(0) { sum, name in
      let path = folder.appendingPath(name)
      guard let status = try? FileStatus(at: path, followingLinks: false) else { return sum }
      return sum + (status.isFolder ? byteCount(of: path, depth: depth + 1) : status.size)
    }
  }

  private static func empty(
    _ folder: String, except kept: [String], depth: Int
  ) throws(StorageError) {
    for entry in try FolderEntry.list(folder) {
      guard let name = entry.name, !kept.contains(name) else { continue }
      let path = folder.appendingPath(name)
      let isFolder = (try? FileStatus(at: path, followingLinks: false))?.isFolder == true
      if isFolder, depth < depthLimit { try empty(path, except: [], depth: depth + 1) }
      guard (isFolder ? rmdir(path) : unlink(path)) == 0 else {
        throw .system(.remove, path: path, code: errno)
      }
    }
  }
}
