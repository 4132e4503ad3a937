import Foundation
import GroundTruth
import Storage
import TestSupport
import Testing

extension Folder {
  /// Runs the program in the folder.
  fileprivate func run(_ arguments: String..., input: String = "") async throws -> Run {
    try await Run(self, arguments, input: input)
  }

  /// The text of a file, nil if it isn't there.
  fileprivate func read(_ name: String) -> String? { try? text(of: name) }
}

private func line(
  _ name: String, _ label: String, id: Int = 0, left: Int = 1, more: String = ""
)
  -> String
{
  #"{"source-ref":"\#(name)","bb":{"image_size":[{"width":640,"height":480,"depth":3}],"#
    + #""annotations":[{"class_id":\#(id),"top":2,"left":\#(left),"height":40,"width":50}]},"#
    + #""bb-metadata":{"objects":[{"confidence":1}],"class-map":{"\#(id)":"\#(label)"},"#
    + #""type":"groundtruth/object-detection","human-annotated":"yes","#
    + #""creation-date":"2026-01-01T00:00:00"}\#(more)}"#
}

private let samples = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Assets/Samples")

@Suite("Commands for whole datasets")
struct WholeDatasetCommandTests {
  // MARK: select

  @Test("select writes the lines that answer byte for byte, and --invert all others")
  func select() async throws {
    let folder = try Folder()
    let mark = "\u{FEFF}"
    let lines = [line("a.jpg", "cat"), "", "{ broken", line("b.jpg", "dog"), line("c.jpg", "cat")]
    try folder.write(mark + lines.joined(separator: "\r\n"), to: "m")
    let cats = try await folder.run("select", "m", "label:cat")
    #expect(cats.code == 0 && cats.errors.isEmpty)
    #expect(cats.text == mark + lines[0] + "\r\n" + lines[4])
    let others = try await folder.run("select", "m", "label:cat", "--invert", "-o", "others")
    #expect(others.code == 0 && others.text.isEmpty)
    #expect(folder.read("others") == mark + lines[1...3].joined(separator: "\r\n") + "\r\n")
    #expect(
      try await folder.run("select", "m", "").text == mark + lines[0] + "\r\n"
        + lines[3...].joined(separator: "\r\n"))
    #expect(try await folder.run("select", "m", "label:dog", "--count").text == "1\n")
    #expect(
      try await folder.run("select", "m", "--", "-label:cat").text == mark + lines[3] + "\r\n")
    let piped = try await folder.run(
      "select", "-", "label:dog", input: lines[0] + "\n" + lines[3] + "\n")
    #expect(piped.text == lines[3] + "\n")
  }

  @Test("select says what is wrong, by the exit codes of the platform")
  func selectErrors() async throws {
    let folder = try Folder()
    try folder.write(line("a.jpg", "cat") + "\n", to: "m")
    try folder.write("mine", to: "there")
    #expect(try await folder.run("select", "none", "label:cat").code == 66)
    #expect(try await folder.run("select", "m", "colour:red").code == 64)
    #expect(try await folder.run("select", "m", "is:tp").code == 64)
    let there = try await folder.run("select", "m", "label:cat", "-o", "there")
    #expect(there.code == 73 && there.errors.contains("--force"))
    #expect(folder.read("there") == "mine")
    #expect(try await folder.run("select", "m", "label:cat", "-o", "there", "--force").code == 0)
    #expect(folder.read("there") == line("a.jpg", "cat") + "\n")
    #expect(try await folder.run("select", "m", "label:cat", "-o", "no/such/file").code == 73)
  }

  // MARK: stats

  @Test("stats prints plain columns in a pipe, and JSON with its documented keys")
  func stats() async throws {
    let folder = try Folder()
    try folder.write(
      [line("a.jpg", "cat"), line("b.jpg", "dog", id: 1), #"{"source-ref":"c.jpg"}"#, "{"]
        .joined(separator: "\n"), to: "m")
    let text = try await folder.run("stats", "m")
    #expect(text.code == 0 && text.errors.isEmpty)
    #expect(text.text.hasPrefix("m: 3 images, 2 boxes in “bb”\n"))
    #expect(text.text.contains("  cat  1  1  0\n"))
    #expect(!text.text.contains("█") && !text.text.contains("#"))
    let json = try await folder.run("stats", "m", "m", "--json").text.split(separator: "\n")
    #expect(json.count == 2)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json[0].utf8)) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "attribute", "boxes", "images", "labels", "lines", "manifest", "states", "together",
        "together_is_complete",
      ])
    #expect(object["lines"] as? Int == 4 && object["images"] as? Int == 3)
    let states = try #require(object["states"] as? [String: Int])
    #expect(states["labelled"] == 2 && states["unlabelled"] == 1 && states["broken"] == 1)
    let boxes = try #require(object["boxes"] as? [String: Any])
    #expect(boxes["count"] as? Int == 2)
    #expect((boxes["area"] as? [String: Int])?["medium"] == 2)
    #expect(try await folder.run("stats", "none").code == 66)
  }

  @Test("stats draws bars on a terminal, of ASCII where the locale has no more")
  func bars() async throws {
    let folder = try Folder()
    try folder.write(line("a.jpg", "cat") + "\n", to: "m")
    for (locale, bar) in [("C.UTF-8", "████"), ("C", "####")] {
      let terminal = try PseudoTerminal(
        BuiltProduct.path("reticle"), ["stats", "m"], environment: ["LC_ALL": locale],
        folder: folder.path)
      #expect(try await terminal.waitForExit() == .code(0))
      #expect(String(decoding: terminal.output, as: UTF8.self).contains(bar))
    }
  }

  // MARK: split

  @Test("split keeps copies of a picture on one side, whatever their names")
  func nearDuplicates() async throws {
    let folder = try Folder()
    var lines: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: samples.path()).sorted() {
      let kind = name.split(separator: ".").last ?? ""
      guard ["jpg", "png"].contains(kind) else { continue }
      for copy in 1...2 {
        let file = "\(copy)-\(name)"
        try FileManager.default.copyItem(
          at: samples.appending(path: name), to: URL(filePath: folder(file)))
        lines.append(line(file, "thing"))
      }
    }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "m")
    for seed in 0..<4 {
      let run = try await folder.run(
        "split", "m", "--train", "a", "--test", "b", "--seed", "\(seed)", "--ratio", "0.7",
        "--force")
      #expect(run.code == 0 && run.errors.isEmpty)
      #expect(run.text.contains("looked at \(lines.count) images"))
      let sides = ["a", "b"].map { (folder.read($0) ?? "").split(separator: "\n").map(String.init) }
      #expect((sides[0] + sides[1]).sorted() == lines.sorted())
      func pictures(_ lines: [String]) async throws -> Set<String> {
        Set(try lines.map { String(try Entry(line: Array($0.utf8)).name.dropFirst(2)) })
      }
      let (training, test) = (try await pictures(sides[0]), try await pictures(sides[1]))
      #expect(training.isDisjoint(with: test) && !test.isEmpty)
    }
    let without = try await folder.run(
      "split", "m", "--train", "a", "--test", "b", "--dry-run", "--ignore-images")
    #expect(!without.text.contains("kept together"))
  }

  @Test("split groups by a pattern or the folder, leaves out the excluded, and repeats itself")
  func groups() async throws {
    let folder = try Folder()
    var lines = (0..<40).map { line("p\($0 % 10)/x\($0)_s\($0 % 8).jpg", $0 < 20 ? "cat" : "dog") }
    lines.append(line("q/y.jpg", "cat", more: #","reticle":{"excluded":true}"#))
    try folder.write(lines.joined(separator: "\n") + "\n", to: "m")
    for (rule, key) in [("folder", 1), ("_(s[0-9])\\.", -1)] {
      let run = try await folder.run(
        "split", "m", "--train", "a", "--test", "b", "--group-by", rule, "--force", "--seed", "5")
      #expect(run.code == 0)
      #expect(run.text.contains("left out: 1 excluded"))
      let keys = ["a", "b"].map { side in
        Set(
          (folder.read(side) ?? "").split(separator: "\n").map { line -> String in
            let name = line.split(separator: "\"")[3]
            return String(key > 0 ? name.prefix(2) : name.suffix(6).prefix(2))
          })
      }
      #expect(keys[0].isDisjoint(with: keys[1]) && !keys[1].isEmpty)
      let first = folder.read("b")
      _ = try await folder.run(
        "split", "m", "--train", "a", "--test", "b", "--group-by", rule, "--force", "--seed", "5")
      #expect(folder.read("b") == first)
    }
  }

  @Test("split says what is wrong and writes nothing with --dry-run")
  func splitErrors() async throws {
    let folder = try Folder()
    try folder.write((0..<5).map { line("\($0).jpg", "cat") }.joined(separator: "\n"), to: "m")
    #expect(
      try await folder.run("split", "m", "--train", "a", "--test", "b", "--dry-run").code == 0)
    #expect(!folder.has("a") && !folder.has("b"))
    #expect(try await folder.run("split", "m", "--train", "a", "--test", "./a").code == 64)
    #expect(
      try await folder.run("split", "m", "--train", "a", "--test", "b", "--ratio", "1").code == 64)
    let pattern = try await folder.run(
      "split", "m", "--train", "a", "--test", "b", "--group-by", "(")
    #expect(pattern.code == 64)
    #expect(try await folder.run("split", "m", "--train", "m", "--test", "b").code == 73)
    try folder.write("", to: "empty")
    #expect(try await folder.run("split", "empty", "--train", "a", "--test", "b").code == 65)
    #expect(!folder.has("a") && !folder.has("b"))
  }

  // MARK: merge

  @Test("a manifest merged with itself is the same file, whatever the line endings")
  func mergeIdentity() async throws {
    let folder = try Folder()
    let text =
      "\u{FEFF}" + line("a.jpg", "cat") + "\r\n\r\n{ broken\n" + line("b.jpg", "dog", id: 1)
    try folder.write(text, to: "m")
    for rule in ["newest", "first", "union", "quorum"] {
      let run = try await folder.run(
        "merge", "m", "m", "-o", "merged", "--on-conflict", rule, "--force")
      #expect(run.code == 0 && run.text.isEmpty)
      #expect(folder.read("merged") == text)
    }
  }

  @Test("merge adds what is new after a last line without an end, and tells what it does")
  func merge() async throws {
    let folder = try Folder()
    try folder.write(line("a.jpg", "cat"), to: "one")
    try folder.write(
      line("a.jpg", "cat", left: 300) + "\n" + line("b.jpg", "dog", id: 0) + "\n{\n", to: "two")
    let preview = try await folder.run("merge", "one", "two", "--on-conflict", "union", "--dry-run")
    #expect(preview.code == 0 && preview.errors.isEmpty)
    #expect(preview.text.contains("1 boxes added by union"))
    #expect(preview.text.contains("two: “dog” has id 1 instead of 0"))
    #expect(preview.text.contains("two:3: is left out"))
    let run = try await folder.run("merge", "one", "two", "--on-conflict", "union", "-o", "-")
    let lines = run.text.split(separator: "\n").map { Array($0.utf8) }
    #expect(lines.count == 2)
    #expect(try Entry(line: lines[0]).boxSet("bb")?.boxes.map(\.left) == [1, 300])
    #expect(String(decoding: lines[1], as: UTF8.self) == line("b.jpg", "dog", id: 1))
    #expect(try await folder.run("merge", "one", "-o", "x").code == 64)
    #expect(try await folder.run("merge", "one", "two").code == 64)
    #expect(try await folder.run("merge", "one", "none", "-o", "x").code == 66)
    #expect(try await folder.run("merge", "one", "two", "-o", "two").code == 73)
  }

  // MARK: rename

  @Test("rename changes a manifest in place as one edit that undo takes back")
  func rename() async throws {
    let folder = try Folder()
    let text = line("a.jpg", "cat") + "\r\n" + line("b.jpg", "dog", id: 1)
    try folder.write(text, to: "m")
    let preview = try await folder.run("rename", "m", "cat=big cat", "--dry-run")
    #expect(preview.code == 0)
    #expect(preview.text.contains("“cat” to “big cat”: 1 boxes"))
    #expect(folder.read("m") == text)
    #expect(try await folder.run("rename", "m", "cat=big cat").code == 0)
    #expect(folder.read("m") == text.replacingOccurrences(of: #""cat""#, with: #""big cat""#))
    #expect(try !folder.names(in: ".").contains { $0.hasPrefix("m.") })
    let state = StateFolder(path: folder("home/.local/state/reticle"))
    let opened = try ManifestStore.open(
      folder("m"), access: .read, stateFolder: state, program: "test")
    var dataset = opened.dataset
    #expect(dataset.history.undoable?.summary == "rename cat to big cat")
    try dataset.perform(.undo)
    #expect(String(decoding: dataset.line(at: 0), as: UTF8.self) == line("a.jpg", "cat"))
  }

  @Test("rename merges only when told to, and writes elsewhere with -o")
  func renameMerging() async throws {
    let folder = try Folder()
    let text = line("a.jpg", "cat") + "\n" + line("b.jpg", "dog", id: 1) + "\n"
    try folder.write(text, to: "m")
    let refused = try await folder.run("rename", "m", "cat=dog")
    #expect(refused.code == 65 && refused.errors.contains("--merge"))
    #expect(try await folder.run("rename", "m", "ox=hen").code == 65)
    #expect(try await folder.run("rename", "m", "cat").code == 64)
    #expect(try await folder.run("rename", "none", "cat=dog").code == 66)
    #expect(folder.read("m") == text)
    let merged = try await folder.run("rename", "m", "cat=dog", "--merge", "-o", "-")
    #expect(
      merged.text == line("a.jpg", "dog", id: 1) + "\n" + line("b.jpg", "dog", id: 1) + "\n")
    #expect(folder.read("m") == text)
    let swapped = try await folder.run("rename", "m", "cat=dog", "dog=cat", "-o", "swapped")
    #expect(swapped.code == 0)
    #expect(
      folder.read("swapped") == line("a.jpg", "dog") + "\n" + line("b.jpg", "cat", id: 1) + "\n")
  }

  @Test("a manifest that another has open is neither changed nor replaced")
  func locked() async throws {
    let folder = try Folder()
    let text = line("a.jpg", "cat") + "\n"
    try folder.write(text, to: "m")
    try folder.write(text, to: "n")
    let opened = try ManifestStore.open(
      folder("m"), access: .write, stateFolder: nil, program: "test")
    defer { opened.store.close() }
    #expect(try await folder.run("rename", "m", "cat=dog").code == 75)
    #expect(try await folder.run("select", "n", "label:cat", "-o", "m", "--force").code == 75)
    #expect(folder.read("m") == text)
  }
}
