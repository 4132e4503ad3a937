import Glibc

/// A file that is complete on disk under another name and can take its place in one step.
struct Replacement {
  /// The file to be replaced, with no links in its path.
  let path: String
  /// Where the new contents stand until then.
  let temporary: String
  /// What the new contents are.
  let fingerprint: Fingerprint
  private let operations: FileOperations

  /// Writes the new contents beside the old ones, with the old file's mode and owner.
  ///
  /// - Throws: `StorageError`; nothing is left behind.
  init(
    of path: String, temporary: String? = nil, mode: mode_t = 0o666,
    operations: FileOperations = .system,
    contents: (inout OutputFile) throws(StorageError) -> Void
  ) throws(StorageError) {
    let temporary = temporary ?? Self.unusedName(beside: path)
    let old = try? FileStatus(at: path)
    let descriptor = try attempting(.write, path) { () throws(SystemCode) in
      try operations.create(temporary, old == nil ? mode : 0o600)
    }
    let file = OpenFile(descriptor: descriptor, path: path)
    do throws(StorageError) {
      if let old { try Self.keep(old, on: file) }
      var output = OutputFile(file: file, operations: operations)
      try contents(&output)
      fingerprint = try output.finish()
    } catch {
      try? operations.remove(temporary)
      throw error
    }
    self.path = path
    self.temporary = temporary
    self.operations = operations
  }

  /// Takes the place of the old file, and returns when that is on disk.
  ///
  /// - Throws: `StorageError`; unless the rename itself was done, the old file is whole.
  func commit() throws(StorageError) {
    try rename()
    try synchronizeFolder()
  }

  /// Takes the place of the old file.
  ///
  /// - Throws: `StorageError`; the old file is whole and the new contents are removed.
  func rename() throws(StorageError) {
    do { try operations.rename(temporary, path) } catch {
      discard()
      throw .system(.replace, path: path, code: error.value)
    }
  }

  /// Returns when the new file would be found under its name after a power cut.
  func synchronizeFolder() throws(StorageError) {
    try attempting(.write, path) { () throws(SystemCode) in
      try operations.synchronizeFolder(RealPath.folder(of: path))
    }
  }

  /// Removes the new contents.
  func discard() { try? operations.remove(temporary) }

  /// Replaces a small file in one call.
  static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t = 0o666, operations: FileOperations = .system
  ) throws(StorageError) {
    try Replacement(of: path, mode: mode, operations: operations) {
      (output) throws(StorageError) in try output.append(bytes)
    }.commit()
  }

  private static func keep(_ old: FileStatus, on file: OpenFile) throws(StorageError) {
    let new = try file.status()
    // Only root can give a file away; for others the group is what can be kept.
    if new.owner != old.owner || new.group != old.group,
      fchown(file.descriptor, old.owner, old.group) != 0
    {
      _ = fchown(file.descriptor, uid_t.max, old.group)
    }
    try attempting(.write, file.path) { () throws(SystemCode) in
      try checked { fchmod(file.descriptor, old.permissions) }
    }
  }

  /// The temporary name used by whoever holds the lock on a manifest, so that the next holder
  /// finds what a crash left.
  static func fixedName(beside path: String) -> String {
    "\(RealPath.folder(of: path))/.\(RealPath.name(of: path)).reticle-saving"
  }

  private static func unusedName(beside path: String) -> String {
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    return "\(RealPath.folder(of: path))/.reticle-\(random).saving"
  }
}
