import Glibc

/// A name in a folder.
struct FolderEntry: Sendable {
  enum Kind: Hashable, Sendable {
    case file
    case folder
    case link
    case unknown
    /// A pipe, a socket or a device.
    case special
  }

  /// The name's bytes, whatever they are.
  let bytes: [UInt8]
  let kind: Kind

  /// The name; nil if it is not UTF-8.
  var name: String? { String(validating: bytes, as: UTF8.self) }

  /// What stands in a folder, in no order, without `.` and `..`.
  static func list(_ path: String) throws(StorageError) -> [FolderEntry] {
    guard let folder = opendir(path) else {
      throw .system(.read, path: path, code: errno)
    }
    defer { closedir(folder) }
    var entries: [FolderEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else { break }
      let entryName = entryName(entry)
      if entryName == Array(".".utf8) || entryName == Array("..".utf8) { continue }
      entries.append(FolderEntry(bytes: entryName, kind: kind(entry.pointee.d_type)))
    }
    if errno != 0 { throw .system(.read, path: path, code: errno) }
    return entries
  }

  /// The record is shorter than its type says: only its bytes up to the NUL may be touched.
  private static func entryName(_ entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
    let start = UnsafeRawPointer(entry) + offset
    let count = strlen(start.assumingMemoryBound(to: CChar.self))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  private static func kind(_ type: UInt8) -> Kind {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): .unknown
    default: .special
    }
  }
}
