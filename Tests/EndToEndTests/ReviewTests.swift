import Cells
import Foundation
import TestSupport
import Testing

/// A review of predictions on a real terminal, on five photos of blood.
@Suite(.onTerminal) struct ReviewTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.copySamples(
      "blood-00000.jpg", "blood-00047.jpg", "blood-00113.jpg", "blood-00220.jpg",
      "blood-00301.jpg")
    try folder.write(try Self.fixture(), to: "photos/blood.manifest")
  }

  private static func fixture() throws -> [UInt8] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/blood.manifest")
    return [UInt8](try Data(contentsOf: url))
  }

  /// The lines with their predictions alone.
  private func unlabelled() throws -> [UInt8] {
    try WrittenManifest(try Self.fixture()).lines.reduce(into: []) { bytes, line in
      var members = line.members
      members["bounding-box"] = nil
      members["bounding-box-metadata"] = nil
      bytes += try JSONSerialization.data(withJSONObject: members, options: .sortedKeys) + [0x0A]
    }
  }

  /// The predictions of a line that are sure enough, in order.
  private func predicted(
    _ line: WrittenManifest.Line, from threshold: Double = 0.5
  ) throws -> [WrittenBox] {
    let objects = try #require(line.object("model-metadata")["objects"] as? [[String: Any]])
    let boxes = try #require(line.boxes("model"))
    return zip(boxes, objects).filter {
      ($1["confidence"] as? NSNumber)?.doubleValue ?? 0 >= threshold
    }.map(\.0)
  }

  private func settled(_ line: WrittenManifest.Line, _ name: String) -> [WrittenBox] {
    (line.mark[name] as? [[String: Any]] ?? []).map { box in
      func number(_ name: String) -> Double { (box[name] as? NSNumber)?.doubleValue ?? .nan }
      return WrittenBox(
        box["label"] as? String ?? "?", number("left"), number("top"), number("width"),
        number("height"))
    }
  }

  private func review(
    _ arguments: String..., sees text: String, size: CellSize = CellSize(columns: 80, rows: 24),
    file: String = #fileID, line: Int = #line
  ) async throws -> Sitting {
    let sitting = try Sitting(
      folder, ["review", "photos/blood.manifest"] + arguments, size: size)
    try await sitting.see(text, file: file, line: line)
    return sitting
  }

  /// Takes everything back, and expects the bytes there were.
  private func undoAll(_ sitting: Sitting, to original: [UInt8]) async throws {
    sitting.type(String(repeating: "u", count: 40))
    try await sitting.seeSaved("nothing to undo")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/blood.manifest") == original)
  }

  @Test(arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func `the manifest holds what was decided and nothing else`(_ size: CellSize) async throws {
    let original = try unlabelled()
    try folder.write(original, to: "photos/blood.manifest")
    let before = try WrittenManifest(original)
    let sitting = try await review("--sort", "file", "--queue", "boxes", sees: "1/", size: size)
    sitting.type(" ")
    try await sitting.see("1 accepted")
    sitting.type("x")
    try await sitting.see("1 rejected")
    // The labels in the order of their class ids: WBC, RBC, Platelets.
    sitting.type("3")
    try await sitting.see("4/")
    sitting.type("A")
    try await sitting.see("accepted", "left")
    try await sitting.quit()

    let after = try folder.manifest("photos/blood.manifest")
    var expected = try predicted(before[0])
    let rejected = expected.remove(at: 1)
    let corrected = expected[1]
    expected[1].label = "Platelets"
    #expect(after[0].boxes() == expected)
    #expect(settled(after[0], "rejected") == [rejected])
    #expect(settled(after[0], "corrected") == (corrected.label == "Platelets" ? [] : [corrected]))
    let metadata = after[0].object("bounding-box-metadata")
    #expect(metadata["human-annotated"] as? String == "yes")
    #expect(metadata["adjustment-status"] as? String == "adjusted")
    for (old, new) in zip(before.lines, after.lines).dropFirst() { #expect(old.bytes == new.bytes) }
    let untouched = Set(["bounding-box", "bounding-box-metadata", "reticle"])
    #expect(
      TopLevel(before[0].bytes).spelling(without: untouched)
        == TopLevel(after[0].bytes).spelling(without: untouched))
    let check = try Run(
      folder, ["check", "photos/blood.manifest", "--local", "--images", "photos"])
    #expect(check.text.contains("0 errors"), "\(check.text)")

    // Undo reaches back into the sitting before.
    let again = try await review("--sort", "file", sees: "1/")
    try await undoAll(again, to: original)
  }

  @Test func `decisions can be taken back one by one`() async throws {
    let original = try folder.bytes(of: "photos/blood.manifest")
    let sitting = try await review("--sort", "confidence", sees: "1/")
    sitting.type(" x ")
    try await sitting.seeSaved("4/")
    for place in [3, 2, 1] {
      sitting.press(Key(.backspace))
      try await sitting.see("taken back", "\(place)/")
    }
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/blood.manifest") == original)
  }

  @Test func `a box is moved or resized by keys, and accepted with that`() async throws {
    let original = try unlabelled()
    try folder.write(original, to: "photos/blood.manifest")
    let first = try predicted(try WrittenManifest(original)[0])
    let sitting = try await review("--sort", "file", "--queue", "boxes", sees: "1/")
    try await sitting.see("P 2")
    sitting.type("+++l")
    try await sitting.see("1 accepted")
    sitting.type("e")
    try await sitting.see("Enter sets")
    sitting.type("LL\r")
    try await sitting.seeSaved("3/")
    try await sitting.quit()
    let boxes = try #require(try folder.manifest("photos/blood.manifest")[0].boxes())
    #expect(boxes.count == 2)
    func edges(_ box: WrittenBox) -> (left: Double, right: Double) {
      (box.left.rounded(), (box.left + box.width).rounded())
    }
    // Zoomed in, a key is a pixel; the box is whole pixels then.
    #expect(edges(boxes[0]).left == edges(first[0]).left + 1)
    #expect(edges(boxes[0]).right == edges(first[0]).right + 1)
    #expect(boxes[1].left == edges(first[1]).left)
    #expect(boxes[1].label == first[1].label)
    #expect(boxes[1].width > first[1].width)
  }

  @Test func `the threshold decides what is asked, live`() async throws {
    let original = try unlabelled()
    try folder.write(original, to: "photos/blood.manifest")
    let lines = try WrittenManifest(original).lines
    func count(_ threshold: Double) throws -> Int {
      try lines.reduce(0) { try $0 + predicted($1, from: threshold).count }
    }
    let sitting = try await review(
      "--sort", "file", "--queue", "boxes", "--threshold", "0.6", sees: "/\(try count(0.6)) ")
    sitting.type("[[")
    try await sitting.see("threshold 0.50: \(try count(0.5)) boxes")
    sitting.type("]]]]")
    try await sitting.see("threshold 0.70: \(try count(0.7)) boxes")
    sitting.type("A")
    let sure = try predicted(lines[0], from: 0.7)
    try await sitting.see("\(sure.count) accepted")
    try await sitting.quit()
    #expect(try folder.manifest("photos/blood.manifest")[0].boxes() == sure)
  }

  @Test func `a whole image is one key, and each decision's time and keys are kept`() async throws {
    let original = try unlabelled()
    try folder.write(original, to: "photos/blood.manifest")
    let sitting = try await review("--sort", "file", "--queue", "images", sees: "1/5")
    sitting.type(" ")
    try await sitting.see("2/5")
    sitting.type(" ")
    try await sitting.seeSaved("3/5")
    sitting.type(":pace\r")
    try await sitting.see("2 decisions", "verify 2")
    try await sitting.quit()
    let after = try folder.manifest("photos/blood.manifest")
    for line in after.lines.prefix(2) {
      #expect(try line.boxes() == predicted(line))
      #expect(line.mark["verified"] as? Bool == true)
      #expect(
        line.object("bounding-box-metadata")["adjustment-status"] as? String == "unadjusted")
    }
    let log = try folder.text(of: "home/.local/state/reticle/pace.jsonl").split(separator: "\n")
    #expect(log.count == 2)
    #expect(log.allSatisfy { $0.contains(#""decision":"verify""#) && $0.contains(#""keys":1"#) })
    #expect(!String(decoding: after.bytes, as: UTF8.self).contains("seconds"))
  }

  @Test func `predictions may come from a file of another format`() async throws {
    let original = try Self.fixture()
    for output in ["coco", "rekognition", "label-studio"] {
      let convert = try Run(
        folder,
        [
          "convert", "photos/blood.manifest", output, "--to", output, "--attribute", "model",
          "--as", "predictions", "--allow-lossy", "--images", "photos",
        ])
      #expect(convert.code == 0, "\(convert.errors)")
    }
    let truthless = try unlabelled()
    try folder.write(truthless, to: "photos/blood.manifest")
    for output in ["coco", "rekognition", "label-studio"] {
      let sitting = try await review(
        "--predictions", output, "--from", output, "--images", "photos", "--sort", "file",
        "--queue", "images", sees: "1/5")
      sitting.type("A")
      try await sitting.seeSaved("accepted")
      try await sitting.quit()
      let after = try folder.manifest("photos/blood.manifest")
      let boxes = try #require(after[0].boxes())
      #expect(Set(boxes.map(\.label)).isSubset(of: ["RBC", "WBC", "Platelets"]))
      let model = try #require(after[0].boxes("model"))
      // Ratios and percents become whole pixels.
      let distance = output == "coco" ? 0.001 : 0.51
      for box in boxes {
        #expect(
          model.contains {
            abs($0.left - box.left) < distance && abs($0.top - box.top) < distance
          })
      }
      try folder.write(truthless, to: "photos/blood.manifest")
    }
    try folder.write(original, to: "photos/blood.manifest")
  }

  @Test func `the overlay tells outcomes by letters`() async throws {
    let sitting = try await review(
      "--sort", "file", "--queue", "images", sees: "1/5", size: CellSize(columns: 120, rows: 36))
    try await sitting.see("T 2", "P 2")
    sitting.type("m")
    try await sitting.see("TP solid, FP dashed, FN dotted", "TP 2", "IoU.")
    sitting.type("m")
    try await sitting.see("overlay: the truth")
    try await sitting.seeNo("P 2")
    sitting.type("m")
    try await sitting.see("overlay: the predictions", "P 2")
    try await sitting.quit()
    #expect(try folder.bytes(of: "photos/blood.manifest") == Self.fixture())
  }

  @Test func `what was asked for wrongly is explained before anything is opened`() throws {
    let cases: [([String], Int32, String)] = [
      (["--filter", "is:fun"], 64, "is:fun"), (["--threshold", "2"], 64, "0 to 1"),
      (["--predictions", "nothing"], 66, "no such file"), (["--sort", "best"], 64, "best"),
      (["--predictions", "bounding-box", "--attribute", "bounding-box"], 64, "same attribute"),
    ]
    for (arguments, code, words) in cases {
      let run = try Run(folder, ["review", "photos/blood.manifest"] + arguments)
      #expect(run.code == code, "\(arguments): \(run.errors)")
      #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
    }
    #expect(!folder.has("photos/blood.manifest.lock"))
    try folder.write(Sample.line("a.png") + "\n", to: "photos/bare.manifest")
    let bare = try Run(folder, ["review", "photos/bare.manifest"])
    #expect(bare.code == 65)
    #expect(bare.errors.contains("no model wrote anything here"))
  }
}
