import Cells
import Raster
import TestSupport
import Testing

@testable import Mosaic

@Suite struct ByteBudgetTests {
  /// Hills of colour with edges and some noise: no two neighbouring cells are alike.
  private static let photo: Picture = {
    var random = SeededGenerator(seed: 11)
    return Picture(width: 192, height: 96) { x, y in
      let hill = (x * x / 60 + y * 2) % 160
      let edge = (x / 23 + y / 17) % 2 == 0 ? 60 : 0
      func channel(_ value: Int) -> UInt8 {
        UInt8(max(0, min(255, value + Int.random(in: -8...8, using: &random))))
      }
      return SIMD4(channel(hill + edge), channel(200 - hill), channel(90 + edge), 255)
    }
  }()
  private static let pane = CellSize(columns: 24, rows: 6)

  private func cells(
    _ budget: ByteBudget, _ depth: ColorDepth = .truecolor, over shown: CellGrid? = nil,
    stream: StreamKind = .direct
  ) -> CellGrid {
    var options = MosaicOptions(depth, .sextant)
    options.budget = budget
    options.stream = stream
    let viewport = Viewport(fitting: Self.photo.imageSize, in: Self.pane)
    return Self.photo.cells(in: viewport, with: options, over: shown)
  }

  private func bytes(_ grid: CellGrid, _ depth: ColorDepth) -> Int {
    EscapeStream(for: ScreenCapabilities(depth: depth, isUnicode: true)).encode(grid).count
  }

  /// The mean squared error of what a grid shows, sub-cell by sub-cell.
  private func error(_ grid: CellGrid) -> Float {
    var sum: Float = 0
    for row in 0..<grid.size.rows {
      for column in 0..<grid.size.columns {
        let cell = grid[column, row]
        let glyph = GlyphSet.all.glyphs.first { $0.scalar == cell.glyph }
        let outer = SIMD4<Float>(cell.style.background.channels ?? .zero)
        let inner = SIMD4<Float>(cell.style.foreground.channels ?? .zero)
        for place in 0..<128 {
          let (x, y) = (column * 8 + place % 8, row * 16 + place / 8)
          let share = glyph?.coverage.subcells[place] ?? 0
          let offset = 4 * (y * 192 + x)
          let pixel = SIMD4<Float>(
            Float(Self.photo.bitmap.channels[offset]),
            Float(Self.photo.bitmap.channels[offset + 1]),
            Float(Self.photo.bitmap.channels[offset + 2]), 0)
          var off = inner * share + outer * (1 - share) - pixel
          off.w = 0
          sum += (off * off).sum()
        }
      }
    }
    return sum / Float(grid.cells.count * 128)
  }

  @Test(arguments: [ColorDepth.truecolor, .palette256])
  func `bytes fall and the error grows with the price`(depth: ColorDepth) {
    let grids = [0, 100, 1_000, 10_000].map { cells($0 == 0 ? .unlimited : .price($0), depth) }
    for (one, next) in zip(grids, grids.dropFirst()) {
      #expect(bytes(next, depth) < bytes(one, depth))
      #expect(error(next) > error(one) * 0.999)
    }
  }

  @Test(arguments: [3_000, 2_000, 1_000], [ColorDepth.truecolor, .palette256])
  func `a budget is kept and used`(budget: Int, depth: ColorDepth) {
    let free = bytes(cells(.unlimited, depth), depth)
    let spent = bytes(cells(.bytes(budget), depth), depth)
    #expect(spent <= budget)
    if free > budget { #expect(spent > budget * 7 / 10) } else { #expect(spent == free) }
  }

  @Test func `half the bytes cost little`() {
    let free = cells(.unlimited)
    let half = cells(.bytes(bytes(free, .truecolor) / 2))
    #expect(bytes(half, .truecolor) * 2 <= bytes(free, .truecolor))
    // Coarser glyphs are the other way to save, and save less: halves.
    var options = MosaicOptions(.truecolor, .half)
    options.budget = .unlimited
    let viewport = Viewport(fitting: Self.photo.imageSize, in: Self.pane)
    #expect(error(half) < error(Self.photo.cells(in: viewport, with: options)))
  }

  @Test func `a budget that can't be kept gives the fewest bytes found`() {
    let grid = cells(.bytes(1))
    #expect(bytes(grid, .truecolor) < bytes(cells(.price(10_000)), .truecolor))
  }

  @Test func `curses' own way of setting colours is what counts under curses`() {
    let grid = cells(.price(20_000), stream: .curses)
    var pairs = 1
    for (one, next) in zip(grid.cells, grid.cells.dropFirst()) where one.style != next.style {
      pairs += 1
    }
    var free = 1
    let unlimited = cells(.unlimited).cells
    for (one, next) in zip(unlimited, unlimited.dropFirst()) where one.style != next.style {
      free += 1
    }
    #expect(pairs * 2 < free)
  }

  @Test func `cells that are shown already stay where they serve, but only under curses`() {
    let best = cells(.unlimited)
    #expect(cells(.price(100), over: best, stream: .curses) == best)
    #expect(cells(.price(100), over: best, stream: .direct) != best)
    // Something else is replaced.
    let other = CellGrid(
      size: Self.pane, filledWith: Cell(" ", style: Style(background: .rgb(0, 0, 0))))
    let replaced = cells(.price(100), over: other, stream: .curses)
    #expect(replaced.cells.allSatisfy { $0 != other[0, 0] })
    let words = CellGrid(size: Self.pane, filledWith: Cell("a"))
    #expect(cells(.price(100), over: words, stream: .curses).cells.allSatisfy { $0.glyph != "a" })
  }

  @Test func `rows in any order give the same cells`() {
    let backwards = Spread { count, piece in
      for index in (0..<count).reversed() { piece(index) }
    }
    let viewport = Viewport(fitting: Self.photo.imageSize, in: Self.pane)
    #expect(
      Self.photo.cells(in: viewport, spread: backwards) == Self.photo.cells(in: viewport))
  }
}
