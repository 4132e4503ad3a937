import Cells
import Glibc
import TestSupport
import Testing

@testable import Terminal

/// Every cell drawn is read back from the terminal.
struct DrawingTests {
  static let terminals = [
    "xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100", "xterm-kitty", "foot",
    "alacritty", "xterm",
  ].filter { name in
    ["/lib/terminfo", "/usr/share/terminfo", "/etc/terminfo"].contains {
      access("\($0)/\(name.prefix(1))/\(name)", R_OK) == 0
    }
  }

  @Test(arguments: terminals, ColorChoice.allCases.filter { $0 != .auto })
  func `pictures arrive as they were drawn`(_ terminal: String, _ color: ColorChoice) async throws {
    try await check(.picture, terminal, color, seed: 1)
  }

  @Test(arguments: terminals, [ColorChoice.truecolor, .palette256, .palette8, .mono])
  func `text of all widths arrives as it was drawn`(
    _ terminal: String, _ color: ColorChoice
  ) async throws {
    try await check(.text, terminal, color, seed: 2)
  }

  @Test(arguments: terminals, [ColorChoice.truecolor, .mono])
  func `without Unicode, ASCII arrives`(_ terminal: String, _ color: ColorChoice) async throws {
    try await check(.text, terminal, color, seed: 3, locale: "C")
  }

  private func check(
    _ kind: RandomFrame.Kind, _ terminal: String, _ color: ColorChoice, seed: UInt64,
    locale: String = "C.UTF-8"
  ) async throws {
    // Small, because unoptimised code takes its time to find the nearest colours.
    let size = CellSize(columns: 40, rows: 9)
    let running = try probe(
      "frames", kind.rawValue, "\(seed)", color.rawValue, terminal: terminal,
      environment: ["LC_ALL": locale], size: size)
    let depth = ColorDetection.depth(choice: color, environment: [:], terminal: terminal)
    for number in 0..<3 {
      if number > 0 { running.send("n") }
      let frame = RandomFrame.make(kind, size: size, seed: seed + UInt64(number))
      let shown = Expectation(
        depth: depth, isUnicode: locale != "C", keepsUnderline: terminal != "linux"
      ).shown(frame)
      do {
        try await running.waitUntil("frame \(number)") { shown.matches($0.cells) }
      } catch {
        Issue.record("\(shown.difference(from: running.screen.cells)): \(error)")
        return
      }
    }
    running.send("q")
    #expect(try await running.waitForExit() == .code(0))
    #expect(!running.screen.isAlternateScreen || terminal == "vt100" || terminal == "linux")
  }

  @Test(arguments: 0..<6)
  func `hostile cells garble nothing around them`(_ seed: Int) async throws {
    let size = CellSize(columns: 60, rows: 20)
    let running = try probe("frames", "hostile", "\(seed)", "truecolor", size: size)
    let frame = RandomFrame.make(.hostile, size: size, seed: UInt64(seed))
    try await running.waitUntil("every a in its place") { screen in
      frame.cells.indices.allSatisfy { index in
        let cell = frame.cells[index]
        return cell.glyph != "a" || screen.cells.cells[index].glyph == "a"
      }
    }
  }

  @Test func `a repaint mends what another program garbled`() async throws {
    let size = CellSize(columns: 60, rows: 20)
    let running = try probe("frames", "picture", "7", "truecolor", size: size)
    let shown = Expectation(depth: .truecolor).shown(
      RandomFrame.make(.picture, size: size, seed: 7))
    try await running.waitUntil("the frame") { shown.matches($0.cells) }
    let before = running.byteCount
    running.send("r")
    try await running.waitUntil("the frame again") {
      running.byteCount > before + size.area * 10 && shown.matches($0.cells)
    }
  }

  @Test func `a storm of resizes ends in a right frame`() async throws {
    let running = try probe("frames", "picture", "9", "truecolor")
    var generator = SeededGenerator(for: "resizes")
    for _ in 0..<40 {
      let columns = 1 + Int(generator.next() % 150)
      running.resize(to: CellSize(columns: columns, rows: 1 + Int(generator.next() % 50)))
    }
    for size in [CellSize(columns: 1, rows: 1), CellSize(columns: 200, rows: 50)] {
      running.resize(to: size)
      let shown = Expectation(depth: .truecolor).shown(
        RandomFrame.make(.picture, size: size, seed: 9))
      try await running.waitUntil("a frame of \(size)") { shown.matches($0.cells) }
    }
  }
}

/// What a terminal of some depth should show of a frame.
private struct Expectation {
  var depth: ColorDepth
  var isUnicode = true
  var keepsUnderline = true

  func shown(_ frame: CellGrid) -> ExpectedFrame {
    var grid = frame
    for row in 0..<frame.size.rows {
      for column in 0..<frame.size.columns {
        grid[column, row] = shown(frame[column, row])
      }
    }
    return ExpectedFrame(grid: grid, keepsUnderline: keepsUnderline)
  }

  private func shown(_ cell: Cell) -> Cell {
    var cell = cell
    cell.style.foreground = shown(cell.style.foreground)
    cell.style.background = shown(cell.style.background)
    guard !isUnicode else { return cell }
    cell.mark = nil
    // Both halves of a wide character are `?`.
    cell.glyph = cell.isContinuation ? "?" : cell.glyph.asciiFallback
    return cell
  }

  private func shown(_ color: Color) -> Color {
    switch (color, depth) {
    case (.standard, _), (_, .mono): return .standard
    case (.rgb, .truecolor): return color
    case (.indexed(let index), .truecolor):
      let entry = Palette.xterm[Int(index)]
      return .rgb(entry.red, entry.green, entry.blue)
    case (.indexed, .palette256): return color
    case (.indexed(let index), _):
      if depth.paletteIndices?.contains(index) == true { return color }
      let entry = Palette.xterm[Int(index)]
      return .indexed(Palette.nearest(entry.red, entry.green, entry.blue, in: depth))
    case (.rgb(let red, let green, let blue), _):
      return .indexed(Palette.nearest(red, green, blue, in: depth))
    }
  }
}

private struct ExpectedFrame {
  var grid: CellGrid
  var keepsUnderline: Bool

  func matches(_ other: CellGrid) -> Bool {
    grid.size == other.size && zip(grid.cells, other.cells).allSatisfy(isSame)
  }

  func difference(from other: CellGrid) -> String {
    let wrong = zip(grid.cells, other.cells).enumerated().filter { !isSame($0.element) }
    return "\(wrong.count) wrong cells, \(wrong.prefix(3))"
  }

  private func isSame(_ pair: (Cell, Cell)) -> Bool {
    var (one, other) = pair
    // The right half has no look of its own.
    if one.isContinuation { return other.isContinuation }
    if !keepsUnderline {
      one.style.attributes.remove(.underline)
      other.style.attributes.remove(.underline)
    }
    return one == other
  }
}
