import Cells
import Raster
import TestSupport
import Testing

@testable import Mosaic

@Suite struct PictureCellsTests {
  /// A palette entry of each depth that all of the greater depths have too.
  private static let pairs: [(ColorDepth, SIMD4<UInt8>, SIMD4<UInt8>)] = [
    (.truecolor, SIMD4(1, 2, 3, 255), SIMD4(201, 102, 53, 255)),
    (.palette256, SIMD4(95, 135, 175, 255), SIMD4(98, 98, 98, 255)),
    (.palette256, SIMD4(0, 0, 0, 255), SIMD4(8, 8, 8, 255)),
    (.palette16, SIMD4(205, 0, 0, 255), SIMD4(92, 92, 255, 255)),
    (.palette8, SIMD4(0, 0, 238, 255), SIMD4(205, 205, 0, 255)),
  ]

  @Test(arguments: pairs)
  func `two colours to a cell are shown exactly`(
    depth: ColorDepth, one: SIMD4<UInt8>, other: SIMD4<UInt8>
  ) {
    // 4×4 cells of 2×4 pixels: every way to fill a cell's quarters.
    let picture = Picture(width: 8, height: 16) { x, y in
      let pattern = (y / 4) * 4 + x / 2
      return pattern >> (y / 2 % 2 * 2 + x % 2) & 1 == 1 ? one : other
    }
    for choice in [GlyphChoice.auto, .quad] {
      let grid = picture.cells(columns: 4, rows: 4, with: MosaicOptions(depth, choice))
      for y in 0..<8 {
        for x in 0..<8 {
          let start = (y * 2 * 8 + x) * 4
          let pixel = Array(picture.bitmap.channels[start..<start + 4])
          #expect(grid.color(quarterAt: x, y) == SIMD4(pixel), "\(choice) \(x),\(y)")
        }
      }
    }
  }

  @Test(arguments: GlyphSet.sextant.glyphs.map(\.scalar))
  func `a glyph's own shape finds it or its complement`(scalar: Unicode.Scalar) throws {
    let glyph = try #require(GlyphSet.sextant.glyph(scalar))
    let picture = Picture(width: 8, height: 16) { x, y in
      let share = glyph.coverage.subcells[y * 8 + x]
      func mix(_ one: Float, _ other: Float) -> UInt8 { UInt8(other + (one - other) * share + 0.5) }
      return SIMD4(mix(250, 10), mix(240, 20), mix(230, 30), 255)
    }
    let cell = picture.cells(columns: 1, rows: 1, with: MosaicOptions(.truecolor, .sextant))[0, 0]
    let found = GlyphSet.sextant.glyphs.first { $0.scalar == cell.glyph }
    if glyph.coverage.isFlat {
      #expect(cell.glyph == " " && cell.style.foreground == .standard)
    } else {
      #expect([glyph.coverage, glyph.coverage.inverted].contains(found?.coverage))
    }
    let ink = Picture(width: 8, height: 16) { x, y in
      SIMD4(repeating: UInt8(glyph.coverage.subcells[y * 8 + x] * 255))
    }
    let mono = ink.cells(columns: 1, rows: 1, with: MosaicOptions(.mono, .sextant))[0, 0]
    #expect(mono == Cell(glyph.scalar))
  }

  /// The fit against its definition: every glyph with every pair of colours that least squares by
  /// hand gives, on the full raster.
  @Test(arguments: [UInt64](0..<12))
  func `no glyph with its best colours comes nearer`(seed: UInt64) throws {
    let noise = Picture.noise(width: 8, height: 16, seed: seed)
    let cell = noise.cells(columns: 1, rows: 1, with: MosaicOptions(.truecolor, .sextant))[0, 0]
    let pixels = (0..<128).map { index in
      SIMD4<Float>(
        Float(noise.bitmap.channels[4 * index]), Float(noise.bitmap.channels[4 * index + 1]),
        Float(noise.bitmap.channels[4 * index + 2]), 0)
    }
    func error(_ shares: [Float], _ inner: SIMD4<Float>, _ outer: SIMD4<Float>) -> Float {
      zip(shares, pixels).reduce(0) { sum, pair in
        let off = inner * pair.0 + outer * (1 - pair.0) - pair.1
        return sum + (off * off).sum()
      }
    }
    let found = try #require(GlyphSet.sextant.glyphs.first { $0.scalar == cell.glyph })
    let reached = error(
      found.coverage.subcells, try #require(cell.style.foreground.lanes),
      try #require(cell.style.background.lanes))
    for glyph in GlyphSet.sextant.glyphs where !glyph.coverage.isFlat {
      // The normal equations of two colours, solved for each channel.
      let shares = glyph.coverage.subcells
      var (a, b, c) = (Float(0), Float(0), Float(0))
      var (p, q) = (SIMD4<Float>.zero, SIMD4<Float>.zero)
      for (share, pixel) in zip(shares, pixels) {
        a += share * share
        b += share * (1 - share)
        c += (1 - share) * (1 - share)
        p += pixel * share
        q += pixel * (1 - share)
      }
      let determinant = a * c - b * b
      let best = error(shares, (p * c - q * b) / determinant, (q * a - p * b) / determinant)
      #expect(reached < best * 1.001 + 128, "\(glyph.scalar), seed \(seed)")
    }
  }

  @Test func `halves prefer the lower one`() {
    let picture = Picture(width: 2, height: 4) { _, y in
      y < 2 ? SIMD4(255, 0, 0, 255) : SIMD4(0, 0, 255, 255)
    }
    let cell = picture.cells(columns: 1, rows: 1, with: MosaicOptions(.truecolor, .half))[0, 0]
    #expect(
      cell == Cell("▄", style: Style(foreground: .rgb(0, 0, 255), background: .rgb(255, 0, 0))))
  }

