import Glibc
import Testing

@testable import Storage

@Suite("An image cache")
struct ImageCacheTests {
  private let folder = TemporaryFolder()
  private var cache: ImageCache { ImageCache(path: folder("home/reticle/images"), capacity: 100) }

  /// Puts a copy of so many bytes into the cache, last used so many seconds ago.
  @discardableResult
  private func keep(_ name: String, size: Int = 40, age: Int = 0) throws -> String {
    let file = try cache.unfinished()
    #expect(truncate(file, size) == 0)
    let path = try cache.keep(file, as: name)
    setAge(of: path, age)
    return path
  }

  private func setAge(of path: String, _ age: Int) {
    let moment = timespec(tv_sec: time(nil) - age, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, path, [moment, moment], 0) == 0)
  }

  @Test("keeps a copy under a name that gives nothing away and belongs to the user alone")
  func keeping() throws {
    #expect(cache.path(of: "s3://bucket/a.jpg") == nil)
    let path = try keep("s3://bucket/a.jpg")
    #expect(cache.path(of: "s3://bucket/a.jpg") == path)
    #expect(cache.path(of: "s3://bucket/b.jpg") == nil)
    let status = try FileStatus(at: path)
    #expect(status.permissions == 0o600)
    #expect(status.size == 40)
    #expect(try FileStatus(at: cache.path).permissions == 0o700)
    #expect(try FileStatus(at: folder("home/reticle")).permissions == 0o700)
    #expect(folder.names(in: "home/reticle/images").count == 1)
    cache.remove("s3://bucket/a.jpg")
    #expect(cache.path(of: "s3://bucket/a.jpg") == nil)
  }

  @Test(
    "never lets a name out of its folder",
    arguments: [
      "s3://b/../../../../etc/passwd", "/etc/passwd", "..", ".", "", "-rf", "a\nb", "a\u{0}b",
      "x.part", String(repeating: "long/", count: 1_000), "s3://b/é", "s3://b/e\u{301}",
    ])
  func hostile(_ name: String) throws {
    let path = try keep(name)
    let file = path.utf8.dropFirst(cache.path.utf8.count + 1)
    #expect(path.hasPrefix(cache.path + "/"))
    #expect(file.count == 64)
    #expect(file.allSatisfy { "0123456789abcdef".utf8.contains($0) })
    #expect(folder.names(in: "home/reticle/images").count == 1)
    #expect(folder.names(in: ".") == ["home"])
  }

  @Test("drops what was used longest ago when there is more than it may hold")
  func eviction() throws {
    try keep("oldest", age: 30)
    try keep("older", age: 20)
    // Looking at it is using it.
    #expect(cache.path(of: "oldest") != nil)
    try keep("new")
    #expect(cache.path(of: "older") == nil)
    #expect(cache.path(of: "oldest") != nil)
    #expect(cache.path(of: "new") != nil)
  }

  @Test("keeps the newest even if it is larger than all may be together")
  func giant() throws {
    try keep("small", age: 9)
    try keep("giant", size: 101)
    #expect(cache.path(of: "small") == nil)
    #expect(cache.path(of: "giant") != nil)
  }

  @Test("a copy is replaced in one step, and whoever reads the old one goes on")
  func replacing() throws {
    let path = try keep("a", size: 10)
    let reader = try OpenFile.existing(path, O_RDONLY)
    try keep("a", size: 20)
    #expect(try FileStatus(at: path).size == 20)
    #expect(try reader.status().size == 10)
  }

  @Test("an unfinished file is no copy, counts for nothing, and goes when it is abandoned")
  func unfinished() throws {
    let first = try cache.unfinished()
    let second = try cache.unfinished()
    #expect(first != second)
    #expect(truncate(first, 1_000) == 0)
    try keep("a")
    #expect(cache.path(of: "a") != nil)
    cache.discard(second)
    #expect(access(second, F_OK) != 0)
    setAge(of: first, 4_000)
    let third = try cache.unfinished()
    #expect(access(first, F_OK) != 0)
    #expect(access(third, F_OK) == 0)
  }

  @Test("says why it can't write")
  func failures() throws {
    try folder.write("", to: "home")
    #expect(throws: StorageError.self) { try cache.unfinished() }
    let other = ImageCache(path: folder("there"))
    #expect(throws: StorageError.self) { try other.keep(folder("nowhere.part"), as: "a") }
  }

  @Test("takes no link and no folder for a copy")
  func strangers() throws {
    let path = try keep("a")
    cache.remove("a")
    symlink("/etc/passwd", path)
    #expect(cache.path(of: "a") == nil)
    cache.remove("a")
    mkdir(path, 0o700)
    #expect(cache.path(of: "a") == nil)
  }

  /// FIPS 180-4's examples (NIST CSRC, "SHA256.pdf"), and lengths around the block's end.
  @Test(
    "its hash is SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 55),
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
      ),
      (
        String(repeating: "a", count: 64),
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
      ),
      (
        String(repeating: "a", count: 1_000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func hash(_ text: String, _ expected: String) {
    #expect(SHA256.hexadecimal(of: Array(text.utf8)) == expected)
  }
}
