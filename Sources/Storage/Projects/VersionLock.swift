import Glibc

/// The right to train or to remove a version, held while the value lives and not released.
///
/// A lock on `training.lock` in the version's folder, which the system takes back when the last
/// process that has it ends: a program that is given ``descriptor`` holds it too.
public final class VersionLock: Sendable {
  private let lock: ManifestLock

  private init(_ lock: ManifestLock) { self.lock = lock }

  /// The file that is locked, to be handed on to a program.
  public var descriptor: Int32 { lock.descriptor }

  /// What the lock's file stands beside, though there is no such file.
  private static func subject(in folder: String) -> String { folder + "/training" }

  /// Takes the lock of a version.
  ///
  /// - Parameter version: The version; its folder must be there.
  /// - Returns: The lock.
  /// - Throws: `StorageError.locked`, which says who has it.
  public static func acquire(for version: ModelVersion) throws(StorageError) -> VersionLock {
    VersionLock(
      try ManifestLock.acquire(
        for: subject(in: version.folder), holder: .current(at: .now)))
  }

  /// Who has the lock of a version now; `nil` if nobody has it.
  static func holder(of folder: String) -> LockHolder? {
    let path = ManifestLock.path(for: subject(in: folder))
    guard let file = try? OpenFile.existing(path, O_RDONLY) else { return nil }
    if flock(file.descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
    let content = try? file.contents(upTo: 4_096)
    return content.flatMap(LockHolder.init)
      ?? LockHolder(user: "somebody", host: "another host", process: 0, since: "some time ago")
  }

  /// Gives the lock back.
  public func release() { lock.release() }
}
