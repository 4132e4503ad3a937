import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct PredictTests {
  /// A folder with images and a manifest of them.
  private func folder(_ count: Int = 4, line: (String) -> String = Sample.line) throws -> Folder {
    let folder = try Folder()
    // Smaller ones are not for Custom Labels.
    try folder.fillPhotos(count, width: 64, height: 64)
    let names = try folder.names(in: "photos")
    try folder.write(names.map { line("photos/\($0)") + "\n" }.joined(), to: "m.manifest")
    return folder
  }

  @Test func `Predictions stand beside the truth, as a model's`() async throws {
    let folder = try folder {
      Sample.line($0, boxes: [WrittenBox("dog", 1, 2, 3, 4)])
        .replacing("\"height\":48", with: "\"height\":64")
    }
    let before = try folder.manifest("m.manifest")
    let command = try StubModel.write(to: folder)
    let run = try await Run(folder, ["predict", "m.manifest", "--command", command])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("4 of 4 images predicted by stub v1"))
    let after = try folder.manifest("m.manifest")
    for (old, new) in zip(before.lines, after.lines) {
      #expect(new.text.hasPrefix(String(old.text.dropLast())), "the truth keeps its bytes")
      #expect(new.boxes("predictions") == [WrittenBox("cat", 16, 16, 32, 32)])
      let metadata = new.object("predictions-metadata")
      #expect(metadata["human-annotated"] as? String == "no")
      #expect(metadata["job-name"] as? String == "labeling-job/stub-v1")
      #expect((metadata["objects"] as? [[String: Double]])?.first?["confidence"] == 0.9)
      #expect(metadata["class-map"] as? [String: String] == ["1": "cat"], "0 is dog's already")
      #expect((metadata["creation-date"] as? String)?.count == 26)
    }
    #expect(try await Run(folder, ["check", "m.manifest", "--local"]).code == 0)
    #expect(try folder.names(in: "home/.local/state/reticle").filter { $0.contains("pred") } == [])
    #expect(!folder.has("m.manifest.lock"))
  }

  @Test func `Labels for the whole image are pairs that a model gave`() async throws {
    let folder = try folder()
    let command = try StubModel.write(
      to: folder,
      #"""
      printf '{"id":"%s","CustomLabels":[{"Name":"sharp","Confidence":97.5},{"Name":"a/b","Confidence":9}]}\n' $id
      """#)
    let options = ["predict", "m.manifest", "--command", command, "--attribute", "model-1"]
    for threshold in ["0", "0.5"] {
      let run = try await Run(folder, options + ["--threshold", threshold, "--again"])
      #expect(run.code == 0, "\(run.errors)")
      let line = try folder.manifest("m.manifest")[0]
      #expect(line.members["model-1"] == nil, "a model without boxes draws none")
      let sharp = line.object("model-1_sharp-metadata")
      #expect(sharp["class-name"] as? String == "sharp")
      #expect(sharp["confidence"] as? Double == 0.975)
      #expect(sharp["human-annotated"] as? String == "no")
      let other = line.object("model-1_0-metadata")
      #expect(other["class-name"] as? String == (threshold == "0" ? "a/b" : nil))
      // One label alone is too few to train on, whoever gave it.
      let check = try await Run(folder, ["check", "m.manifest", "--local"])
      #expect(check.code == (threshold == "0" ? 0 : 1), "\(check.text)")
    }
  }

  @Test(arguments: [["--attribute", "bounding-box"], ["--attribute", "predictions"]])
  func `A truth is never written to`(attribute: [String]) async throws {
    let folder = try folder { name in
      Sample.line(name, boxes: [WrittenBox("dog", 1, 2, 3, 4)])
        .replacing("bounding-box", with: attribute[1])
    }
    let before = try folder.bytes(of: "m.manifest")
    let command = try StubModel.write(to: folder, before: "echo started > started")
    let run = try await Run(folder, ["predict", "m.manifest", "--command", command] + attribute)
    #expect(run.code == 64)
    #expect(run.errors.contains("people vouch for"))
    #expect(try folder.bytes(of: "m.manifest") == before)
    #expect(!folder.has("started"))
  }

  @Test func `A run that was killed goes on where it was`() async throws {
    let folder = try folder(20)
    let before = try folder.bytes(of: "m.manifest")
    let command = try StubModel.write(
      to: folder,
      """
      echo $name >> asked
      if [ $id = 12 ]; then while [ ! -e go ]; do sleep 0.01; done; fi
      cat 90
      """)
    let process = Process()
    process.executableURL = URL(filePath: BuiltProduct.path("reticle"))
    // However slow the machine is, image 12 must not be given up before the kill.
    process.arguments = ["predict", "m.manifest", "--command", command, "--time-limit", "3600"]
    process.environment = PseudoTerminal.environment(home: folder.home)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let state = "home/.local/state/reticle"
    func answers() throws -> Int {
      guard folder.has(state),
        let log = try folder.names(in: state).first(where: { $0.hasSuffix("-predictions") })
      else { return 0 }
      return try folder.text(of: "\(state)/\(log)").split(separator: "\n").count {
        $0.contains("answer")
      }
    }
    try await eventually("twelve answers kept", timeout: .seconds(120)) { try answers() >= 12 }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try folder.bytes(of: "m.manifest") == before)
    let log = try #require(try folder.names(in: state).first { $0.hasSuffix("-predictions") })
    // As a crash of the machine may leave it.
    let torn = try folder.text(of: "\(state)/\(log)") + #"{"line":3,"answer":{"Cust"#
    try folder.write(torn, to: "\(state)/\(log)")
    try folder.write("", to: "asked")
    try folder.write("", to: "go")

    let run = try await Run(folder, ["predict", "m.manifest", "--command", command])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("going on after 12 answers"))
    let asked = try folder.text(of: "asked").split(separator: "\n")
    #expect(asked.count == 8, "\(asked)")
    let manifest = try folder.manifest("m.manifest")
    #expect(manifest.lines.allSatisfy { $0.boxes("predictions")?.count == 1 })
    #expect(try folder.names(in: state).filter { $0.hasSuffix("-predictions") } == [])
  }

  @Test func `What the same model predicted is skipped, unless asked for again`() async throws {
    let folder = try folder()
    let command = try StubModel.write(to: folder, "echo $name >> asked; cat 90")
    let options = ["predict", "m.manifest", "--command", command, "--json"]
    _ = try await Run(folder, options)
    try folder.write("", to: "asked")
    let second = try await Run(folder, options)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(second.output)) as? [String: Any])
    #expect(summary["Predicted"] as? Int ?? 9 <= 1, "one may be asked, to know the model")
    #expect(summary["Skipped"] as? Int ?? 0 >= 3)
    #expect(try folder.text(of: "asked").split(separator: "\n").count <= 1)
    try folder.write("", to: "asked")
    let third = try await Run(folder, options + ["--again"])
    #expect(try folder.text(of: "asked").split(separator: "\n").count == 4)
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(third.output)) as? [String: Any])
    #expect(all["Predicted"] as? Int == 4)
    #expect((all["Model"] as? [String: Any])?["JobName"] as? String == "labeling-job/stub-v1")
    #expect(
      (all["Labels"] as? [[String: Any]])?.first.map { "\($0["Name"] ?? "") \($0["Boxes"] ?? "")" }
        == "cat 4")
  }

  @Test func `Images that fail are named, and the others are predicted`() async throws {
    let folder = try folder(5)
    try folder.write("no image", to: "photos/b.png")
    try FileManager.default.removeItem(atPath: folder("photos/c.png"))
    let command = try StubModel.write(
      to: folder,
      #"case $name in d.png) printf '{"id":"%s","error":"too \\u001b[31mred"}\n' $id ;; *) cat 90 ;; esac"#
    )
    let run = try await Run(folder, ["predict", "m.manifest", "--command", command])
    #expect(run.code == 1)
    for name in ["b.png", "c.png", "d.png"] { #expect(run.errors.contains(name), "\(name)") }
    #expect(!run.errors.contains("\u{1B}"))
    #expect(run.errors.contains("3 failed"))
    let boxes = try folder.manifest("m.manifest").lines.map { $0.boxes("predictions")?.count }
    #expect(boxes == [1, nil, nil, nil, 1])
  }

  @Test func `A program of no use is told with what it said, and nothing is written`() async throws
  {
    let folder = try folder()
    let before = try folder.bytes(of: "m.manifest")
    let run = try await Run(
      folder, ["predict", "m.manifest", "--command", "/bin/sh -c 'echo no torch >&2; exit 1'"])
    #expect(run.code == 65)
    #expect(run.errors.contains("no torch"))
    #expect(try folder.bytes(of: "m.manifest") == before)
    let missing = try await Run(folder, ["predict", "m.manifest", "--command", "no-such-thing"])
    #expect(missing.code == 66)
  }

  @Test func `Parts joined are the whole, in its order`() async throws {
    let folder = try folder(7)
    let command = try StubModel.write(to: folder)
    var joined: [UInt8] = []
    for part in 1...3 {
      let run = try await Run(
        folder,
        ["predict", "m.manifest", "--command", command, "--shard", "\(part)/3", "-o", "p\(part)"])
      #expect(run.code == 0, "\(run.errors)")
      joined += try folder.bytes(of: "p\(part)")
    }
    let whole = try WrittenManifest(joined)
    let references = try folder.manifest("m.manifest").lines.map(\.sourceRef)
    #expect(whole.lines.map(\.sourceRef) == references)
    #expect(whole.lines.allSatisfy { $0.boxes("predictions")?.count == 1 })
  }

  @Test func `A filter chooses what is looked at; the other lines keep their bytes`() async throws {
    let folder = try folder()
    let command = try StubModel.write(to: folder)
    let run = try await Run(
      folder,
      ["predict", "m.manifest", "--command", command, "--filter", "name:b*", "-o", "out.manifest"])
    #expect(run.code == 0, "\(run.errors)")
    let found = try folder.manifest("out.manifest")
    #expect(found.lines.map { $0.boxes("predictions")?.count } == [nil, 1, nil, nil])
    #expect(found[0].bytes == (try folder.manifest("m.manifest"))[0].bytes)
  }

  @Test func `A dry run starts nothing and writes nothing`() async throws {
    let folder = try folder()
    let before = try folder.bytes(of: "m.manifest")
    let command = try StubModel.write(to: folder, before: "echo started > started")
    let run = try await Run(folder, ["predict", "m.manifest", "--command", command, "--dry-run"])
    #expect(run.code == 0)
    #expect(run.text.contains("4 lines of 4 to look at"))
    #expect(!folder.has("started"))
    #expect(try folder.bytes(of: "m.manifest") == before)
  }

  @Test(arguments: [
    ["predict"], ["predict", "m.manifest"], ["predict", "m.manifest", "--command", "'open"],
    ["predict", "m.manifest", "--command", "a", "--model", "b"],
    ["predict", "m.manifest", "--command", "a", "--shard", "5/4", "-o", "x"],
    ["predict", "m.manifest", "--command", "a", "--shard", "1/4"],
    ["predict", "m.manifest", "--command", "a", "--filter", "is:fp"],
    ["detect", "a.png"], ["detect", "a.png", "--command", "a", "--min-confidence", "101"],
  ])
  func `Wrong usage is told`(arguments: [String]) async throws {
    let folder = try folder()
    #expect(try await Run(folder, arguments).code == 64)
  }
}
