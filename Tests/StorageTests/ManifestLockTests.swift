import FoundationEssentials
import Glibc
import GroundTruth
import Testing

@testable import Storage

@Suite("A manifest's lock")
struct ManifestLockTests {
  private let folder = TemporaryFolder()

  @Test("tells a second writer who has the manifest")
  func holder() throws {
    let first = try openStore(folder("m"))
    let error = #expect(throws: StorageError.self) { try openStore(folder("m")) }
    guard case .locked(folder("m"), let holder?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder.process == Int(getpid()))
    #expect(holder.since == "2023-11-14T22:13:20Z")
    #expect(error?.description.contains(holder.user) == true)
    first.store.close()
    #expect(folder.names().isEmpty)
    try openStore(folder("m")).store.close()
  }

  @Test("of a process that was killed is taken over")
  func deadHolder() throws {
    let stale = LockHolder(user: "ghost", host: "elsewhere", process: 1, since: "long ago")
    try folder.write(stale.encoded, to: "m.lock")
    let opened = try openStore(folder("m"))
    let content = try #require(folder.bytes("m.lock"))
    #expect(LockHolder(content)?.process == Int(getpid()))
    opened.store.close()
    #expect(folder.names().isEmpty)
  }

  @Test("held by another process is respected until that process dies")
  func otherProcess() throws {
    let holder = LockHolder(user: "someone", host: "here", process: 4711, since: "now")
    try folder.write(holder.encoded, to: "m.lock")
    // The child inherits the descriptor and with it the lock; ours is closed.
    var descriptor = open(folder("m.lock"), O_RDWR)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    var child = pid_t()
    let words = ["sleep", "60"].map { (word: String) in strdup(word) }
    defer { for word in words { free(word) } }
    #expect(posix_spawnp(&child, "sleep", nil, nil, words + [nil], nil) == 0)
    close(descriptor)
    #expect(throws: StorageError.locked(path: folder("m"), holder: holder)) {
      try openStore(folder("m"))
    }
    try openStore(folder("m"), access: .read).store.close()
    kill(child, SIGKILL)
    waitpid(child, &descriptor, 0)
    try openStore(folder("m")).store.close()
    #expect(folder.names().isEmpty)
  }

  @Test("that is a link, a pipe or a folder is refused, and what it leads to left alone")
  func hostile() throws {
    try folder.write("precious", to: "other")
    try folder.makeLink("a.lock", to: "other")
    mkfifo(folder("b.lock"), 0o600)
    try folder.makeFolder("c.lock")
    for name in ["a", "b", "c"] {
      #expect(throws: StorageError.self) { try openStore(folder(name)) }
    }
    #expect(folder.bytes("other") == Array("precious".utf8))
  }

  @Test("can't be made in a read-only folder, which says so and may still be looked at")
  func readOnlyFolder() throws {
    try folder.makeFolder("data")
    try folder.write("a\n", to: "data/m")
    // A user without rights meets the permissions, root only a folder that is no real one.
    let manifest = getuid() == 0 ? "/proc/self/mounts" : folder("data/m")
    chmod(folder("data"), 0o500)
    defer { chmod(folder("data"), 0o700) }
    let error = #expect(throws: StorageError.self) { try openStore(manifest) }
    guard case .system(.lock, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let opened = try openStore(manifest, access: .read)
    #expect(opened.problem == nil)
    #expect(folder.names(in: "data") == ["m"])
  }

  @Test("is had by one of many who try at once")
  func race() async throws {
    let path = folder("m")
    let most = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var wins = 0
          for _ in 0..<50 {
            guard let opened = try? openStore(path) else { continue }
            // Nobody else may get in until this one is closed.
            if (try? openStore(path)) == nil { wins += 1 } else { wins -= 1_000_000 }
            opened.store.close()
          }
          return wins
        }
      }
      return await group.reduce(0, +)
    }
    #expect(most > 0)
    #expect(folder.names().isEmpty)
  }
}
