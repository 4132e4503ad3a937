import Cells
import Mosaic
import Raster
import TestSupport
import Testing

@Suite struct BoxOutlineTests {
  /// An image of 200×100 pixels in 20×5 cells: 10 pixels a column, 20 a row.
  private static let viewport = Viewport(
    fitting: PixelSize(width: 200, height: 100), in: CellSize(columns: 20, rows: 5))

  private func rect(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> PixelRect {
    PixelRect(left: left, top: top, width: right - left, height: bottom - top)
  }

  private func drawing(
    _ rects: PixelRect..., glyphs: OutlineGlyphs = .blocks, line: LineStyle = .solid,
    in viewport: Viewport = viewport
  ) -> String {
    var grid = CellGrid(size: viewport.pane)
    let outline = BoxOutline(glyphs: glyphs, line: line)
    for rect in rects {
      for cell in outline.cells(for: rect, in: viewport) {
        grid[cell.point.column, cell.point.row] = Cell(cell.glyph)
      }
    }
    return grid.description
  }

  @Test func `a box through the middle of cells has corners`() {
    #expect(
      drawing(rect(25, 10, 75, 70)) == """
          ┌────┐
          │    │
          │    │
          └────┘

        """)
    #expect(
      drawing(rect(25, 10, 75, 70), glyphs: .ascii) == """
          +----+
          |    |
          |    |
          +----+

        """)
  }

  @Test func `a box along cell borders lies inside them`() {
    #expect(
      drawing(rect(20, 20, 80, 80)) == """

          ▏▔▔▔▔▕
          ▏    ▕
          ▏▁▁▁▁▕

        """)
  }

  @Test func `a box over the whole image stays in the pane`() {
    #expect(
      drawing(rect(0, 0, 200, 100)) == """
        ▏▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▕
        ▏                  ▕
        ▏                  ▕
        ▏                  ▕
        ▏▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▕
        """)
    // A scale whose reciprocal isn't exact: the right edge still belongs to the last cell inside.
    for width in 1...300 {
      let image = PixelSize(width: width, height: 37)
      let viewport = Viewport(fitting: image, in: CellSize(columns: 120, rows: 36))
      let cells = BoxOutline().cells(
        for: PixelRect(left: 0, top: 0, width: Double(width), height: 37), in: viewport)
      let left = viewport.position(of: PixelPoint(x: 0, y: 0)).column
      let right = viewport.position(of: PixelPoint(x: Double(width), y: 0)).column
      let columns = cells.map(\.point.column)
      #expect(columns.min() == Int((left + 1e-6).rounded(.down)), "width \(width)")
      #expect(columns.max() == Int((right - 1e-6).rounded(.down)), "width \(width)")
    }
  }

  @Test(arguments: [
    (OutlineGlyphs.blocks, "▏▏▏│││▕▕▕▕", "▔▔▔───▁▁▁▁"),
    (.eighths, "▏▏🭰🭱🭳🭴🭴🭵▕▕", "▔▔🭶🭷🭹🭺🭺🭻▁▁"),
    (.ascii, "||||||||||", "----------"),
  ])
  func `the line nearest to the edge is chosen`(
    glyphs: OutlineGlyphs, verticals: String, horizontals: String
  ) {
    let places = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.74, 0.8, 0.9, 0.99]
    let outline = BoxOutline(glyphs: glyphs)
    let shown = places.map { place in
      let cells = outline.cells(
        for: rect(20 + 10 * place, 20 + 20 * place, 150, 100), in: Self.viewport)
      return [CellPoint(column: 2, row: 3), CellPoint(column: 8, row: 1)].map { point in
        cells.first { $0.point == point }?.glyph
      }
    }
    let expectedVerticals: [Unicode.Scalar?] = Array(verticals.unicodeScalars)
    let expectedHorizontals: [Unicode.Scalar?] = Array(horizontals.unicodeScalars)
    let columns = shown.map { $0[0] }
    #expect(columns.count == expectedVerticals.count)
    for index in places.indices {
      #expect(columns[index] == expectedVerticals[index], "\(places[index])")
      #expect(shown[index][1] == expectedHorizontals[index], "\(places[index])")
    }
  }

  @Test func `corners at cell borders have glyphs of their own where there are eighths`() {
    #expect(
      drawing(rect(20, 20, 80, 80), glyphs: .eighths) == """

          🭽▔▔▔▔🭾
          ▏    ▕
          🭼▁▁▁▁🭿

        """)
    #expect(drawing(rect(22, 10, 75, 70), glyphs: .eighths).contains("┌") == false)
    #expect(drawing(rect(24.5, 9.5, 74.5, 69.5), glyphs: .eighths).contains("┌"))
  }

  @Test func `a corner without a glyph is the longer of its lines`() {
    // The top edge near the cell's lower border: hardly anything of the left side is in it.
    let cells = BoxOutline().cells(for: rect(20, 19, 80, 70), in: Self.viewport)
    #expect(cells.first { $0.point == CellPoint(column: 2, row: 0) }?.glyph == "▁")
    #expect(cells.first { $0.point == CellPoint(column: 2, row: 3) }?.glyph == "▏")
  }

  @Test func `small boxes are one mark or one line`() {
    #expect(drawing(rect(23, 23, 27, 30)) == "\n  ▫\n\n\n")
    #expect(drawing(rect(23, 23, 27, 30), glyphs: .ascii) == "\n  o\n\n\n")
    #expect(drawing(rect(23, 5, 27, 55)) == "  │\n  │\n  │\n\n")
    #expect(drawing(rect(20, 5, 23, 55)) == "  ▏\n  ▏\n  ▏\n\n")
    #expect(drawing(rect(23, 25, 61, 35)) == "\n  ─────\n\n\n")
    #expect(drawing(rect(20, 20, 40, 60)) == "\n  ▏▕\n  ▏▕\n\n")
    // A box without an extent is a mark, also on the image's last edge.
    #expect(drawing(rect(50, 50, 50, 50)) == "\n\n     ▫\n\n")
  }

  @Test func `only what lies in the pane is drawn`() {
    let zoomed = Viewport(
      showing: PixelPoint(x: 100, y: 50), at: 1, of: PixelSize(width: 200, height: 100),
      in: CellSize(columns: 10, rows: 5))
    // The pane shows columns 95..<105 and rows 45..<55.
    #expect(drawing(rect(0, 0, 200, 100), in: zoomed) == "\n\n\n\n")
    #expect(
      drawing(rect(98.5, 0, 200, 51), in: zoomed) == "   │\n   │\n   │▁▁▁▁▁▁\n\n")
    #expect(drawing(rect(300, 300, 400, 400), in: zoomed) == "\n\n\n\n")
    #expect(drawing(rect(0, 49, 200, 51), in: zoomed).hasPrefix("\n\n"))
  }

  @Test func `lines break by the cell and corners stay`() {
    let box = rect(5, 10, 195, 90)
    let top = [LineStyle.solid, .dashed, .dotted, .dashDot].map {
      String(drawing(box, line: $0).prefix { $0 != "\n" })
    }
    #expect(
      top == [
        "┌──────────────────┐",
        "┌── ─── ─── ─── ───┐",
        "┌ ─ ─ ─ ─ ─ ─ ─ ─ ─┐",
        "┌── ─ ─── ─ ─── ─ ─┐",
      ])
    #expect(
      drawing(box, line: .dotted).split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.first ?? " " } == ["┌", " ", "│", " ", "└"])
  }

  @Test func `sides and corners are told apart`() {
    let cells = BoxOutline().cells(for: rect(25, 10, 75, 70), in: Self.viewport)
    #expect(cells.count(where: \.isCorner) == 4)
    #expect(cells.count { $0.side == .top } == 4)
    #expect(cells.count { $0.side == .left } == 4)
    #expect(cells.count { $0.side == .right && !$0.isCorner } == 2)
    #expect(Set(cells.map(\.point)).count == cells.count)
  }

  @Test func `no numbers crash or draw outside, and no cell comes twice`() {
    let odd = [0, -1, 1, 1e9, -1e9, 1e300, .infinity, -.infinity, .nan, .ulpOfOne]
    let bounds = CellRect(left: 0, top: 0, columns: 20, rows: 5)
    for seed in UInt64(0)..<2000 {
      var random = SeededGenerator(seed: seed)
      func number() -> Double {
        seed % 2 == 0
          ? .random(in: -50...250, using: &random) : odd.randomElement(using: &random) ?? 0
      }
      let rect = PixelRect(left: number(), top: number(), width: number(), height: number())
      let glyphs: OutlineGlyphs = [.ascii, .blocks, .eighths][Int(seed / 2 % 3)]
      let cells = BoxOutline(glyphs: glyphs).cells(for: rect, in: Self.viewport)
      #expect(cells.allSatisfy { bounds.contains($0.point) }, "seed \(seed)")
      #expect(Set(cells.map(\.point)).count == cells.count, "seed \(seed)")
    }
  }

  @Test func `glyphs follow the choice and the screen`() {
    let unicode = ScreenCapabilities(depth: .truecolor, isUnicode: true)
    let ascii = ScreenCapabilities(depth: .truecolor, isUnicode: false)
    #expect(GlyphChoice.auto.outlineGlyphs(for: unicode) == .blocks)
    #expect(GlyphChoice.sextant.outlineGlyphs(for: unicode) == .eighths)
    #expect(GlyphChoice.ascii.outlineGlyphs(for: unicode) == .ascii)
    #expect(GlyphChoice.allCases.allSatisfy { $0.outlineGlyphs(for: ascii) == .ascii })
  }
}
