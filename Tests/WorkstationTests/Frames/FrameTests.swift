import Cells
import Mosaic
import Raster
import TestSupport
import Testing

@testable import Workstation

/// What is on the screen, against snapshots: `RECORD_SNAPSHOTS=1` writes them anew.
///
/// Pictures are one colour, so that the second block tells the styles of what is laid over them.
@Suite("Frames")
struct FrameTests {
  /// A frame to be looked at.
  struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var size = CellSize(columns: 80, rows: 24)
    var album = FrameTests.album
    var keys = ""
    var change: @Sendable (inout Settings) -> Void = { _ in }

    var testDescription: String { name }
  }

  static let album =
    "100×80 | RBC 10,20 30×40 | WBC 50,8 24×20 | Platelets 70,60 9×9 | flag: look again\n"
    + "100×80\n100×80 | nothing there | verified"

  static let scenes: [Scene] = [
    Scene(name: "label-80x24"),
    Scene(name: "label-120x36", size: CellSize(columns: 120, rows: 36)),
    Scene(name: "label-200x60", size: CellSize(columns: 200, rows: 60)),
    Scene(name: "no-panels-120x36", size: CellSize(columns: 120, rows: 36), keys: "T"),
    Scene(name: "classification-120x36", size: CellSize(columns: 120, rows: 36), keys: "2 3") {
      $0.task = .classification
    },
    Scene(name: "selection-80x24", keys: "Tab"),
    Scene(name: "selection-120x36", size: CellSize(columns: 120, rows: 36), keys: "Tab Tab"),
    Scene(name: "draft", keys: "2 w L J"),
    Scene(name: "edit", keys: "Tab e l j"),
    Scene(name: "crosshair", keys: "l"),
    Scene(name: "zoomed", keys: "Tab z +"),
    Scene(name: "boxes-off", keys: "b l"),
    Scene(name: "numbers", keys: "B l"),
    Scene(name: "hints", size: CellSize(columns: 60, rows: 16), keys: "'"),
    Scene(name: "hints-second-letter", size: CellSize(columns: 60, rows: 16), keys: "' s"),
    Scene(name: "picker", keys: "c \"b\" Down"),
    Scene(name: "picker-120x36", size: CellSize(columns: 120, rows: 36), keys: "c"),
    Scene(name: "completions-80x24", keys: ": \"zoom\" Tab Tab"),
    Scene(
      name: "completions-120x36", size: CellSize(columns: 120, rows: 36), keys: "/ \"is:\" Tab"),
    Scene(name: "training-80x24", keys: ": \"train\" Enter l"),
    Scene(
      name: "training-120x36", size: CellSize(columns: 120, rows: 36),
      keys: ": \"train v2\" Enter l"),
    Scene(name: "leaving-training", keys: ": \"train v2\" Enter q"),
    Scene(name: "looking", keys: "d r Tab"),
    Scene(name: "prompt", keys: ": \"brightness 20\" Left Left"),
    Scene(name: "info", keys: "i"),
    Scene(name: "labels-narrow", keys: "t j 3"),
    Scene(name: "labels-120x36", size: CellSize(columns: 120, rows: 36), keys: "t j 3"),
    Scene(name: "failure", album: "100×80! | RBC 1,1 2×2"),
    Scene(name: "loading", album: "100×80?"),
    Scene(
      name: "consent", album: "100×80?",
      keys: "<refuse 1 The image has 120 megapixels: showing it takes 480 MB of memory.>"),
    Scene(name: "nothing-there", keys: "G"),
    Scene(name: "turned", album: "60×100@ | RBC 10,20 30×40", keys: "") { $0.boxSpace = .stored },
    Scene(name: "read-only", keys: "x") { $0.readOnlyReason = "kim has this manifest open" },
    Scene(name: "trouble", keys: "Tab x <disk No room is left on the disk: free some.>"),
    Scene(name: "filtered", keys: "/ \"is:flagged\" Enter l"),
    Scene(name: "mono", keys: "Tab") { $0.capabilities.depth = .mono },
    Scene(name: "palette8", keys: "Tab") { $0.capabilities.depth = .palette8 },
    Scene(name: "too-small", size: CellSize(columns: 39, rows: 11)),
    Scene(name: "smallest", size: CellSize(columns: 40, rows: 12), keys: "Tab"),
  ]

  @Test("as recorded", arguments: scenes)
  func snapshot(scene: Scene) throws {
    var bench = try Bench(scene.album, screen: scene.size) {
      $0.title = "bccd/output.manifest"
      $0.glyphs = .auto
      scene.change(&$0)
    }
    try bench.run(scene.keys)
    #expect(bench.state.frame.size == scene.size)
    try expectSnapshot(FrameText(frame: bench.state.frame).description, named: scene.name)
  }

  /// The help is snapshotted as text only: its words are tested with the key table.
  @Test(
    "help fits the screen",
    arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func help(size: CellSize) throws {
    var bench = try Bench(Self.album, screen: size)
    try bench.run("?")
    let text = bench.screenText
    #expect(text.contains("IMAGES") && text.contains("next image"))
    try bench.run("G")
    #expect(bench.screenText.contains("every command here by its name"))
  }

  @Test(
    "labels from files do no harm",
    arguments: [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)])
  func hostile(size: CellSize) throws {
    let labels = [
      "esc\u{1B}[31mred\u{7}", "\u{202E}gnihsab", "👩‍👩‍👧 family", "漢字の札",
      "e\u{301}\u{302}galite\u{301}",
      String(repeating: "long ", count: 51) + "x", "tab\tnew\nline", "\u{9B}31m",
    ]
    let boxes = labels.enumerated().map { number, label in
      Subject.ShownBox(
        rect: PixelRect(left: Double(number * 11), top: Double(number * 9), width: 40, height: 12),
        label: label, source: nil)
    }
    var bench = try Bench("100×80", screen: size, labels: labels)
    bench.state.clipboard = boxes
    for keys in ["p", "Tab Tab Tab", "B", "t", "Esc c", "Esc i", "Esc Tab w L", "Esc Tab Tab"] {
      try bench.run(keys)
      let frame = bench.state.frame
      #expect(Self.problem(frame) == nil, "\(keys)")
      #expect(!frame.cells.contains { Self.isHarmful($0.glyph) }, "\(keys)")
    }
    try expectSnapshot(bench.screenText, named: "hostile-\(size.columns)x\(size.rows)")
  }

  @Test("a thousand boxes")
  func thousand() throws {
    let boxes = (0..<1000).map { "RBC \($0 % 40 * 25),\($0 / 40 * 32) 20×25" }
    var bench = try Bench(
      "1000×800 | " + boxes.joined(separator: " | "), screen: CellSize(columns: 200, rows: 60))
    try bench.run("Shift+Tab")
    let text = bench.screenText
    #expect(text.contains("Boxes 1000") && text.contains("▸1000/1000 RBC 975,768 20×25"))
    #expect(Self.problem(bench.state.frame) == nil)
  }

  @Test("boxes far outside the image, as a file may have them, are passed over")
  func farBoxes() throws {
    let numbers = ["1e300", "-1e300", "9.3e18", "4294967296"]
    for number in numbers {
      for (left, width) in [(number, "5"), ("5", number)] {
        let line =
          #"{"source-ref":"a.jpg","bounding-box":{"image_size":[{"width":100,"height":80,"depth":3}],"annotations":[{"class_id":0,"left":\#(left),"top":5,"width":\#(width),"height":5},{"class_id":0,"top":\#(left),"left":5,"height":\#(width),"width":5}]},"bounding-box-metadata":{"objects":[{"confidence":1},{"confidence":1}],"class-map":{"0":"RBC"},"type":"groundtruth/object-detection","human-annotated":"yes","creation-date":"2020-01-01T00:00:00","job-name":"x"}}"#
        var bench = Bench(
          lines: [Array(line.utf8)], images: try Album("100×80").images, labels: ["RBC"],
          Settings(title: "t"), screen: Bench.screen)
        for keys in [
          "Tab", "z", "z Tab", "z z +", "<press 20,10>", "<release 20,10>", "i", "Esc l",
        ] {
          try bench.run(keys)
          #expect(bench.state.frame.size == Bench.screen, "\(left) \(width)")
        }
      }
    }
  }

  /// What is wrong with a frame, if anything is: half of a wide character, a zero-width glyph.
  static func problem(_ frame: CellGrid) -> String? {
    for row in 0..<frame.size.rows {
      for column in 0..<frame.size.columns {
        let cell = frame[column, row]
        let next = column + 1 < frame.size.columns ? frame[column + 1, row] : nil
        if cell.glyph.columnWidth == 2, next?.isContinuation != true {
          return "the left half of \(cell.glyph) at \(column),\(row) stands alone"
        }
        if cell.isContinuation, column == 0 || frame[column - 1, row].glyph.columnWidth != 2 {
          return "a right half at \(column),\(row) stands alone"
        }
        if !cell.isContinuation, cell.glyph.columnWidth == 0 {
          return "a glyph without width at \(column),\(row)"
        }
      }
    }
    return nil
  }

  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x20 && scalar.value != 0) || (0x7F..<0xA0).contains(scalar.value)
      || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }
}
