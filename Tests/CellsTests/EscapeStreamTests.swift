import Cells
import Testing

@Suite struct EscapeStreamTests {
  private func encode(
    _ cells: [Cell], _ depth: ColorDepth = .truecolor, isUnicode: Bool = true
  ) -> String {
    var grid = CellGrid(size: CellSize(columns: cells.count, rows: 1))
    for (column, cell) in cells.enumerated() { grid[column, 0] = cell }
    let stream = EscapeStream(for: ScreenCapabilities(depth: depth, isUnicode: isUnicode))
    return String(decoding: stream.encode(grid), as: UTF8.self)
      .replacing("\u{1B}[", with: "^")
  }

  private func styled(
    _ glyph: Unicode.Scalar, _ foreground: Color, _ background: Color = .standard,
    _ attributes: Style.Attributes = []
  ) -> Cell {
    Cell(
      glyph, style: Style(foreground: foreground, background: background, attributes: attributes))
  }

  @Test func `plain text has no escapes`() {
    #expect(encode([Cell("a"), Cell(" "), Cell("é")]) == "a é\n")
  }

  @Test func `both colours go in one sequence and are not repeated`() {
    let red = Color.rgb(255, 0, 7)
    let blue = Color.rgb(0, 10, 200)
    #expect(
      encode([styled("▄", red, blue), styled("▀", red, blue), styled("▌", red, red)])
        == "^38;2;255;0;7;48;2;0;10;200m▄▀^48;2;255;0;7m▌^0m\n")
    #expect(
      encode([styled("a", red, blue), styled("b", .standard, blue)])
        == "^38;2;255;0;7;48;2;0;10;200ma^39mb^0m\n")
  }

  @Test func `a blank needs no foreground`() {
    let blue = Color.indexed(20)
    #expect(
      encode([
        styled("x", .indexed(1)), styled(" ", .indexed(2), blue), styled("y", .indexed(1), blue),
      ])
        == "^38;5;1mx^48;5;20m y^0m\n")
    #expect(encode([styled(" ", .indexed(2), .standard, .underline)]) == "^4;38;5;2m ^0m\n")
    #expect(encode([styled(" ", .indexed(2), .standard, .reverse)]) == "^7;38;5;2m ^0m\n")
  }

  @Test func `dropping an attribute resets what else is set`() {
    let red = Color.indexed(1)
    #expect(
      encode([styled("a", red, .standard, [.bold, .reverse]), styled("b", red, .standard, .bold)])
        == "^1;7;38;5;1ma^0;1;38;5;1mb^0m\n")
    #expect(encode([styled("a", .standard, .standard, .dim), Cell("b")]) == "^2ma^0mb\n")
    #expect(
      encode([styled("a", .standard, .standard, .underline), Cell(" "), Cell("b")]) == "^4ma^0m b\n"
    )
  }

  @Test func `each row stands alone`() {
    var grid = CellGrid(size: CellSize(columns: 1, rows: 2))
    grid[0, 0] = styled("a", .indexed(1))
    grid[0, 1] = styled("b", .indexed(1))
    let stream = EscapeStream(for: ScreenCapabilities(depth: .palette16, isUnicode: true))
    #expect(
      String(decoding: stream.encode(grid), as: UTF8.self)
        == "\u{1B}[31ma\u{1B}[0m\n\u{1B}[31mb\u{1B}[0m\n")
  }

  @Test(arguments: [
    (ColorDepth.truecolor, "^38;2;255;0;0;48;5;201mx^0m\n"),
    (.palette256, "^38;5;196;48;5;201mx^0m\n"),
    (.palette16, "^91;105mx^0m\n"),
    (.palette8, "^31;45mx^0m\n"),
    (.mono, "x\n"),
  ])
  func `colours come down to what the receiver shows`(depth: ColorDepth, shown: String) {
    #expect(encode([styled("x", .rgb(255, 0, 0), .indexed(201))], depth) == shown)
  }

  @Test func `without colours attributes remain`() {
    #expect(encode([styled("x", .rgb(1, 2, 3), .indexed(4), .reverse)], .mono) == "^7mx^0m\n")
  }

  @Test func `without Unicode characters fall back to ASCII`() {
    #expect(
      encode([Cell("┌"), Cell("─"), Cell("▕"), Cell("▫"), Cell("中"), Cell("\0")], isUnicode: false)
        == "+-|o? \n")
  }

  @Test func `nothing that acts on a terminal is sent and no row is shifted`() {
    #expect(encode([Cell("\u{1B}"), Cell("\u{9B}"), Cell("\n"), Cell("\u{202E}")]) == "????\n")
    #expect(
      encode([Cell("a", mark: "\u{301}"), Cell("b", mark: "\u{7}"), Cell("c", mark: "x")])
        == "a\u{301}bc\n")
    #expect(encode([Cell("中"), Cell("\0"), Cell("a")]) == "中a\n")
    #expect(encode([Cell("中"), Cell("a"), Cell("\0"), Cell("文")]) == "?a ?\n")
  }

  @Test func `an empty grid gives no bytes`() {
    let stream = EscapeStream(for: ScreenCapabilities(depth: .truecolor, isUnicode: true))
    #expect(stream.encode(CellGrid(size: CellSize(columns: 0, rows: 0))).isEmpty)
  }

  @Test func `a terminal repeats and erases what a pager gets in full`() {
    let red = Style(background: .rgb(255, 0, 0))
    var grid = CellGrid(size: CellSize(columns: 60, rows: 1))
    for column in 0..<20 { grid[column, 0] = Cell(" ", style: red) }
    for column in 20..<24 { grid[column, 0] = Cell("▄", style: red) }
    grid[24, 0] = Cell("▄", mark: "\u{301}", style: red)
    func encode(_ shortcuts: EscapeStream.Shortcuts) -> String {
      let screen = ScreenCapabilities(depth: .truecolor, isUnicode: true)
      return String(
        decoding: EscapeStream(for: screen, shortcuts: shortcuts).encode(grid), as: UTF8.self
      ).replacing("\u{1B}[", with: "^")
    }
    let start = "^48;2;255;0;0m "
    #expect(
      encode([.repetition]) == start + "^19b^39m▄^3b▄\u{301}^49m ^34b\n".replacing("^39m", with: "")
    )
    #expect(
      encode([.erasure])
        == start + String(repeating: " ", count: 19) + "▄▄▄▄▄\u{301}^49m^35X^35C\n")
    #expect(!encode([]).contains("X") && !encode([]).contains("b"))
  }
}
