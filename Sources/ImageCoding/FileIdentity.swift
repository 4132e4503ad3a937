import Glibc
import Synchronization

/// Which file it is, in which state: the same for two openings between which nobody wrote to it.
struct FileIdentity: Hashable {
  private let device: UInt64
  private let node: UInt64
  private let length: Int
  private let seconds: Int
  private let nanoseconds: Int

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
    length = Int(status.st_size)
    seconds = Int(status.st_mtim.tv_sec)
    nanoseconds = Int(status.st_mtim.tv_nsec)
  }

  private init(number: Int) {
    device = .max
    node = UInt64(number)
    (length, seconds, nanoseconds) = (0, 0, 0)
  }

  private static let count = Atomic(0)

  /// An identity that no other has, for bytes in memory.
  static func inMemory() -> FileIdentity {
    FileIdentity(number: count.add(1, ordering: .relaxed).newValue)
  }
}
