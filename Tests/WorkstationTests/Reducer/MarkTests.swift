import Testing

@testable import Workstation

@Suite("What is said of whole images")
struct MarkTests {
  @Test("Space verifies and goes on; without boxes nothing is there")
  func verify() throws {
    try expect(
      "100×80 | RBC 1,1 2×2\n100×80", "Space", "  100×80 | RBC 1,1 2×2 | verified\n> 100×80",
      effects: "verify")
    try expect(
      "100×80\n100×80", "Space", "  100×80 | nothing there | verified\n> 100×80",
      effects: "verify: nothing there")
    try expect(
      "100×80 | [cat]\n100×80", "Space", "  100×80 | [cat] | verified\n> 100×80", effects: "verify")
    try expect(
      "100×80 | RBC 1,1 2×2 | skipped", "Space", "100×80 | RBC 1,1 2×2 | verified",
      effects: "verify")
  }

  @Test("in a classification task nothing is said of boxes")
  func verifyClassification() throws {
    try expect("100×80", "Space", "100×80 | verified", effects: "verify: nothing there") {
      $0.task = .classification
    }
  }

  @Test("verifying twice is one edit")
  func twice() throws {
    try expect(
      "100×80 | RBC 1,1 2×2", "Space Space", "100×80 | RBC 1,1 2×2 | verified", effects: "verify")
  }

  @Test("verifying a model's boxes vouches for them and keeps the rest of the line")
  func vouch() throws {
    let line =
      #"{"source-ref": "a.jpg", "bounding-box": {"image_size": [{"width": 100, "height": 80, "depth": 3}], "annotations": [{"class_id": 0, "left": 1.50, "top": 2, "width": 3, "height": 4}]}, "bounding-box-metadata": {"objects": [{"confidence": 0.75}], "class-map": {"0": "RBC"}, "type": "groundtruth/object-detection", "human-annotated": "no", "creation-date": "2020-01-01T00:00:00", "job-name": "model"}, "x": 1.0e0}"#
    var bench = Bench(
      lines: [Array(line.utf8)], images: try Album("100×80").images, labels: ["RBC"],
      Settings(title: "t"), screen: Bench.screen)
    try bench.run("Space")
    let now = String(decoding: bench.lines[0], as: UTF8.self)
    let expected = line.replacing(#""human-annotated": "no""#, with: #""human-annotated": "yes""#)
      .replacing("2020-01-01T00:00:00", with: "2026-09-21T14:13:20.000000")
      .replacing(#""x": 1.0e0}"#, with: #""x": 1.0e0, "reticle": {"verified": true}}"#)
    #expect(now == expected)
  }

  @Test("verifying what a model labelled as a whole vouches for it, and not for predictions")
  func vouchForLabels() throws {
    func pair(_ name: String, _ who: String) -> String {
      #""\#(name)":0,"\#(name)-metadata":{"class-name":"cat","confidence":0.97,"#
        + #""type":"groundtruth/image-classification","job-name":"model","#
        + #""human-annotated":"\#(who)","creation-date":"2020-01-01T00:00:00"}"#
    }
    let line = #"{"source-ref":"a.jpg",\#(pair("image-label_cat", "no"))"#
    let rest = "," + pair("predictions_cat", "no")
    var settings = Settings(title: "t")
    settings.task = .classification
    var bench = Bench(
      lines: [Array((line + rest + "}").utf8)], images: try Album("100×80").images,
      labels: ["cat"], settings, screen: Bench.screen)
    try bench.run("Space")
    let now = String(decoding: bench.lines[0], as: UTF8.self)
    let expected =
      line.replacing(#""no""#, with: #""yes""#)
      .replacing("2020-01-01T00:00:00", with: "2026-09-21T14:13:20.000000")
    #expect(now == expected + rest + #","reticle":{"verified":true}}"#)
  }

  @Test("s puts off and goes on; again takes it back and stays")
  func skip() throws {
    try expect("100×80\n100×80", "s", "  100×80 | skipped\n> 100×80", effects: "skip")
    try expect("100×80\n100×80", "s a s", "> 100×80\n  100×80", effects: "skip, skip")
  }

  @Test("D leaves the image out and stays; again takes it back")
  func exclude() throws {
    try expect("100×80\n100×80", "D", "> 100×80 | left out\n  100×80", effects: "leave out")
    try expect("100×80", "D D", "100×80", effects: "leave out, leave out")
    try expect("100×80 | skipped", "D", "100×80 | skipped | left out", effects: "leave out")
  }

  @Test("f flags with a note, changes it, and takes it away")
  func flag() throws {
    try expect("100×80", "f \"too dark\" Enter", "100×80 | flag: too dark", effects: "flag")
    try expect("100×80", "f Enter", "100×80 | flag", effects: "flag")
    try expect("100×80", "f \"x\" Esc", "100×80")
    try expect(
      "100×80 | flag: dark", "f Space \"side\" Enter", "100×80 | flag: dark side", effects: "flag")
    try expect("100×80 | flag: dark", "f Ctrl+U \"-\" Enter", "100×80", effects: "unflag")
    try expect("100×80 | flag: dark", "f Enter", "100×80 | flag: dark")
  }
}
