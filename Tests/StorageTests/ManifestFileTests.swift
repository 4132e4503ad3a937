import Glibc
import GroundTruth
import TestSupport
import Testing

@testable import Storage

@Suite("A manifest file")
struct ManifestFileTests {
  private let folder = TemporaryFolder()

  @Test("is written back byte for byte", arguments: oddManifests.keys.sorted())
  func roundTrip(name: String) throws {
    let bytes = try #require(oddManifests[name])
    try folder.write(bytes, to: "m")
    let file = try ManifestFile.open(folder("m"))
    #expect(file.fingerprint == Fingerprint(of: bytes))
    try ManifestFile.write(Dataset(source: file), to: folder("m"))
    #expect(folder.bytes("m") == bytes)
    #expect(folder.names() == ["m"])
  }

  @Test("has the lines that a splitter finds", arguments: oddManifests.keys.sorted())
  func lines(name: String) throws {
    let bytes = try #require(oddManifests[name])
    #expect(ManifestFile(bytes: bytes).lines == linesBySplitting(bytes))
  }

  @Test("of any bytes has the lines that a splitter finds")
  func randomLines() {
    for seed in 0..<300 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<40, using: &generator) {
        bytes += generator.line()
        bytes += [[], [0x0A], [0x0D, 0x0A]].randomElement(using: &generator) ?? []
      }
      #expect(ManifestFile(bytes: bytes).lines == linesBySplitting(bytes), "seed \(seed)")
    }
  }

  @Test("keeps the ends of changed lines and gives added ones the most common end")
  func terminators() throws {
    try folder.write("a\r\nb\r\nc\nd", to: "m")
    var dataset = Dataset(source: try ManifestFile.open(folder("m")))
    try dataset.perform(.edit(dataset.edit(1, to: "B")))
    try dataset.perform(.edit(dataset.edit(2, to: "C")))
    try ManifestFile.write(dataset, to: folder("n"))
    #expect(folder.bytes("n") == Array("a\r\nB\r\nC\nd".utf8))
    try dataset.perform(.append([Array("e".utf8), Array("f".utf8)]))
    try ManifestFile.write(dataset, to: folder("n"))
    #expect(folder.bytes("n") == Array("a\r\nB\r\nC\nd\ne\nf\n".utf8))
  }

  @Test("of carriage returns and line feeds grows by the same")
  func dominantTerminator() throws {
    var dataset = Dataset(source: ManifestFile(bytes: Array("a\r\nb\r\nc".utf8)))
    try dataset.perform(.append([Array("d".utf8)]))
    try ManifestFile.write(dataset, to: folder("n"))
    #expect(folder.bytes("n") == Array("a\r\nb\r\nc\r\nd\r\n".utf8))
  }

  @Test("reads back what was written, whatever the lines hold")
  func randomEdits() throws {
    for seed in 0..<400 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let start = oddManifests.keys.sorted().randomElement(using: &generator) ?? ""
      var dataset = Dataset(source: ManifestFile(bytes: oddManifests[start] ?? []))
      for _ in 0..<Int.random(in: 1..<8, using: &generator) {
        if dataset.count == 0 || Bool.random(using: &generator) {
          try dataset.perform(.append([generator.line(), generator.line(upTo: 1)]))
        } else {
          let line = Int.random(in: 0..<dataset.count, using: &generator)
          try dataset.perform(.edit(dataset.edit(line, to: generator.line())))
        }
      }
      let written = try ManifestFile.write(dataset, to: folder("m"))
      let read = try ManifestFile.open(folder("m"))
      #expect(read.lines == dataset.lines, "seed \(seed)")
      #expect(read.fingerprint == written, "seed \(seed)")
    }
  }

  @Test("goes on showing the lines that were opened when another takes its name")
  func staysOpen() throws {
    try folder.write("old\n", to: "m")
    let file = try ManifestFile.open(folder("m"))
    try ManifestFile.write(Dataset(source: [Array("new".utf8)]), to: folder("m"))
    #expect(file.lines == [Array("old".utf8)])
  }

  @Test("keeps its mode and owner; a new one has those of any new file")
  func modeAndOwner() throws {
    try folder.write("a\n", to: "m")
    chmod(folder("m"), 0o640)
    if getuid() == 0 { chown(folder("m"), 1234, 2345) }
    let before = try FileStatus(at: folder("m"))
    try ManifestFile.write(Dataset(source: try ManifestFile.open(folder("m"))), to: folder("m"))
    let after = try FileStatus(at: folder("m"))
    #expect(after.permissions == 0o640)
    #expect(after.owner == before.owner && after.group == before.group)
    #expect(after.inode != before.inode)
    try folder.write("a\n", to: "usual")
    try ManifestFile.write(Dataset(source: [[0x61]]), to: folder("new"))
    let usual = try FileStatus(at: folder("usual"))
    #expect(try FileStatus(at: folder("new")).permissions == usual.permissions)
  }

  @Test("is replaced where a chain of links leads")
  func links() throws {
    try folder.makeFolder("real")
    try folder.write("a\n", to: "real/m")
    try folder.makeLink("link", to: "real/m")
    try folder.makeLink("chain", to: "link")
    try ManifestFile.write(Dataset(source: [[0x62]]), to: folder("chain"))
    #expect(folder.bytes("real/m") == Array("b\n".utf8))
    #expect(try FileStatus(at: folder("chain"), followingLinks: false).isLink)
    try folder.makeLink("dangling", to: "real/new")
    try ManifestFile.write(Dataset(source: [[0x63]]), to: folder("dangling"))
    #expect(folder.bytes("real/new") == Array("c\n".utf8))
  }

  @Test("is no folder, no pipe and no circle of links, and a pipe doesn't stop it")
  func notAFile() throws {
    mkfifo(folder("pipe"), 0o600)
    try folder.makeLink("circle", to: "circle")
    #expect(throws: StorageError.notAFile(path: folder("pipe"))) {
      try ManifestFile.open(folder("pipe"))
    }
    #expect(throws: StorageError.notAFile(path: folder.path)) {
      try ManifestFile.open(folder.path)
    }
    #expect(throws: StorageError.system(.read, path: folder("circle"), code: ELOOP)) {
      try ManifestFile.open(folder("circle"))
    }
    #expect(throws: StorageError.noSuchFolder(path: folder("none"))) {
      try ManifestFile.open(folder("none/m"))
    }
    #expect(throws: StorageError.badPath("a\0b")) { try ManifestFile.open("a\0b") }
  }

  @Test(
    "stays whole, with nothing beside it, when writing fails", arguments: [ENOSPC, EDQUOT, EIO])
  func failure(code: Int32) throws {
    try folder.write("old\n", to: "m")
    for failing in 0..<4 {
      var operations = FileOperations.system
      switch failing {
      case 0: operations.create = { (_, _) throws(SystemCode) in throw SystemCode(value: code) }
      case 1: operations.write = { (_, _, _) throws(SystemCode) in throw SystemCode(value: code) }
      case 2: operations.synchronize = { (_) throws(SystemCode) in throw SystemCode(value: code) }
      default: operations.rename = { (_, _) throws(SystemCode) in throw SystemCode(value: code) }
      }
      let error = #expect(throws: StorageError.self) {
        try ManifestFile.replacement(
          of: folder("m"), by: Dataset(source: [[0x61]]), operations: operations
        ).commit()
      }
      #expect(
        error == .system(failing == 3 ? .replace : .write, path: folder("m"), code: code))
      #expect(folder.bytes("m") == Array("old\n".utf8))
      #expect(folder.names() == ["m"])
    }
  }

  private func linesBySplitting(_ bytes: [UInt8]) -> [[UInt8]] {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var lines = body.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let last = lines.removeLast()
    lines = lines.map { $0.last == 0x0D ? $0.dropLast() : $0 }
    return last.isEmpty ? lines : lines + [last]
  }
}
