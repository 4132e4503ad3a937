import Cells
import Foundation
import TestSupport
import Testing

/// A review of predictions on a real terminal, on five photos of blood.
@Suite(.onTerminal) struct ReviewTests {
  private let photos: ReviewFolder
  private var folder: Folder { photos.folder }

  init() throws { photos = try ReviewFolder() }

  private func settled(_ line: WrittenManifest.Line, _ name: String) -> [WrittenBox] {
    (line.mark[name] as? [[String: Any]] ?? []).map { box in
      func number(_ name: String) -> Double { (box[name] as? NSNumber)?.doubleValue ?? .nan }
      return WrittenBox(
        box["label"] as? String ?? "?", number("left"), number("top"), number("width"),
        number("height"))
    }
  }

  /// Takes everything back, and expects the bytes there were.
  private func undoAll(_ sitting: Sitting, to original: [UInt8]) async throws {
    sitting.type(String(repeating: "u", count: 40))
    try await sitting.seeSaved("nothing to undo")
    try await sitting.quit()
    #expect(try folder.bytes(of: ReviewFolder.manifest) == original)
  }

  @Test(arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func `the manifest holds what was decided and nothing else`(_ size: CellSize) async throws {
    let original = try photos.dropTruth()
    let before = try WrittenManifest(original)
    let sitting = try await photos.review(
      "--sort", "file", "--queue", "boxes", sees: "1/", size: size)
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

    let after = try folder.manifest(ReviewFolder.manifest)
    var expected = try before[0].predicted().map(\.box)
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
    let check = try await Run(
      folder, ["check", ReviewFolder.manifest, "--local", "--images", "photos"])
    #expect(check.text.contains("0 errors"), "\(check.text)")

    // Undo reaches back into the sitting before.
    let again = try await photos.review("--sort", "file", sees: "1/")
    try await undoAll(again, to: original)
  }

  @Test func `decisions can be taken back one by one`() async throws {
    let original = try folder.bytes(of: ReviewFolder.manifest)
    let sitting = try await photos.review("--sort", "confidence", sees: "1/")
    sitting.type(" x ")
    try await sitting.seeSaved("4/")
    for place in [3, 2, 1] {
      sitting.press(Key(.backspace))
      try await sitting.see("taken back", "\(place)/")
    }
    try await sitting.quit()
    #expect(try folder.bytes(of: ReviewFolder.manifest) == original)
  }

  @Test func `a box is moved or resized by keys, and accepted with that`() async throws {
    let original = try photos.dropTruth()
    let first = try WrittenManifest(original)[0].predicted().map(\.box)
    let sitting = try await photos.review("--sort", "file", "--queue", "boxes", sees: "1/")
    try await sitting.see("P 2")
    sitting.type("+++l")
    try await sitting.see("1 accepted")
    sitting.type("e")
    try await sitting.see("Enter sets")
    sitting.type("LL\r")
    try await sitting.seeSaved("3/")
    try await sitting.quit()
    let boxes = try #require(try folder.manifest(ReviewFolder.manifest)[0].boxes())
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
    let original = try photos.dropTruth()
    let lines = try WrittenManifest(original).lines
    func count(_ threshold: Double) throws -> Int {
      try lines.reduce(0) { try $0 + $1.predicted(from: threshold).count }
    }
    let sitting = try await photos.review(
      "--sort", "file", "--queue", "boxes", "--threshold", "0.6", sees: "/\(try count(0.6)) ")
    sitting.type("[[")
    try await sitting.see("threshold 0.50: \(try count(0.5)) boxes")
    sitting.type("]]]]")
    try await sitting.see("threshold 0.70: \(try count(0.7)) boxes")
    sitting.type("A")
    let sure = try lines[0].predicted(from: 0.7).map(\.box)
    try await sitting.see("\(sure.count) accepted")
    try await sitting.quit()
    #expect(try folder.manifest(ReviewFolder.manifest)[0].boxes() == sure)
  }

  @Test func `a whole image is one key, and each decision's time and keys are kept`() async throws {
    try photos.dropTruth()
    let sitting = try await photos.review("--sort", "file", "--queue", "images", sees: "1/5")
    sitting.type(" ")
    try await sitting.see("2/5")
    sitting.type(" ")
    try await sitting.seeSaved("3/5")
    sitting.type(":pace\r")
    try await sitting.see("2 decisions", "verify 2")
    try await sitting.quit()
    let after = try folder.manifest(ReviewFolder.manifest)
    for line in after.lines.prefix(2) {
      #expect(try line.boxes() == line.predicted().map(\.box))
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
    for output in ["coco", "rekognition", "label-studio"] {
      let convert = try await Run(
        folder,
        [
          "convert", ReviewFolder.manifest, output, "--to", output, "--attribute", "model",
          "--as", "predictions", "--allow-lossy", "--images", "photos",
        ])
      #expect(convert.code == 0, "\(convert.errors)")
    }
    let truthless = try photos.dropTruth()
    for output in ["coco", "rekognition", "label-studio"] {
      let sitting = try await photos.review(
        "--predictions", output, "--from", output, "--images", "photos", "--sort", "file",
        "--queue", "images", sees: "1/5")
      sitting.type("A")
      try await sitting.seeSaved("accepted")
      try await sitting.quit()
      let after = try folder.manifest(ReviewFolder.manifest)
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
      try folder.write(truthless, to: ReviewFolder.manifest)
    }
  }

  @Test func `the overlay tells outcomes by letters`() async throws {
    let sitting = try await photos.review(
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
    #expect(try folder.bytes(of: ReviewFolder.manifest) == ReviewFolder.labelled())
  }

  @Test func `what was asked for wrongly is explained before anything is opened`() async throws {
    let cases: [([String], Int32, String)] = [
      (["--filter", "is:fun"], 64, "is:fun"), (["--threshold", "2"], 64, "0 to 1"),
      (["--predictions", "nothing"], 66, "no such file"), (["--sort", "best"], 64, "best"),
      (["--predictions", "bounding-box", "--attribute", "bounding-box"], 64, "same attribute"),
    ]
    for (arguments, code, words) in cases {
      let run = try await Run(folder, ["review", ReviewFolder.manifest] + arguments)
      #expect(run.code == code, "\(arguments): \(run.errors)")
      #expect(run.errors.contains(words), "\(arguments): \(run.errors)")
    }
    #expect(!folder.has("photos/blood.manifest.lock"))
    try folder.write(Sample.line("a.png") + "\n", to: "photos/bare.manifest")
    let bare = try await Run(folder, ["review", "photos/bare.manifest"])
    #expect(bare.code == 65)
    #expect(bare.errors.contains("no model wrote anything here"))
  }
}
