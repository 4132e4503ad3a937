import FoundationEssentials
import Glibc
import Synchronization

@testable import Storage

/// File operations that stop after a number of steps, and forget what was not flushed.
final class SimulatedDisk: Sendable {
  /// What is left after the stop.
  enum Loss: CaseIterable {
    /// The process was killed: all that was written is there.
    case nothing
    /// The power was cut: only flushed contents under flushed names are there.
    case unflushed
    /// The power was cut after the names, but not the contents, had reached the disk.
    case unflushedContents
    /// The power was cut after all names but the manifest's had reached the disk.
    case unflushedManifestName
    /// The power was cut after the manifest's name, but no other, had reached the disk.
    case unflushedOtherNames
  }

  private struct State {
    var stepsLeft: Int?
    var steps = 0
    var nextIdentity = 0
    /// Inode numbers are used again, so files are told apart by the moment they were made.
    var identities: [ino_t: Int] = [:]
    var contents: [Int: [UInt8]] = [:]
    var names: [String: [String: Int]] = [:]
  }

  private let state = Mutex(State())

  /// Takes what is in the folders now as flushed.
  func begin(_ folders: [String], stopAfter steps: Int?) {
    state.withLock { state in
      state = State(stepsLeft: steps)
      for folder in folders {
        for (name, inode) in Self.list(folder) {
          state.nextIdentity += 1
          state.identities[inode] = state.nextIdentity
          state.contents[state.nextIdentity] = Self.contents("\(folder)/\(name)")
          state.names[folder, default: [:]][name] = state.nextIdentity
        }
      }
    }
  }

  /// How many steps were taken.
  var steps: Int { state.withLock { $0.steps } }

  /// Whether the stop was reached.
  var hasStopped: Bool { state.withLock { $0.stepsLeft == 0 } }

  /// Leaves in the folders what would be there at the next start.
  func restart(_ folders: [String], losing loss: Loss) throws {
    guard loss != .nothing else { return }
    let state = state.withLock { $0 }
    for folder in folders {
      let current = Self.list(folder).compactMapValues { state.identities[$0] }
      let flushed = state.names[folder, default: [:]]
      var names = loss == .unflushed || loss == .unflushedOtherNames ? flushed : current
      if loss == .unflushedManifestName { names["m"] = flushed["m"] }
      if loss == .unflushedOtherNames { names["m"] = current["m"] }
      for name in Self.list(folder).keys { unlink("\(folder)/\(name)") }
      for (name, identity) in names {
        try Data(state.contents[identity] ?? []).write(to: URL(filePath: "\(folder)/\(name)"))
      }
    }
  }

  /// The operations of this disk.
  var operations: FileOperations {
    let system = FileOperations.system
    return FileOperations(
      create: { (path, mode) throws(SystemCode) in
        try self.step()
        let file = try system.create(path, mode)
        let inode = try FileStatus(of: file).inode
        self.state.withLock { state in
          state.nextIdentity += 1
          state.identities[inode] = state.nextIdentity
        }
        return file
      },
      write: { (file, bytes, offset) throws(SystemCode) in
        do throws(SystemCode) { try self.step() } catch {
          // The stop comes in the middle of the write, once.
          if error.value == ECANCELED {
            let half = UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2))
            _ = try system.write(file, half, offset)
          }
          throw error
        }
        return try system.write(file, bytes, offset)
      },
      truncate: { (file, size) throws(SystemCode) in
        try self.step()
        try system.truncate(file, size)
      },
      synchronize: { (file) throws(SystemCode) in
        try self.step()
        let status = try FileStatus(of: file)
        var bytes = [UInt8](repeating: 0, count: status.size)
        _ = pread(file, &bytes, status.size, 0)
        self.state.withLock { state in
          if let identity = state.identities[status.inode] { state.contents[identity] = bytes }
        }
      },
      synchronizeFolder: { (path) throws(SystemCode) in
        try self.step()
        self.state.withLock { state in
          state.names[path] = Self.list(path).compactMapValues { state.identities[$0] }
        }
      },
      rename: { (old, new) throws(SystemCode) in
        try self.step()
        try system.rename(old, new)
      },
      remove: { (path) throws(SystemCode) in
        try self.step()
        try system.remove(path)
      })
  }

  private func step() throws(SystemCode) {
    try state.withLock { (state: inout State) throws(SystemCode) in
      guard let left = state.stepsLeft else {
        state.steps += 1
        return
      }
      if left == 0 { throw SystemCode(value: EIO) }
      state.stepsLeft = left - 1
      state.steps += 1
      if left == 1 { throw SystemCode(value: ECANCELED) }
    }
  }

  private static func list(_ folder: String) -> [String: ino_t] {
    var inodes: [String: ino_t] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let status = try? FileStatus(at: "\(folder)/\(name)", followingLinks: false)
      if let status, status.isRegular, !name.hasSuffix(".lock") { inodes[name] = status.inode }
    }
    return inodes
  }

  private static func contents(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { Array($0) } ?? []
  }
}
