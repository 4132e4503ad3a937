import Cells
import Foundation
import Glibc
import TestSupport
import Testing

/// Images that lie on S3, fetched by a script in the place of `aws`.
@Suite(.onTerminal) struct FetchingTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func label(_ stub: StubAWS, _ arguments: String...) throws -> Sitting {
    try Sitting(
      folder, ["label", "m.manifest", "--labels", "cat"] + arguments,
      size: CellSize(columns: 130, rows: 30), environment: stub.environment)
  }

  /// Whether a process is there and has not ended.
  private func isAlive(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let state = status.split(separator: ")").last?.split(separator: " ").first
    else { return false }
    return state != "Z"
  }

  // MARK: What goes well

  @Test func `an image is fetched, its neighbours before they are asked for, and each once`()
    async throws
  {
    try folder.fillBucket("photos/a.png", "photos/b.png", "photos/c.png", "photos/d.png")
    let stub = try StubAWS(folder)
    let sitting = try label(stub)
    try await sitting.see("64×48", "a.png")
    try await eventually("3 images fetched") { stub.cached.count == 3 }
    sitting.type("wLJ\r")
    try await sitting.seeSaved(" Boxes 1 ")
    try await sitting.go("d", to: "b.png")
    try await eventually("the fourth") { stub.cached.count == 4 }
    try await sitting.go("a", to: "a.png")
    try await sitting.quit()
    #expect(try stub.keys == ["photos/a.png", "photos/b.png", "photos/c.png", "photos/d.png"])
    #expect(stub.cached.allSatisfy { $0.count == 64 })
    #expect(try folder.manifest("m.manifest")[0].boxes()?.count == 1)

    // The next sitting needs no program at all.
    let next = try Sitting(
      folder, ["label", "m.manifest"], size: CellSize(columns: 130, rows: 30),
      environment: ["PATH": "/nowhere"])
    try await next.see("64×48", "a.png")
    try await next.quit()
    #expect(try stub.calls.count == 4)
  }

  @Test func `what lies under --images is not fetched`() async throws {
    try folder.fillBucket("photos/a.png", "photos/b.png")
    try folder.write(PNG.gradient(width: 64, height: 48), to: "here/a.png")
    let stub = try StubAWS(folder)
    let sitting = try label(stub, "--images", "here", "--s3-prefix", "s3://bucket/photos/")
    try await sitting.see("64×48", "a.png")
    try await sitting.go("d", to: "b.png")
    try await sitting.quit()
    #expect(try stub.keys == ["photos/b.png"])
  }

  @Test func `the arguments are one each, and no variable but two is changed`() async throws {
    try folder.fillBucket("a b.png")
    let stub = try StubAWS(
      folder,
      StubAWS.bring + "\nenv > environment; ls -l /proc/self/fd > files; ps -o sid= $$ > sid")
    let sitting = try Sitting(
      folder, ["label", "m.manifest"], size: CellSize(columns: 130, rows: 30),
      environment: stub.environment.merging(["AWS_PROFILE": "own", "AWS_PAGER": "less"]) { $1 })
    try await sitting.see("64×48")
    let call = try #require(try stub.calls.first)
    #expect(call.arguments.prefix(2) == ["s3api", "get-object"])
    #expect(call.arguments.contains("--bucket=bucket"))
    #expect(call.arguments.contains("--key=a b.png"))
    #expect(call.arguments.last?.hasPrefix(folder("home/.cache/reticle/images/")) == true)
    try await sitting.quit()
    let variables = try folder.text(of: "environment").split(separator: "\n")
    #expect(variables.contains("AWS_PROFILE=own"))
    #expect(variables.contains("AWS_PAGER="))
    #expect(variables.filter { $0.hasPrefix("AWS_PAGER") }.count == 1)
    // Neither the terminal nor the lock nor anything else is handed on.
    let files = try folder.text(of: "files")
    #expect(!files.contains("pts/") && !files.contains("ptmx") && !files.contains("manifest"))
    #expect(files.split(separator: "\n").filter { $0.contains(" -> ") }.count <= 4, "\(files)")
    let session = try folder.text(of: "sid").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(session == "\(call.process)")
  }

  @Test(arguments: [
    "../../../../../../tmp/reticle-escaped.png", "$(touch escaped).png", "`touch escaped`.png",
    "a;touch escaped;.png", "--endpoint-url=http://evil.png", "-rf.png", "a'b\"c\\d.png", "é ü.png",
    "%2e%2e%2f.png", "/rooted.png", "x&y|z>escaped.png", "*.png", "~.png", "\u{1B}[31mred.png",
    "a\nb.png",
  ])
  func `a hostile key is a key and nothing else`(_ key: String) async throws {
    try folder.write(PNG.gradient(width: 64, height: 48), to: "objects/any.png")
    let name = String(
      decoding: try JSONSerialization.data(
        withJSONObject: "s3://bucket/" + key, options: .fragmentsAllowed), as: UTF8.self)
    try folder.write("{\"source-ref\":\(name)}\n", to: "m.manifest")
    let stub = try StubAWS(folder, #"printf %s "$key" > key; cp objects/any.png "$out""#)
    let before = try folder.names(in: ".").filter { $0 != "calls" }
    let sitting = try label(stub)
    try await sitting.see("64×48")
    try await sitting.quit()
    #expect(try folder.text(of: "key") == key)
    #expect(stub.cached.count == 1)
    #expect(stub.cached.allSatisfy { $0.count == 64 })
    #expect(try folder.names(in: ".").filter { !["calls", "key"].contains($0) } == before)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/reticle-escaped.png"))
  }

  @Test(arguments: ["file:///etc/passwd", "fileb:///etc/passwd", "http://host/x", "FILE://x"])
  func `a key that aws would read a file for is refused`(_ key: String) async throws {
    try folder.write(Sample.line("s3://bucket/" + key) + "\n", to: "m.manifest")
    let stub = try StubAWS(folder)
    let sitting = try label(stub)
    try await sitting.see("is not fetched", "d goes on to the next image.")
    try await sitting.quit()
    #expect(try stub.calls.isEmpty)
  }

  // MARK: Waiting and stopping

  @Test func `the screen says what it waits for, and never waits itself`() async throws {
    try folder.fillBucket("a.png", "b.png")
    // Waits for a file that the test makes.
    let stub = try StubAWS(
      folder, "while [ ! -e go ]; do sleep 0.02; done\n" + StubAWS.bring)
    let sitting = try label(stub)
    try await sitting.see("fetching s3://bucket/a.png…")
    try await eventually("both under way") { try stub.calls.count == 2 }
    sitting.type("t1")
    try await sitting.seeSaved("1 ● cat")
    sitting.type("\td")
    try await sitting.see("fetching s3://bucket/b.png…")
    try folder.write("", to: "go")
    try await sitting.see("64×48", "b.png")
    try await sitting.go("a", to: "a.png")
    try await sitting.quit()
    #expect(try stub.calls.count == 2)
  }

  @Test func `what is no longer wanted is stopped, with all that it started`() async throws {
    try folder.fillBucket("a", "b", "c", "d", "e", "f", "g", "h", "i")
    let stub = try StubAWS(
      folder,
      """
      case $key in
        [abc]) sleep 600 & echo $! > "child-$key"; wait ;;
        *) \(StubAWS.bring) ;;
      esac
      """)
    let sitting = try label(stub)
    try await sitting.see("fetching s3://bucket/a…")
    try await eventually("three under way") {
      try ["a", "b", "c"].allSatisfy {
        try folder.has("child-\($0)") && !folder.text(of: "child-\($0)").isEmpty
      }
    }
    let scripts = try stub.calls.map(\.process)
    let children = try ["a", "b", "c"].compactMap {
      pid_t(try folder.text(of: "child-\($0)").trimmingCharacters(in: .newlines))
    }
    #expect(scripts.count == 3 && children.count == 3)
    // All lanes were taken by those; the last image does not wait for them.
    try await sitting.go("G", to: "9/9")
    try await eventually("the unwanted ones gone") {
      !(scripts + children).contains(where: isAlive)
    }
    try await eventually("nothing unfinished") {
      !stub.cached.contains { $0.hasSuffix(".part") }
    }
    try await sitting.quit()
  }

  @Test func `leaving stops what is under way and leaves nothing unfinished`() async throws {
    try folder.fillBucket("a", "b")
    let stub = try StubAWS(folder, #"echo half > "$out"; sleep 600"#)
    let sitting = try label(stub)
    try await eventually("both under way") { try stub.calls.count == 2 }
    let scripts = try stub.calls.map(\.process)
    try await sitting.quit()
    #expect(!scripts.contains(where: isAlive))
    #expect(stub.cached == [])
  }

  @Test func `one that is killed midway is no image, and Ctrl+L tries again`() async throws {
    try folder.fillBucket("a.png")
    let stub = try StubAWS(
      folder,
      """
      if [ -e tried ]; then \(StubAWS.bring); exit; fi
      touch tried; head -c 30 objects/a.png > "$out"; kill -9 $$
      """)
    let sitting = try label(stub)
    try await sitting.see("can't be fetched: aws ended without a word", "Ctrl+L tries again.")
    #expect(stub.cached == [])
    sitting.press(Key(.character("l"), .control))
    try await sitting.see("64×48")
    try await sitting.quit()
    #expect(stub.cached.count == 1)
  }

  @Test func `a file without end is cut off`() async throws {
    try folder.fillBucket("a.png", "b.png")
    // A file of holes: it takes no room on the disk.
    let stub = try StubAWS(
      folder,
      #"case $key in a*) truncate -s 300M "$out"; sleep 600 ;; *) "# + StubAWS.bring + " ;; esac")
    let sitting = try label(stub)
    try await sitting.see("s3://bucket/a.png is larger than 256 MiB")
    try await sitting.go("d", to: "b.png")
    try await sitting.quit()
    #expect(stub.cached.count == 1)
    #expect(try !stub.calls.map(\.process).contains(where: isAlive))
  }

  @Test func `what is no image is said by its name, and fetched anew next time`() async throws {
    try folder.fillBucket("a.png")
    try folder.write(Array(PNG.gradient(width: 64, height: 48).prefix(20)), to: "objects/a.png")
    let stub = try StubAWS(folder)
    let sitting = try label(stub)
    try await sitting.see("a.png ", "d goes on to the next image.")
    try await eventually("the copy dropped") { stub.cached.isEmpty }
    try folder.write(PNG.gradient(width: 64, height: 48), to: "objects/a.png")
    sitting.press(Key(.character("l"), .control))
    try await sitting.see("64×48")
    try await sitting.quit()
    #expect(try stub.calls.count == 2)
  }

  // MARK: Room

  @Test func `the cache is bounded: what was used longest ago goes`() async throws {
    try folder.fillBucket("a.png")
    let images = "home/.cache/reticle/images"
    try folder.write("", to: images + "/old")
    try folder.write("", to: images + "/older")
    for (name, age) in [("old", 100.0), ("older", 200)] {
      #expect(truncate(folder("\(images)/\(name)"), 600 << 20) == 0)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)],
        ofItemAtPath: folder("\(images)/\(name)"))
    }
    let stub = try StubAWS(folder)
    let sitting = try label(stub)
    try await sitting.see("64×48")
    try await sitting.quit()
    #expect(stub.cached.count == 2)
    #expect(stub.cached.contains("old"))
  }

  @Test func `a cache that can't be written to is named`() async throws {
    try folder.fillBucket("a.png")
    try folder.write("a file", to: "home/.cache/reticle")
    let stub = try StubAWS(folder)
    let sitting = try label(stub)
    try await sitting.see("where images from S3 are kept", "Not a directory")
    try await sitting.quit()
    #expect(try stub.calls.isEmpty)
  }

  // MARK: The other commands

  @Test func `show fetches too, and says on standard error why not`() async throws {
    try folder.fillBucket("photos/a.png")
    let stub = try StubAWS(folder)
    let shown = try await Run(
      folder, ["show", "--size", "20x10", "s3://bucket/photos/a.png"],
      environment: stub.environment)
    #expect(shown.code == 0 && !shown.output.isEmpty && shown.errors.isEmpty)
    _ = try StubAWS(
      folder,
      StubAWS.fail(
        "An error occurred (NoSuchKey) when calling the GetObject operation: No such key."))
    let other = try await Run(
      folder, ["show", "--size", "20x10", "s3://bucket/none.png", "s3://bucket/photos/a.png"],
      environment: stub.environment)
    #expect(other.code == 66)
    #expect(other.output == shown.output)
    #expect(
      other.errors
        == "reticle: s3://bucket/none.png is not there: there is no object of that key in bucket\n")
  }

  @Test func `check opens a copy that is in the cache and fetches nothing`() async throws {
    try folder.fillBucket("a.png")
    let stub = try StubAWS(folder)
    try FileManager.default.createDirectory(
      atPath: folder("here"), withIntermediateDirectories: false)
    func check() async throws -> String {
      let run = try await Run(
        folder, ["check", "m.manifest", "--images", "here", "--json"],
        environment: stub.environment)
      return run.text
    }
    #expect(try await check().contains("a.png is not there"))
    #expect(try stub.calls.isEmpty)
    _ = try await Run(folder, ["show", "s3://bucket/a.png"], environment: stub.environment)
    #expect(try await !check().contains("a.png is not there"))
    #expect(try stub.calls.count == 1)
  }
}
