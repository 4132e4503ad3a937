import Foundation
import Glibc
import TestSupport
import Testing

/// `reticle predict --auto-label`.
@Suite struct AutoLabelTests {
  /// Where the stub sees a cat in an image of 64 by 64 pixels.
  private static let cat = WrittenBox("cat", 16, 16, 32, 32)

  /// The stub is right where a name begins with `s` and less sure, and wrong, where it begins with
  /// `w`; nobody labelled what begins with `o`.
  private static let body = #"""
    echo $name >> asked
    two() {
      printf '{"id":"%s","CustomLabels":[{"Name":"cat","Confidence":97,%s},{"Name":"%s","Confidence":20,%s}]}\n' "$id" "$box" "$1" "$box"
    }
    case $name in
      s*) cat 95 ;; w*) cat 60 ;; o-sure*) cat 97 ;; o-doubt*) cat 70 ;; o-two*) two cat ;; o-dog*) two dog ;;
      *) printf '{"id":"%s","CustomLabels":[]}\n' $id ;;
    esac
    """#

  private static let open = ["o-doubt.png", "o-dog.png", "o-none.png", "o-sure.png", "o-two.png"]

  /// Images that people labelled, and five more.
  private func folder(right: Int, wrong: Int = 5) throws -> Folder {
    let folder = try Folder()
    var lines: [String] = []
    let picture = PNG.gradient(width: 64, height: 64)
    func add(_ name: String, _ boxes: [WrittenBox]?) throws {
      try folder.write(picture, to: "photos/\(name)")
      // As another program might space it, to tell whether the bytes are kept.
      let line =
        (boxes.map { Sample.line("photos/\(name)", boxes: $0) } ?? Sample.line("photos/\(name)"))
        .replacing("\"height\":48", with: "\"height\":64")
      lines.append(boxes == nil ? line : line.replacing("\":{", with: "\" : {"))
    }
    for index in 0..<right { try add("s\(index).png", [Self.cat]) }
    try add(Self.open[0], nil)
    for index in 0..<wrong { try add("w\(index).png", [WrittenBox("cat", 0, 0, 8, 8)]) }
    for name in Self.open.dropFirst() { try add(name, nil) }
    try folder.write(lines.map { $0 + "\n" }.joined(), to: "m.manifest")
    return folder
  }

  private func arguments(_ folder: Folder, _ more: String...) throws -> [String] {
    let command = try StubModel.write(to: folder, Self.body)
    return ["predict", "m.manifest", "--command", command, "--auto-label"] + more
  }

  private func object(_ run: Run) throws -> [String: Any] {
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any], "\(run.errors)")
    return try #require(all["AutoLabel"] as? [String: Any])
  }

  /// A manifest without the times.
  private func masked(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
      .replacing(/"creation-date":"[^"]*"/, with: "\"creation-date\":\"\"")
  }

  @Test func `What the model is sure of becomes truth, and people get the rest`() async throws {
    let folder = try folder(right: 30)
    let before = try folder.manifest("m.manifest")
    let run = try await Run(folder, try arguments(folder, "--json"))
    #expect(run.code == 0, "\(run.errors)")
    let after = try folder.manifest("m.manifest")
    for (old, new) in zip(before.lines, after.lines) {
      let name = old.sourceRef.split(separator: "/").last.map(String.init) ?? ""
      if !Self.open.contains(name) { #expect(new.bytes == old.bytes, "\(name) is a person's") }
      let isSure = ["o-sure.png", "o-two.png"].contains(name)
      guard Self.open.contains(name) else { continue }
      #expect(new.boxes("bounding-box") == (isSure ? [Self.cat] : nil), "\(name)")
      #expect((new.boxes("predictions") != nil) == !isSure, "\(name)")
      guard isSure else { continue }
      let metadata = new.object("bounding-box-metadata")
      #expect(metadata["human-annotated"] as? String == "no")
      #expect(metadata["job-name"] as? String == "labeling-job/stub-v1")
      #expect((metadata["objects"] as? [[String: Double]])?.first?["confidence"] == 0.97)
    }
    let report = try object(run)
    #expect(report["IsReached"] as? Bool == true)
    #expect(report["Target"] as? Double == 0.9)
    #expect((report["Labelled"] as? Int, report["ForPeople"] as? Int) == (2, 3))
    let cat = try #require((report["Labels"] as? [[String: Any]])?.first)
    #expect(cat["Threshold"] as? Double == 0.95)
    #expect((cat["Right"] as? Int, cat["Predicted"] as? Int) == (30, 30))
    #expect((cat["Truths"] as? Int, cat["MeanIoU"] as? Double) == (35, 1))
    let trial = try #require(report["Validation"] as? [String: Any])
    #expect((trial["Images"] as? Int, trial["Labelled"] as? Int) == (35, 30))
    #expect(try await Run(folder, ["check", "m.manifest", "--local"]).code == 0)
    let auto = try await Run(folder, ["select", "m.manifest", "is:auto", "--count"])
    #expect(auto.text == "2\n")
    #expect(try folder.names(in: "home/.local/state/reticle").filter { $0.contains("pred") } == [])
  }

  @Test func `The report says by what it was measured`() async throws {
    let folder = try folder(right: 30)
    let run = try await Run(folder, try arguments(folder))
    #expect(run.code == 0, "\(run.errors)")
    for part in [
      "measured on 35 images that people labelled here", "90 % right with 95 % certainty",
      "nobody knows what stub v1 learned from", "of these images it would label 30",
      "2 images labelled by stub v1 in “bounding-box” (human-annotated: no), 3 left to people",
      "1 unsure of cat", "1 unsure of dog", "1 with nothing that it is sure of", "/is:auto",
    ] {
      #expect(run.text.contains(part), "\(part)\n\(run.text)")
    }
    // What a model labelled stays, and is no evidence of how good models are.
    let manifest = masked(try folder.bytes(of: "m.manifest"))
    let again = try await Run(folder, try arguments(folder, "--json"))
    #expect(try object(again)["LabelledBefore"] as? Int == 2)
    #expect(masked(try folder.bytes(of: "m.manifest")) == manifest)
    let anew = try await Run(folder, try arguments(folder, "--json", "--again"))
    #expect(try object(anew)["Labelled"] as? Int == 2)
    #expect(masked(try folder.bytes(of: "m.manifest")) == manifest)
    // Asked for more than 30 right ones of 30 can tell, the model labels nothing anew.
    let strict = try await Run(
      folder, try arguments(folder, "--again", "--target-precision", "0.95"))
    #expect(strict.code == 1)
    #expect(masked(try folder.bytes(of: "m.manifest")) == manifest)
  }

  @Test func `With too few images to tell nothing is written, and no answer is lost`() async throws
  {
    let folder = try folder(right: 10)
    let before = try folder.manifest("m.manifest")
    let run = try await Run(folder, try arguments(folder))
    #expect(run.code == 1)
    #expect(run.errors.contains("nothing was labelled"), "\(run.errors)")
    #expect(run.errors.contains("15 more right ones, and no wrong one, would do"))
    #expect(run.text.contains("too few: 15 more right ones"), "\(run.text)")
    #expect(try folder.manifest("m.manifest").lines.map(\.bytes) == before.lines.map(\.bytes))
    // The answers do for predictions, which only go where they are asked for.
    try folder.write("", to: "asked")
    let plain = try arguments(folder).filter { $0 != "--auto-label" }
    let predicted = try await Run(folder, plain + ["--filter", "is:unlabelled"])
    #expect(predicted.code == 0, "\(predicted.errors)")
    #expect(try folder.text(of: "asked").split(separator: "\n").count <= 1, "to know the model")
    for (old, new) in zip(before.lines, try folder.manifest("m.manifest").lines) {
      let isOpen = old.boxes("bounding-box") == nil
      #expect((new.bytes == old.bytes) == !isOpen, "\(old.sourceRef)")
    }
  }

  @Test func `Without anything to measure by the model isn't even started`() async throws {
    let folder = try folder(right: 0, wrong: 0)
    let run = try await Run(folder, try arguments(folder))
    #expect(run.code == 65)
    #expect(run.errors.contains("nobody has labelled an image"), "\(run.errors)")
    #expect(!folder.has("asked"))
    let other = try self.folder(right: 3)
    let none = try await Run(other, try arguments(other, "--validation", "name:z*"))
    #expect(none.code == 65)
    #expect(none.errors.contains("no labelled image answers to --validation"))
    #expect(
      try await Run(other, ["predict", "m.manifest", "--command", "a", "--validation", "x"]).code
        == 64)
  }

  @Test func `Only the images asked for tell how good the model is`() async throws {
    let folder = try folder(right: 30)
    let run = try await Run(folder, try arguments(folder, "--json", "--validation", "name:s*"))
    let trial = try #require(try object(run)["Validation"] as? [String: Any])
    #expect(trial["Images"] as? Int == 30)
    #expect(!(try folder.text(of: "asked").contains("w0.png")), "nobody needs its answer")
  }

  @Test func `A run that was killed comes to the same`() async throws {
    let reference = try folder(right: 30)
    #expect(try await Run(reference, try arguments(reference)).code == 0)
    let folder = try folder(right: 30)
    let command = try StubModel.write(
      to: folder,
      """
      if [ $id = 20 ]; then while [ ! -e go ]; do sleep 0.01; done; fi
      \(Self.body)
      """)
    // However busy the machine is, the model is waited for.
    let arguments =
      ["predict", "m.manifest", "--command", command, "--auto-label", "--time-limit", "3600"]
    let before = try folder.bytes(of: "m.manifest")
    let process = Process()
    process.executableURL = URL(filePath: BuiltProduct.path("reticle"))
    process.arguments = arguments
    process.environment = PseudoTerminal.environment(home: folder.home)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try await eventually("twenty asked", timeout: .seconds(300)) {
      guard folder.has("asked") else { return false }
      return try folder.text(of: "asked").split(separator: "\n").count >= 20
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try folder.bytes(of: "m.manifest") == before)
    try folder.write("", to: "asked")
    try folder.write("", to: "go")
    let run = try await Run(folder, arguments)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.contains("going on after"), "\(run.errors)")
    #expect(try folder.text(of: "asked").split(separator: "\n").count < 30)
    #expect(
      masked(try folder.bytes(of: "m.manifest")) == masked(try reference.bytes(of: "m.manifest")))
  }

  @Test func `Parts are measured by the whole, and joined are the whole`() async throws {
    let folder = try folder(right: 30)
    var joined: [UInt8] = []
    for part in 1...3 {
      let run = try await Run(
        folder, try arguments(folder, "--shard", "\(part)/3", "-o", "p\(part)"))
      #expect(run.code == 0, "\(run.errors)")
      joined += try folder.bytes(of: "p\(part)")
    }
    #expect(try await Run(folder, try arguments(folder)).code == 0)
    #expect(masked(joined) == masked(try folder.bytes(of: "m.manifest")))
  }

  @Test func `Whole images get labels that are learned from, and become a person's`() async throws {
    let folder = try Folder()
    let picture = PNG.gradient(width: 64, height: 64)
    let names = (0..<54).map { ($0 < 27 ? "cat-" : "dog-") + "\($0).png" }
    let open = ["o-cat.png", "o-both.png"]
    for name in names + open { try folder.write(picture, to: "photos/\(name)") }
    let lines = names.map { name in
      let label = name.prefix(3)
      return #"{"source-ref":"photos/\#(name)""#
        + #","kind":1,"kind-metadata":{"class-name":"\#(label)","confidence":1,"type":"#
        + #""groundtruth/image-classification","human-annotated":"yes","#
        + #""creation-date":"2026-01-02T03:04:05.678901","job-name":"labeling-job/k"}}"#
    }
    let all = lines + open.map { Sample.line("photos/\($0)") }
    try folder.write(all.map { $0 + "\n" }.joined(), to: "m.manifest")
    let command = try StubModel.write(
      to: folder,
      #"""
      say() { printf '{"id":"%s","CustomLabels":[{"Name":"cat","Confidence":%s},{"Name":"dog","Confidence":%s}]}\n' $id $1 $2; }
      case $name in cat-*|o-cat*) say 98 2 ;; dog-*) say 3 97 ;; *) say 99 99 ;; esac
      """#)
    let run = try await Run(
      folder,
      ["predict", "m.manifest", "--command", command, "--auto-label", "--target-precision", "0.9"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.text.contains("1 sure of several labels"), "\(run.text)")
    let written = try folder.manifest("m.manifest")
    #expect(written.lines.prefix(54).map(\.bytes) == all.prefix(54).map { Array($0.utf8) })
    let metadata = written[54].object("image-label_cat-metadata")
    #expect(metadata["human-annotated"] as? String == "no")
    #expect(metadata["confidence"] as? Double == 0.98)
    #expect(written[54].members["image-label_dog"] == nil)
    #expect(written[55].members["image-label_cat"] == nil)
    #expect(written[55].members["predictions_cat"] != nil)
    #expect(try await Run(folder, ["check", "m.manifest", "--local"]).code == 0)
    #expect(
      try await Run(folder, ["select", "m.manifest", "is:labelled", "--count"]).text == "55\n")
  }

  @Test func `A model is never measured by what it learned from`() async throws {
    let project = try TrainingProject()
    #expect(try await project.run("train", "photos").code == 0)
    let learned = try project.images("train").count
    let run = try await project.run(
      "predict", "photos/output.manifest", "--model", "photos", "--auto-label", "--json")
    #expect(run.code == 1, "\(run.errors)")
    let trial = try #require(try object(run)["Validation"] as? [String: Any])
    #expect(trial["LearnedFrom"] as? Int == learned)
    #expect(trial["Images"] as? Int == 6 - learned)
    #expect(trial["IsTrainingKnown"] as? Bool == true)
    // From elsewhere the images of its test tell.
    try project.folder.write(Sample.line("photos/g.png") + "\n", to: "new.manifest")
    let other = try await project.run(
      "predict", "new.manifest", "--model", "photos", "--auto-label", "--json")
    #expect(other.code == 1, "\(other.errors)")
    let tests = try #require(try object(other)["Validation"] as? [String: Any])
    #expect(tests["TestImages"] as? Int == 6 - learned)
  }
}
