import Cells
import TestSupport
import Testing

@Suite struct CellGridTests {
  private func line(
    _ columns: Int, _ text: String, at column: Int = 0, width: Int? = nil
  ) -> CellGrid {
    var grid = CellGrid(size: CellSize(columns: columns, rows: 1), filledWith: Cell("."))
    grid.write(text, column: column, row: 0, width: width)
    return grid
  }

  @Test(
    arguments: [
      ("abc", 0, nil, "abc..", 3),
      ("abcde", 0, nil, "abcde", 5),
      ("abcdef", 0, nil, "abcd…", 5),
      ("abcdef", 0, 3, "ab…..", 3),
      ("abc", 3, nil, "...a…", 5),
      ("abc", -1, nil, "bc...", 2),
      ("abc", 5, nil, ".....", 5),
      ("abc", 0, 0, ".....", 0),
      ("中文", 0, nil, "中文.", 4),
      ("中文字", 0, nil, "中文…", 5),
      ("a中文", 0, 4, "a中….", 4),
      ("中文", -1, nil, " 文..", 3),
      ("\u{1B}[2J", 0, nil, "␛[2J.", 4),
      ("e\u{301}\u{302}x", 0, nil, "e\u{301}x...", 2),
      ("\u{301}x", 0, nil, "x....", 1),
      ("中\u{301}", 0, nil, "中\u{301}...", 2),
      ("❤\u{FE0F}x", 0, nil, "❤x...", 2),
    ] as [(String, Int, Int?, String, Int)])
  func `text is cut at the cells it may use`(
    text: String, column: Int, width: Int?, shown: String, end: Int
  ) {
    var grid = CellGrid(size: CellSize(columns: 5, rows: 1), filledWith: Cell("."))
    let next = grid.write(text, column: column, row: 0, width: width)
    #expect(Array(grid.description.unicodeScalars) == Array(shown.unicodeScalars))
    #expect(next == end)
  }

  @Test func `rows outside are left alone`() {
    var grid = CellGrid(size: CellSize(columns: 3, rows: 1))
    #expect(grid.write("x", column: 0, row: 1) == 0)
    #expect(grid.write("x", column: 0, row: -1) == 0)
    #expect(grid == CellGrid(size: CellSize(columns: 3, rows: 1)))
  }

  @Test func `a wide character's halves share a style`() {
    let style = Style(foreground: .indexed(3))
    var grid = CellGrid(size: CellSize(columns: 2, rows: 1))
    grid.write("中", column: 0, row: 0, style: style)
    #expect(grid[0, 0] == Cell("中", style: style))
    #expect(grid[1, 0].isContinuation)
    #expect(grid[1, 0].style == style)
  }

  @Test func `half of a wide character never stays alone`() {
    #expect(line(4, "中文").overwritten { $0.write("x", column: 1, row: 0) } == " x文")
    #expect(line(4, "中文").overwritten { $0.write("xy", column: 1, row: 0) } == " xy")
    #expect(line(4, "中文").overwritten { $0.write("x", column: 2, row: 0) } == "中x")
    let middle = CellRect(left: 1, top: 0, columns: 2, rows: 1)
    #expect(line(4, "中文").overwritten { $0.fill(middle, with: Cell("#")) } == " ##")
    let other = line(2, "ab")
    #expect(
      line(4, "中文").overwritten { $0.draw(other, at: CellPoint(column: 1, row: 0)) } == " ab")
    let wide = line(2, "中")
    #expect(
      line(3, "abc").overwritten { $0.draw(wide, at: CellPoint(column: -1, row: 0)) } == " bc")
    #expect(line(3, "abc").overwritten { $0.draw(wide, at: CellPoint(column: 2, row: 0)) } == "ab")
  }

  @Test func `a grid is drawn only where it lies inside`() {
    let stamp = line(3, "xyz")
    #expect(
      line(4, "abcd").overwritten { $0.draw(stamp, at: CellPoint(column: 2, row: 0)) } == "abxy")
    #expect(
      line(4, "abcd").overwritten { $0.draw(stamp, at: CellPoint(column: -2, row: 0)) } == "zbcd")
    #expect(
      line(4, "abcd").overwritten { $0.draw(stamp, at: CellPoint(column: 0, row: 1)) } == "abcd")
    #expect(
      line(4, "abcd").overwritten { $0.draw(stamp, at: CellPoint(column: 9, row: 0)) } == "abcd")
  }

  @Test func `changed rows are found`() {
    let size = CellSize(columns: 2, rows: 3)
    let old = CellGrid(size: size)
    var new = old
    #expect(new.changedRows(since: old).isEmpty)
    new[1, 2] = Cell("x")
    #expect(new.changedRows(since: old) == [2])
    #expect(new.changedRows(since: CellGrid(size: CellSize(columns: 1, rows: 1))) == [0, 1, 2])
  }

  @Test func `restyling keeps glyphs and stays inside`() {
    var grid = line(3, "abc")
    grid.restyle(CellRect(left: 2, top: -1, columns: 9, rows: 9)) { $0.adding(.bold) }
    #expect(grid.description == "abc")
    #expect(grid.row(0).map(\.style.attributes) == [[], [], .bold])
  }

  @Test func `no sizes or places crash`() {
    let grid = CellGrid(size: CellSize(columns: -3, rows: 2))
    #expect(grid.size == CellSize(columns: 0, rows: 2))
    for seed in UInt64(0)..<300 {
      var random = SeededGenerator(seed: seed)
      let size = CellSize(
        columns: .random(in: 0...6, using: &random), rows: .random(in: 0...3, using: &random))
      var grid = CellGrid(size: size)
      for _ in 0..<8 {
        let column = Int.random(in: -4...8, using: &random)
        let row = Int.random(in: -1...3, using: &random)
        grid.write(
          ["中文字", "ab", "e\u{301}", "中a中"].randomElement(using: &random) ?? "", column: column,
          row: row)
        grid.fill(CellRect(left: column, top: row, columns: 1, rows: 1), with: Cell("#"))
      }
      #expect(grid.isWellFormed, "seed \(seed)")
    }
  }
}

extension CellGrid {
  /// The text after a change.
  fileprivate func overwritten(_ change: (inout CellGrid) -> Void) -> String {
    var grid = self
    change(&grid)
    #expect(grid.isWellFormed)
    return grid.description
  }

  /// Whether each right half follows its left half and each left half has its right one.
  fileprivate var isWellFormed: Bool {
    (0..<size.rows).allSatisfy { row in
      (0..<size.columns).allSatisfy { column in
        let isWide = self[column, row].glyph.columnWidth == 2
        let hasTail = column + 1 < size.columns && self[column + 1, row].isContinuation
        return isWide == hasTail && !(column == 0 && self[column, row].isContinuation)
      }
    }
  }
}
