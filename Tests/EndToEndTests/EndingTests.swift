import Cells
import Glibc
import TestSupport
import Testing

/// However the work ends, nothing is lost and the terminal is given back.
@Suite(.onTerminal) struct EndingTests {
  private let folder: Folder
  private let drawn = WrittenBox("cat", 32, 24, 11, 23)

  init() throws {
    folder = try Folder()
    try folder.fillPhotos(3)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `asked to end, the program saves and gives the terminal back`(
    _ signal: Int32
  ) async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    #expect(!folder.has("photos/output.manifest"))
    sitting.terminal.kill(signal)
    try await sitting.expectEnd()
    #expect(try folder.manifest().boxes == [[drawn], nil, nil])
    #expect(try folder.names(in: "photos") == ["a.png", "b.png", "c.png", "output.manifest"])
  }

  @Test func `a nudge that is not settled yet is saved, too`() async throws {
    let sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    sitting.type("h")
    try await sitting.see("▸1/1 cat 31,24")
    sitting.terminal.kill(SIGTERM)
    try await sitting.expectEnd()
    var box = drawn
    box.left = 31
    #expect(try folder.manifest().boxes[0] == [box])
  }

  @Test func `killed and started again, the program says what came back`() async throws {
    var sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r2")
    try await sitting.seeSaved("▸1/1 dog")
    sitting.terminal.kill(SIGKILL)
    #expect(try await sitting.terminal.waitForExit() == .signal(SIGKILL))
    #expect(!folder.has("photos/output.manifest"))
    sitting = try await Sitting.atPhotos(folder, sees: "came back from the journal")
    try await sitting.see("2 edits and 3 new lines came back")
    sitting.type("\t")
    try await sitting.see("▸1/1 dog 32,24 11×23")
    sitting.type("u")
    try await sitting.seeSaved("undone: relabel cat as dog")
    try await sitting.quit()
    #expect(try folder.manifest().boxes == [[drawn], nil, nil])
    #expect(try folder.names(in: "photos") == ["a.png", "b.png", "c.png", "output.manifest"])
  }

  @Test(arguments: [":q\r", ":w\r"])
  func `what came back is in the manifest when the next sitting ends`(
    _ keys: String
  ) async throws {
    var sitting = try await Sitting.atPhotos(folder)
    sitting.type("wLJ\r")
    try await sitting.seeSaved("▸1/1 cat")
    sitting.terminal.kill(SIGKILL)
    _ = try await sitting.terminal.waitForExit()
    sitting = try await Sitting.atPhotos(folder, sees: "came back from the journal")
    sitting.type(keys)
    if keys == ":q\r" {
      try await sitting.expectEnd()
    } else {
      try await sitting.terminal.waitUntil("an answer") {
        $0.contains("writing the manifest") || $0.contains("up to date")
      }
      try await sitting.quit()
    }
    #expect(folder.has("photos/output.manifest"))
    #expect(!folder.has("photos/output.manifest.journal"))
  }

  // MARK: One writer

  @Test func `a second one is told who has the manifest, and may look`() async throws {
    let first = try await Sitting.atPhotos(folder)
    first.type("wLJ\r:w\r")
    try await eventually("the manifest is written") { folder.has("photos/output.manifest") }
    let second = try Sitting(
      folder, "label", "photos/output.manifest", size: CellSize(columns: 160, rows: 30))
    try await second.see("is being edited by", "(process \(first.terminal.processID), since")
    #expect(second.terminal.screen.savedWord == "read-only")
    second.type("\tx")
    try await second.see("is being edited by")
    for keys in ["u", " ", "wLJ\r", "2", "t2q"] {
      second.type(keys)
    }
    second.type("dd")
    try await second.see("3/3", "c.png")
    try await second.quit()
    #expect(!second.terminal.screen.contains("images done"))
    first.type("2")
    try await first.seeSaved("▸1/1 dog")
    try await first.quit()
    #expect(try folder.manifest().boxes == [[WrittenBox("dog", 32, 24, 11, 23)], nil, nil])
  }

  @Test func `what another has not written yet is seen, too`() async throws {
    let first = try await Sitting.atPhotos(folder)
    first.type("wLJ\r:w\r")
    try await eventually("the manifest is written") { folder.has("photos/output.manifest") }
    first.type("2")
    try await first.seeSaved("▸1/1 dog")
    let second = try Sitting(folder, "label", "photos/output.manifest", "--read-only")
    try await second.see("nothing can be changed")
    second.type("\t")
    try await second.see("▸1/1 dog 32,24")
  }

  @Test func `opened for looking, nothing is written anywhere`() async throws {
    try folder.write(
      Sample.line("a.png", boxes: [drawn]) + "\n" + Sample.line("b.png") + "\n",
      to: "photos/m.manifest")
    try folder.write("cat\n", to: "labels.txt")
    let before = try folder.bytes(of: "photos/m.manifest")
    let sitting = try Sitting(
      folder, "label", "photos/m.manifest", "--read-only", "--labels", "labels.txt")
    try await sitting.see("opened with --read-only: nothing can be changed")
    #expect(sitting.terminal.screen.savedWord == "read-only")
    sitting.type("\t")
    try await sitting.see("▸1/1 cat")
    for keys in [
      "x", "1", "X", "p", "P", ".", ">", "u", "\u{12}", " ", "s", "f", "D", "e", "w", "l",
    ] {
      sitting.type(keys)
    }
    sitting.drag(from: CellPoint(column: 20, row: 4), to: CellPoint(column: 30, row: 9))
    try await sitting.see("nothing can be changed")
    sitting.type("ta1q")
    sitting.type("gg:w\r")
    try await sitting.see("the manifest is up to date")
    sitting.type("dd")
    try await sitting.see("this is the last image")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/m.manifest") == before)
    #expect(try folder.names(in: "photos") == ["a.png", "b.png", "c.png", "m.manifest"])
    #expect(try folder.names(in: "home") == [])
  }