  @Test func `colours are means over the glyph's parts`() {
    // Upper half 10 and 20, lower half 200 and 210 by columns.
    let picture = Picture(width: 2, height: 4) { x, y in
      SIMD4(repeating: UInt8((y < 2 ? 10 : 200) + 10 * x))
    }
    let cell = picture.cells(columns: 1, rows: 1)[0, 0]
    #expect(
      cell == Cell("▄", style: Style(foreground: .rgb(205, 205, 205), background: .rgb(15, 15, 15)))
    )
  }

  @Test func `reduced pixels count by their area`() {
    // Three rows of pixels on two halves: the middle one is shared.
    let channels: [UInt8] = [30, 0, 0, 255, 60, 0, 0, 255, 240, 0, 0, 255]
    let picture = Picture(
      bitmap: Bitmap(size: PixelSize(width: 1, height: 3), channels: channels),
      region: Region(left: 0, top: 0, width: 3, height: 6),
      imageSize: PixelSize(width: 3, height: 6))
    let cell = picture.cells(columns: 1, rows: 1, with: MosaicOptions(.truecolor, .half))[0, 0]
    // (30 + 60/2) / 1.5 = 40 above, (60/2 + 240) / 1.5 = 180 below.
    #expect(
      cell == Cell("▄", style: Style(foreground: .rgb(180, 0, 0), background: .rgb(40, 0, 0))))
  }

  @Test func `a pixel fills all that it is magnified to`() {
    let picture = Picture(width: 1, height: 1) { _, _ in SIMD4(9, 99, 199, 255) }
    let grid = picture.cells(columns: 10, rows: 5)
    #expect(
      grid
        == CellGrid(
          size: CellSize(columns: 10, rows: 5),
          filledWith: Cell(" ", style: Style(background: .rgb(9, 99, 199)))))
  }

  @Test func `magnified pixels have edges where the viewport puts them`() {
    let picture = Picture(width: 16, height: 16) { x, y in
      (x + y) % 2 == 0 ? SIMD4(255, 255, 255, 255) : SIMD4(0, 0, 0, 255)
    }
    // 5 columns a pixel: edges in the middle of cells and between them.
    let viewport = Viewport(
      showing: PixelPoint(x: 8, y: 8), at: 5, of: picture.imageSize,
      in: CellSize(columns: 40, rows: 20))
    let grid = picture.cells(in: viewport, with: MosaicOptions(.truecolor, .quad))
    for y in 0..<40 {
      for x in 0..<80 {
        let point = viewport.pixel(
          at: CellPosition(column: (Double(x) + 0.5) / 2, row: (Double(y) + 0.5) / 2))
        // A quarter that an edge runs through is a mixture.
        guard abs(point.x - point.x.rounded()) > 0.051, abs(point.y - point.y.rounded()) > 0.101
        else { continue }
        let isWhite = (Int(point.x) + Int(point.y)) % 2 == 0
        let shown = grid.color(quarterAt: x, y)?.x ?? 99
        #expect(isWhite ? shown > 200 : shown < 55, "\(x),\(y)")
      }
    }
    #expect(viewport.position(of: PixelPoint(x: 5, y: 5)).column == 5)
    #expect(grid[4, 1].style.background != grid[5, 1].style.background)
  }

  @Test func `the letterbox is the terminal's own`() {
    let picture = Picture(width: 10, height: 10) { _, _ in SIMD4(50, 60, 70, 255) }
    let inside = Cell(" ", style: Style(background: .rgb(50, 60, 70)))
    let grid = picture.cells(columns: 40, rows: 10)
    for row in 0..<10 {
      for column in 0..<40 {
        #expect(grid[column, row] == ((10..<30).contains(column) ? inside : .blank))
      }
    }
  }

  @Test(arguments: [ColorDepth.truecolor, .palette256, .palette16, .palette8])
  func `a cell on the picture's edge keeps the terminal's background beyond`(depth: ColorDepth) {
    let picture = Picture(width: 41, height: 40) { _, _ in SIMD4(0, 0, 0, 255) }
    // 20.5 columns in 21, from the first cell on: half of the last one is left.
    let grid = picture.cells(columns: 21, rows: 10, with: MosaicOptions(depth))
    #expect(grid[20, 9].glyph == "▌")
    #expect(grid[20, 9].style.background == .standard)
    #expect(grid[20, 9].style.foreground.channels == SIMD4(0, 0, 0, 255))
    #expect(grid[0, 0].glyph == " " && grid[0, 0].style.background != .standard)
  }

  @Test(arguments: ColorDepth.allCases)
  func `extreme sizes are drawn and seen`(depth: ColorDepth) {
    for (width, height) in [(1, 1), (12_000, 1), (1, 12_000), (1, 2), (3, 1)] {
      let picture = Picture(width: width, height: height) { _, _ in SIMD4(255, 255, 255, 255) }
      for choice in GlyphChoice.allCases {
        let grid = picture.cells(columns: 30, rows: 11, with: MosaicOptions(depth, choice))
        #expect(grid.size == CellSize(columns: 30, rows: 11))
        #expect(grid.cells.contains { $0 != .blank }, "\(width)×\(height) \(choice)")
      }
    }
    let none = Picture(width: 0, height: 0) { _, _ in .zero }
    #expect(none.cells(columns: 3, rows: 2).cells.allSatisfy { $0 == .blank })
    let picture = Picture(width: 5, height: 5) { _, _ in .zero }
    #expect(picture.cells(columns: 0, rows: 0).cells.isEmpty)
  }

  @Test func `a reduced part of an image is shown at its place`() {
    // The right half of an 80×40 image, at a quarter of its size.
    let bitmap = Bitmap(
      size: PixelSize(width: 10, height: 10),
      channels: (0..<100).flatMap { $0 % 10 < 5 ? [255, 0, 0, 255] : [0, 0, 255, 255] as [UInt8] })
    let picture = Picture(
      bitmap: bitmap, region: Region(left: 40, top: 0, width: 40, height: 40),
      imageSize: PixelSize(width: 80, height: 40))
    let grid = picture.cells(columns: 40, rows: 10)
    #expect(grid[19, 0] == .blank)
    #expect(grid[20, 0].style.background == .rgb(255, 0, 0))
    #expect(grid[29, 9].style.background == .rgb(255, 0, 0))
    #expect(grid[30, 0].style.background == .rgb(0, 0, 255))
  }

  @Test func `transparent pixels show what lies behind`() {
    let picture = Picture(width: 4, height: 2, hasAlpha: true) { x, _ in
      SIMD4(200, 100, 0, [255, 0, 128, 0][x])
    }
    var options = MosaicOptions(.truecolor)
    options.ground = .solid(0, 0, 100)
    let grid = picture.cells(columns: 4, rows: 1, with: options)
    #expect(grid[0, 0].style.background == .rgb(200, 100, 0))
    #expect(grid[1, 0].style.background == .rgb(0, 0, 100))
    #expect(grid[2, 0].style.background == .rgb(100, 50, 50))
    options.ground = .checker
    let checker = Picture(width: 8, height: 8, hasAlpha: true) { _, _ in .zero }
      .cells(columns: 8, rows: 4, with: options)
    #expect(Set(checker.cells.map(\.style.background)).count == 2)
    #expect(checker[0, 0] == checker[1, 0] && checker[1, 0] != checker[2, 0])
    #expect(checker[0, 0] != checker[0, 1] && checker[2, 1] == checker[0, 0])
  }

  @Test(arguments: ColorDepth.allCases)
  func `the same picture gives the same cells`(depth: ColorDepth) {
    let picture = Picture.noise(width: 64, height: 64, seed: 7)
    let first = picture.cells(columns: 20, rows: 10, with: MosaicOptions(depth))
    #expect(first == picture.cells(columns: 20, rows: 10, with: MosaicOptions(depth)))
  }

  @Test func `only the palette's entries are used`() {
    let picture = Picture.noise(width: 64, height: 64, seed: 8)
    for depth in [ColorDepth.palette256, .palette16, .palette8] {
      for cell in picture.cells(columns: 32, rows: 16, with: MosaicOptions(depth)).cells {
        for color in [cell.style.foreground, cell.style.background] where color != .standard {
          guard case .indexed(let index) = color else {
            Issue.record("\(color) isn't an entry")
            continue
          }
          #expect(depth.paletteIndices?.contains(index) == true)
        }
      }
    }
  }

  @Test func `shades come nearer to a colour that the palette lacks`() throws {
    for seed in UInt64(0)..<60 {
      var random = SeededGenerator(seed: seed)
      let wanted = SIMD4<UInt8>(
        .random(in: 0...255, using: &random), .random(in: 0...255, using: &random),
        .random(in: 0...255, using: &random), 255)
      let picture = Picture(width: 2, height: 2) { _, _ in wanted }
      for depth in [ColorDepth.palette256, .palette16] {
        let mixed = picture.cells(columns: 2, rows: 1, with: MosaicOptions(depth, .auto))[0, 0]
        let plain = picture.cells(columns: 2, rows: 1, with: MosaicOptions(depth, .quad))[0, 0]
        let mixedOff = try #require(mixed.squaredDistance(to: wanted))
        let plainOff = try #require(plain.squaredDistance(to: wanted))
        #expect(mixedOff <= plainOff + 1, "seed \(seed) \(wanted)")
      }
    }
  }

  @Test func `a colour between two neighbouring entries is their mixture`() {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    for step in 0..<5 {
      for (red, green) in [(0, 0), (1, 4), (5, 2)] {
        let blue = UInt8((Int(levels[step]) + Int(levels[step + 1])) / 2)
        let wanted = SIMD4<UInt8>(levels[red], levels[green], blue, 255)
        let picture = Picture(width: 2, height: 2) { _, _ in wanted }
        let cell = picture.cells(columns: 2, rows: 1, with: MosaicOptions(.palette256))[0, 0]
        #expect((cell.squaredDistance(to: wanted) ?? 999) < 60, "\(wanted) \(cell)")
        #expect("░▒▓".unicodeScalars.contains(cell.glyph), "\(wanted)")
      }
    }
  }

  @Test func `without colours ink follows luminance`() {
    let levels: [UInt8] = [0, 64, 128, 191, 255]
    let ramp = Picture(width: 5, height: 2) { x, _ in SIMD4(repeating: levels[x]) }
    var options = MosaicOptions(.mono)
    #expect(ramp.cells(columns: 5, rows: 1, with: options).description == " ░▒▓█")
    options.isLight = true
    #expect(ramp.cells(columns: 5, rows: 1, with: options).description == "█▓▒░")
    options = MosaicOptions(.mono, .auto, isUnicode: false)
    let inks = ramp.cells(columns: 5, rows: 1, with: options).cells.map { cell in
      GlyphSet.ascii.glyphs.first { $0.scalar == cell.glyph }?.coverage.share ?? 1
    }
    #expect(inks == inks.sorted() && inks[0] == 0 && inks[4] > 0.2)
    options = MosaicOptions(.truecolor, .auto, isUnicode: false)
    #expect(ramp.cells(columns: 5, rows: 1, with: options).cells.allSatisfy { $0.glyph == " " })
  }
}

extension CellGrid {
  /// The colour of a quarter of a cell; `x` counts two a column, `y` two a row.
  fileprivate func color(quarterAt x: Int, _ y: Int) -> SIMD4<UInt8>? {
    let cell = self[x / 2, y / 2]
    let glyph = GlyphSet.quad.glyphs.first { $0.scalar == cell.glyph }
    let share = glyph?.coverage.subcells[y % 2 * 64 + x % 2 * 4]
    return (share == 1 ? cell.style.foreground : cell.style.background).channels
  }
}

extension Cell {
  /// The squared distance of the cell's mean colour, shades mixed.
  fileprivate func squaredDistance(to wanted: SIMD4<UInt8>) -> Float? {
    guard let outer = style.background.channels,
      let glyph = GlyphSet.quadAndShade.glyphs.first(where: { $0.scalar == self.glyph })
    else { return nil }
    let inner = style.foreground.channels ?? outer
    let share = glyph.coverage.share
    let off =
      SIMD4<Float>(inner) * share + SIMD4<Float>(outer) * (1 - share) - SIMD4<Float>(wanted)
    return (off * off).sum()
  }
}
