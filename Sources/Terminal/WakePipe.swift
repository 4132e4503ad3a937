import CSignals
import Glibc
import Synchronization

/// A pipe that ends a wait from any thread.
final class WakePipe: Sendable {
  private struct Ends {
    var read: Int32
    var write: Int32
  }

  private let ends: Mutex<Ends?>
  /// The end to wait on, of no use once closed.
  let readEnd: Int32

  /// Opens the pipe.
  ///
  /// - Throws: ``TerminalError`` if the process has no file descriptors left.
  init() throws(TerminalError) {
    var pair: [Int32] = [-1, -1]
    guard nonblocking_pipe(&pair) else {
      throw .cannotOpen(reason: String(cString: strerror(errno)))
    }
    readEnd = pair[0]
    ends = Mutex(Ends(read: pair[0], write: pair[1]))
  }

  deinit { close() }

  /// Ends the wait, or the next one if nobody waits now; after `close`, nothing.
  func wake() {
    ends.withLock {
      // A full pipe wakes as well as one byte more.
      if let write = $0?.write { _ = Glibc.write(write, [1], 1) }
    }
  }

  /// Forgets the calls so far, and says whether there were any.
  func drain() -> Bool { !Self.readAll(from: readEnd).isEmpty }

  /// Closes the pipe, under the lock: a number that is closed may soon be another file's.
  func close() {
    ends.withLock {
      guard let open = $0 else { return }
      _ = Glibc.close(open.read)
      _ = Glibc.close(open.write)
      $0 = nil
    }
  }

  /// The bytes that a non-blocking pipe holds now.
  static func readAll(from file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(file, &block, block.count)
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }
}