  @Test func `opened for looking, a new label goes nowhere, neither`() async throws {
    try folder.write(Sample.line("a.png", boxes: [drawn]) + "\n", to: "photos/m.manifest")
    try folder.write("cat\n", to: "labels.txt")
    let sitting = try Sitting(
      folder, "label", "photos/m.manifest", "--read-only", "--labels", "labels.txt")
    try await sitting.see("nothing can be changed")
    sitting.type("cowl\r:label newt\rd")
    try await sitting.see("this is the last image")
    try await sitting.quit()
    let labels = try folder.text(of: "labels.txt")
    #expect(labels == "cat\n")
  }

  // MARK: Disks

  @Test(.enabled("needs a mount of its own") { await Namespace.isAvailable() })
  func `a full disk shows, the work goes on, and all is saved when there is space`() async throws {
    let sitting = try Namespace.label(folder)
    try await sitting.see("64×48")
    let disk = Namespace.disk(of: sitting, folder)
    try Namespace.fill(disk)
    sitting.type("wLJ\r")
    try await sitting.terminal.waitUntil("not saved") {
      $0.savedWord == "NOT SAVED" && $0.contains("the disk is full; free some space")
    }
    sitting.type("q2wHK\r")
    try await sitting.terminal.waitUntil("still at work and still not saved") {
      $0.savedWord == "NOT SAVED" && $0.contains(" Boxes 2 ")
    }
    try #require(unlink(disk + "/filler") == 0)
    sitting.type(":w\r")
    try await sitting.seeSaved()
    try await eventually("the manifest is written") {
      access(disk + "/output.manifest", R_OK) == 0
    }
    let written = try WrittenManifest(try readAll(disk + "/output.manifest"))
    #expect(written[0].boxes()?.map(\.label) == ["cat", "dog"])
    try await sitting.quit()
  }

  @Test(.enabled("needs a mount of its own") { await Namespace.isAvailable() })
  func `left while the disk is full, it says that the last edits are not kept`() async throws {
    let sitting = try Namespace.label(folder)
    try await sitting.see("64×48")
    try Namespace.fill(Namespace.disk(of: sitting, folder))
    sitting.type("wLJ\r")
    try await sitting.terminal.waitUntil("not saved") { $0.savedWord == "NOT SAVED" }
    sitting.type(":q\r")
    try await sitting.expectEnd(.code(73))
    let text = sitting.terminal.screen.rows.joined()
    #expect(text.contains("the last edits could not be written anywhere"))
  }

  @Test(.enabled("needs a mount of its own") { await Namespace.isAvailable() })
  func `a folder that can't be written to is an error with a way out`() async throws {
    let sitting = try Namespace.label(folder, prepare: "mount -o remount,ro disk")
    #expect(try await sitting.terminal.waitForExit() == .code(73))
    let text = sitting.terminal.screen.rows.joined()
    #expect(text.contains("the file system is read-only; open it with --read-only"))
    let looking = try Namespace.label(
      folder, prepare: "mount -o remount,ro disk", arguments: "--read-only")
    try await looking.see("nothing can be changed")
    looking.type("dd")
    try await looking.see("3/3")
    try await looking.quit()
  }

  private func readAll(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(file, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }
}

/// A mount namespace of its own for the program: nothing is left behind, whatever happens.
enum Namespace {
  /// Whether the system allows one, as root or without.
  static func isAvailable() async -> Bool {
    guard let folder = try? Folder(),
      let run = try? await Run(
        folder, ["-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs \(folder.home)"],
        program: "/usr/bin/unshare")
    else { return false }
    return run.code == 0
  }

  /// Where the small disk of a program is found from outside.
  static func disk(of sitting: Sitting, _ folder: Folder) -> String {
    "/proc/\(sitting.terminal.processID)/root" + folder("disk")
  }

  /// Fills a disk to its last byte.
  static func fill(_ disk: String) throws {
    let file = open(disk + "/filler", O_WRONLY | O_CREAT, 0o600)
    try #require(file >= 0)
    defer { close(file) }
    for size in [65_536, 4_096, 1] {
      let block = [UInt8](repeating: 0, count: size)
      while Glibc.write(file, block, size) > 0 {}
    }
  }

  /// Labels the photos of a folder on a small disk of its own, called `disk`.
  static func label(
    _ folder: Folder, prepare: String = "true", arguments: String = ""
  ) throws -> Sitting {
    if !folder.has("disk") { try folder.write([], to: "disk/empty") }
    let program = BuiltProduct.path("reticle")
    let script = """
      mount -t tmpfs -o size=128k tmpfs disk && cp photos/*.png disk/ && \(prepare)
      exec '\(program)' label disk --labels cat,dog \(arguments)
      """
    return Sitting(
      terminal: try PseudoTerminal(
        "/usr/bin/unshare", ["-rm", "sh", "-c", script],
        environment: ["COLORTERM": "truecolor"], home: folder.home, folder: folder.path,
        size: CellSize(columns: 150, rows: 30)))
  }
}
