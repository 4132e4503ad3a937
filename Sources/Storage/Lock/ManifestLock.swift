import Glibc

/// The right to write a manifest: the file `M.lock`, held by `flock`.
///
/// The system lets go of it when the process ends, however it ends, so a lock file left by a dead
/// process is simply taken over.
final class ManifestLock: Sendable {
  private let file: OpenFile

  private init(file: OpenFile) { self.file = file }

  /// Lets go of it at once: a child process that is only just being started has a copy of the
  /// descriptor until it becomes another program, and closing ours would leave it the lock.
  deinit { flock(file.descriptor, LOCK_UN) }

  /// The file that is locked.
  var descriptor: Int32 { file.descriptor }

  /// Where the lock of a manifest is.
  static func path(for manifest: String) -> String { manifest + ".lock" }

  /// Takes the lock.
  ///
  /// - Throws: `StorageError.locked` with its holder if another has it; `.system` where no file can
  ///   be made.
  static func acquire(
    for manifest: String, holder: LockHolder
  ) throws(StorageError) -> ManifestLock {
    let path = path(for: manifest)
    while true {
      let file = try open(path)
      if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
        if errno == EINTR { continue }
        guard errno == EWOULDBLOCK else {
          throw .system(.lock, path: path, code: errno)
        }
        throw .locked(path: manifest, holder: LockHolder(try file.contents(upTo: 4096)))
      }
      // A holder that was leaving may have removed the file between our open and our lock.
      guard let named = try? FileStatus(at: path, followingLinks: false),
        try named.inode == file.status().inode, try named.device == file.status().device
      else { continue }
      let lock = ManifestLock(file: file)
      // Who holds it is for the next one to read; the lock holds without it, on a full disk too.
      try? lock.write(holder)
      return lock
    }
  }

  /// Removes the lock file, while it is still held so that no other's is removed.
  func release() {
    unlink(file.path)
  }

  private func write(_ holder: LockHolder) throws(StorageError) {
    try attempting(.lock, file.path) { () throws(SystemCode) in
      try checked { ftruncate(file.descriptor, 0) }
      let content = holder.encoded
      try checked { pwrite(file.descriptor, content, content.count, 0) }
    }
  }

  private static func open(_ path: String) throws(StorageError) -> OpenFile {
    let descriptor = try attempting(.lock, path) { () throws(SystemCode) in
      try checked {
        Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
      }
    }
    let file = OpenFile(descriptor: descriptor, path: path)
    guard try file.status().isRegular else { throw .notAFile(path: path) }
    return file
  }
}
