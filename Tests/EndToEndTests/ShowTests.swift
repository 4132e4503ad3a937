import Cells
import Foundation
import TestSupport
import Testing

/// `reticle show`, and what the program says of itself.
@Suite(.onTerminal) struct ShowTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write(
      PNG.quarters, to: "a.png")
    try folder.write(
      Sample.line("a.png", boxes: [WrittenBox("cat", 10, 10, 40, 30)]) + "\n", to: "m.manifest")
  }

  private func show(_ arguments: String..., environment: [String: String] = [:]) async throws -> Run
  {
    try await Run(folder, ["show"] + arguments, environment: environment)
  }

  private func lines(_ run: Run) -> [Substring] {
    run.text.split(separator: "\n", omittingEmptySubsequences: true)
  }

  /// A text without its colour sequences.
  private func plain(_ text: some StringProtocol) -> String {
    String(text).replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }

  @Test func `a picture fills the size asked for, and no more`() async throws {
    for (size, columns, rows) in [("40x20", 40, 15), ("80x10", 27, 10), ("8x6", 8, 3)] {
      let run = try await show("--size", size, "--color", "truecolor", "a.png")
      #expect(run.code == 0 && run.errors.isEmpty)
      let lines = lines(run).map { plain($0) }
      #expect(lines.count == rows, "\(size)")
      #expect(lines.allSatisfy { $0.count <= columns }, "\(size)")
    }
    // Without a size or a terminal, 80×24.
    #expect(lines(try await show("a.png", "--color", "truecolor")).count == 24)
  }

  @Test func `on a terminal the picture is as large as it, and in its colours`() async throws {
    let terminal = try PseudoTerminal(
      BuiltProduct.path("reticle"), ["show", "a.png"], environment: ["COLORTERM": "truecolor"],
      home: folder.home, folder: folder.path, size: CellSize(columns: 60, rows: 21))
    #expect(try await terminal.waitForExit() == .code(0))
    let screen = terminal.screen
    // 20 rows of two pixels, so 53 columns; a row is left for the prompt.
    let expected: [(Int, Int, Color)] = [
      (5, 3, .rgb(255, 0, 0)), (45, 3, .rgb(0, 255, 0)), (5, 16, .rgb(0, 0, 255)),
      (45, 16, .rgb(255, 255, 0)),
    ]
    for (column, row, color) in expected {
      #expect(screen.solidColor(at: CellPoint(column: column, row: row)) == color)
    }
    #expect(screen.rows[20].isEmpty)
    #expect(!screen.isAlternateScreen && screen.isCursorVisible)
  }

  @Test func `each colour mode writes its own sequences`() async throws {
    func text(_ color: String) async throws -> String {
      let run = try await show("--size", "40x20", "--color", color, "a.png")
      #expect(run.code == 0)
      return run.text
    }
    let exact = try await text("truecolor")
    #expect(exact.contains("48;2;255;0;0") || exact.contains("38;2;255;0;0"))
    let indexed = try await text("256")
    #expect(indexed.contains("8;5;196") && !indexed.contains("8;2;"))
    for color in ["16", "8"] {
      let basic = try await text(color)
      #expect(!basic.contains("8;5;") && !basic.contains("8;2;"), "\(color)")
      #expect(basic.contains(#/\u{1B}\[[0-9;]*(4[1-7]|3[1-7]|9[1-7]|10[1-7])/#), "\(color)")
    }
    let mono = try await text("mono")
    #expect(!mono.contains(#/\u{1B}\[[0-9;]*[34][0-9]/#))
    #expect(plain(mono).contains { !$0.isWhitespace })
  }

  @Test func `the environment says which colours there are`() async throws {
    func text(_ environment: [String: String]) async throws -> String {
      try await show("--size", "20x10", "a.png", environment: environment).text
    }
    #expect(try await text(["COLORTERM": "truecolor"]).contains("8;2;"))
    #expect(try await text(["TERM": "xterm-256color"]).contains("8;5;"))
    #expect(try await !text(["NO_COLOR": "1"]).contains(#/\u{1B}\[[0-9;]*[34][0-9]/#))
    #expect(
      try await text(["LC_ALL": "C", "COLORTERM": "truecolor"]).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `boxes of a manifest are drawn with their labels`() async throws {
    let run = try await show(
      "--size", "60x30", "--color", "truecolor", "a.png", "--boxes", "m.manifest")
    #expect(run.code == 0 && run.errors.isEmpty)
    let rows = lines(run).map { plain($0) }
    let top = try #require(rows.firstIndex { $0.contains("1 cat") })
    // The box begins at row 10 of 48, of 23 rows.
    #expect(abs(top - 10 * rows.count / 48) <= 1)
    let without = try await show("--size", "60x30", "--color", "truecolor", "a.png")
    #expect(!without.text.contains("1 cat"))
    let other = try await show(
      "--size", "60x30", "--color", "truecolor", "a.png", "--boxes", "m.manifest", "--attribute",
      "other")
    #expect(other.text == without.text)
  }

  @Test func `several pictures come one after the other, and one that fails does not stop them`()
    async throws
  {
    try folder.write("no picture", to: "bad.png")
    let run = try await show("--size", "20x10", "a.png", "bad.png", "gone.png", "a.png")
    #expect(run.code == 65)
    #expect(run.errors.contains("bad.png") && run.errors.contains("gone.png"))
    #expect(run.errors.split(separator: "\n").count == 2)
    #expect(run.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("reticle: ") })
    let one = try await show("--size", "20x10", "a.png")
    #expect(run.output == one.output + one.output)
  }

  @Test func `what is wrong has its exit code`() async throws {
    let cases: [([String], Int32, String)] = [
      (["gone.png"], 66, "gone.png"), ([], 64, "Usage: reticle show"),
      (["a.png", "--size", "12"], 64, "--size"), (["a.png", "--size", "0x5"], 64, "--size"),
      (["a.png", "--color", "many"], 64, "many"),
      (["a.png", "--boxes", "gone.manifest"], 66, "gone.manifest: there is no such manifest"),
      (["--bogus", "a.png"], 64, "--bogus"),
    ]
    for (arguments, code, message) in cases {
      let run = try await Run(folder, ["show"] + arguments)
      #expect(run.code == code, "\(arguments): \(run.errors)")
      #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  @Test func `a picture cut short is shown as far as it goes, with a warning`() async throws {
    try folder.copySamples("blood-00047.jpg")
    let whole = try folder.bytes(of: "photos/blood-00047.jpg")
    try folder.write(Array(whole.prefix(whole.count / 2)), to: "cut.jpg")
    let run = try await show("--size", "40x20", "cut.jpg")
    #expect(run.code == 0)
    #expect(run.errors.contains("cut.jpg: "))
    #expect(lines(run).count == 15)
  }

  @Test func `a reader that leaves early is no error`() async throws {
    try folder.copySamples("blood-00047.jpg")
    let program = BuiltProduct.path("reticle")
    let run = try await Run(
      folder,
      [
        "-c",
        "'\(program)' show --size 200x200 --color truecolor photos/*.jpg photos/*.jpg photos/*.jpg"
          + " | head -c 100 >/dev/null; echo ${PIPESTATUS[0]}",
      ], program: "/bin/bash")
    #expect(["0\n", "141\n"].contains(run.text))
    #expect(run.errors.isEmpty)
  }

  // MARK: Help

  @Test func `every command has its help, and the program its version`() async throws {
    for arguments in [
      ["--help"], ["label", "--help"], ["show", "--help"], ["help", "label"], ["-h"],
    ] {
      let run = try await Run(folder, arguments)
      #expect(run.code == 0 && run.errors.isEmpty, "\(arguments)")
      #expect(run.text.contains("USAGE: reticle"), "\(arguments)")
    }
    let label = try await Run(folder, ["label", "--help"]).text
    for option in [
      "--output", "--labels", "--attribute", "--images", "--s3-prefix", "--read-only", "--task",
      "--box-space", "--job", "--preset", "--color", "--glyphs", "EXAMPLES",
    ] {
      #expect(label.contains(option))
    }
    let version = try await Run(folder, ["--version"])
    #expect(version.code == 0)
    #expect(version.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test func `help keys prints the table of each preset`() async throws {
    let keys = try await Run(folder, ["help", "keys"])
    #expect(keys.code == 0)
    for text in ["d  PgDn", "next image", "WHILE DRAWING", "hint grid", ":preset"] {
      #expect(keys.text.contains(text))
    }
    #expect(keys.text.utf8.allSatisfy { $0 != 0x1B })
    let vim = try await Run(folder, ["help", "keys", "--preset", "vim"])
    #expect(vim.code == 0 && vim.text != keys.text && vim.text.contains("dd  x"))
    let markdown = try await Run(folder, ["help", "keys", "--markdown"])
    #expect(markdown.text.hasPrefix("| Images | |\n|---|---|\n"))
  }
}
