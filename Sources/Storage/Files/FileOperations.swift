import Glibc

/// The operations that change what is on disk, so that a test can stop between any two of them.
struct FileOperations: Sendable {
  /// Makes a file that must not exist yet and opens it for reading and writing.
  var create: @Sendable (_ path: String, _ mode: mode_t) throws(SystemCode) -> Int32
  /// Writes at an offset, and tells how many bytes were taken.
  var write:
    @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer, _ offset: Int) throws(SystemCode)
      -> Int
  /// Cuts a file to a size.
  var truncate: @Sendable (_ file: Int32, _ size: Int) throws(SystemCode) -> Void
  /// Returns when a file's contents are on disk.
  var synchronize: @Sendable (_ file: Int32) throws(SystemCode) -> Void
  /// Returns when a folder's names are on disk.
  var synchronizeFolder: @Sendable (_ path: String) throws(SystemCode) -> Void
  /// Gives a file a new name, atomically taking the place of a file of that name.
  var rename: @Sendable (_ from: String, _ to: String) throws(SystemCode) -> Void
  /// Removes a file.
  var remove: @Sendable (_ path: String) throws(SystemCode) -> Void

  /// The system's own.
  static let system = FileOperations(
    create: { (path, mode) throws(SystemCode) in
      try checked { open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode) }
    },
    write: { (file, bytes, offset) throws(SystemCode) in
      try checked { pwrite(file, bytes.baseAddress, bytes.count, offset) }
    },
    truncate: { (file, size) throws(SystemCode) in try checked { ftruncate(file, size) } },
    synchronize: { (file) throws(SystemCode) in try checked { fdatasync(file) } },
    synchronizeFolder: { (path) throws(SystemCode) in
      let folder = try checked { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
      defer { close(folder) }
      // Some file systems have nothing to flush for a folder and say so with EINVAL.
      if fsync(folder) != 0, errno != EINVAL { throw .current }
    },
    rename: { (old, new) throws(SystemCode) in try checked { Glibc.rename(old, new) } },
    remove: { (path) throws(SystemCode) in try checked { unlink(path) } })
}
