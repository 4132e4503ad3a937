internal import Cells

/// Least squares with any colours where bytes count: the squared error and what the bytes are worth
/// are made least together.
///
/// For each mask the best pair of colours competes with the colours that are set already: one of
/// them with the best other one, or both. The best colour `F` before a background `B` is
/// `(S − mixed·B) / inner`. Under curses, which skips what stays as it is, the cell that is shown
/// already competes too.
struct ThriftyTruecolorFit: CellFit {
  private let masks: MaskTable
  private let hasFullBlock: Bool
  private let price: BytePrice
  private let shown: ShownCells?
  private var row = 0
  private var pen = Pen<SIMD4<Float>>()

  init(_ glyphs: GlyphSet, on grid: SubcellGrid, price: BytePrice, over shown: CellGrid?) {
    let masks = glyphs.masks(on: grid)
    self.masks = masks
    hasFullBlock = glyphs.glyphs.contains { $0.scalar == "█" }
    self.price = price
    self.shown = price.stream == .curses ? shown.map { ShownCells($0, masks) } : nil
  }

  mutating func beginRow(_ row: Int) {
    self.row = row
    pen = Pen()
  }

  mutating func cell(for samples: Samples, at column: Int) -> Cell {
    let best = masks.withSums(of: samples) { sums in
      var choice = TruecolorChoice(sums, after: pen, price)
      considerFlat(&choice)
      if !sums.isFlat {
        considerPair(&choice)
        considerPen(&choice)
      }
      if let kept = shown?.cell(column, row), let error = shown?.error(of: kept, sums),
        error + price.lambda * Self.bytesToSkip < choice.cost
      {
        return PennedChoice.kept(kept)
      }
      return .drawn(choice.glyph)
    }
    switch best {
    case .kept(let cell): return cell
    case .drawn(let glyph):
      pen.write(glyph, as: price.stream)
      return Cell(
        glyph.scalar,
        style: Style(
          foreground: glyph.foreground?.rgb ?? .standard,
          background: glyph.background?.rgb ?? .standard))
    }
  }

  mutating func skip(_ cell: Cell) {
    pen.write(
      PennedGlyph(
        scalar: cell.glyph, foreground: cell.style.foreground.lanes,
        background: cell.style.background.lanes),
      as: price.stream)
  }

  func color(_ mean: SIMD4<Float>) -> Color? { mean.rgb }

  var paper: SIMD4<Float>? { nil }

  /// Moving the cursor over cells that stay, shared by a few of them.
  private static let bytesToSkip: Float = 2

  private enum PennedChoice {
    case kept(Cell)
    case drawn(PennedGlyph<SIMD4<Float>>)
  }
}

// MARK: - Candidates

extension ThriftyTruecolorFit {
  private func considerFlat(_ choice: inout TruecolorChoice) {
    func error(_ color: SIMD4<Float>) -> Float {
      CellSums.subcells * (color - choice.sums.mean).squaredLength
    }
    choice.take(" ", nil, choice.sums.mean.wholeChannels, error: 0)
    if let background = pen.background {
      choice.take(" ", nil, background, error: error(background))
    }
    if hasFullBlock, let foreground = pen.foreground {
      choice.take("█", foreground, pen.background, error: error(foreground))
    }
  }

  private func considerPair(_ choice: inout TruecolorChoice) {
    guard let pair = masks.bestPair(for: choice.sums) else { return }
    choice.take(
      masks.scalars[pair.mask], pair.foreground.wholeChannels, pair.background.wholeChannels,
      error: pair.error)
  }

  /// Glyphs in one colour of the pen or in both, whichever part of the cell they cover.
  private func considerPen(_ choice: inout TruecolorChoice) {
    let mean = choice.sums.mean
    // Under curses a single new colour costs as much as two.
    if price.stream == .direct {
      for case .some(let ink) in [pen.foreground, pen.background] {
        for isInner in [true, false] {
          guard let (mask, other) = masks.bestPartner(of: ink - mean, isInner, choice.sums)
          else { continue }
          let color = (other + mean).wholeChannels
          considerBoth(mask, isInner ? ink : color, isInner ? color : ink, &choice)
        }
      }
    }
    guard let one = pen.foreground, let other = pen.background else { return }
    for (inner, outer) in [(one, other), (other, one)] {
      guard let mask = masks.bestMask(for: inner - mean, outer - mean, choice.sums) else {
        continue
      }
      considerBoth(mask, inner, outer, &choice)
    }
  }

  /// A mask as its glyph and as the complement's, with the colours exchanged.
  private func considerBoth(
    _ mask: Int, _ inner: SIMD4<Float>, _ outer: SIMD4<Float>, _ choice: inout TruecolorChoice
  ) {
    let sums = choice.sums
    let error = masks.error(of: mask, sum: sums.sum(mask), inner - sums.mean, outer - sums.mean)
    choice.take(masks.scalars[mask], inner, outer, error: error)
    if let complement = masks.complements[mask] {
      choice.take(complement, outer, inner, error: error)
    }
  }
}

/// The best glyph so far, and what it costs: the squared error less the cell's energy, and what its
/// bytes are worth.
private struct TruecolorChoice {
  let sums: CellSums
  private let pen: Pen<SIMD4<Float>>
  private let price: BytePrice
  private(set) var glyph = PennedGlyph<SIMD4<Float>>(scalar: " ")
  private(set) var cost = Float.infinity

  init(_ sums: CellSums, after pen: Pen<SIMD4<Float>>, _ price: BytePrice) {
    self.sums = sums
    self.pen = pen
    self.price = price
  }

  @inline(__always)
  mutating func take(
    _ scalar: Unicode.Scalar, _ foreground: SIMD4<Float>?, _ background: SIMD4<Float>?,
    error: Float
  ) {
    guard error + price.least < cost else { return }
    let other = PennedGlyph(scalar: scalar, foreground: foreground, background: background)
    let bytes = price.cost(of: other, after: pen, Self.bytes(foreground), Self.bytes(background))
    guard error + bytes < cost else { return }
    glyph = other
    cost = error + bytes
  }

  /// The bytes of `38;2;r;g;b`.
  @inline(__always)
  private static func bytes(_ color: SIMD4<Float>?) -> Float {
    guard let color else { return 2 }
    func digits(_ channel: Float) -> Float { channel > 99 ? 3 : (channel > 9 ? 2 : 1) }
    return 7 + digits(color.x) + digits(color.y) + digits(color.z)
  }
}

/// What the screen shows, as far as masks can tell how well it would do.
private struct ShownCells {
  private let grid: CellGrid
  private let masks: MaskTable
  /// The mask of each glyph, and whether the glyph is its complement.
  private let places: [Unicode.Scalar: (mask: Int, isComplement: Bool)]

  init(_ grid: CellGrid, _ masks: MaskTable) {
    self.grid = grid
    self.masks = masks
    var places: [Unicode.Scalar: (mask: Int, isComplement: Bool)] = [:]
    for mask in 0..<masks.count {
      places[masks.scalars[mask]] = (mask, false)
      if let complement = masks.complements[mask] { places[complement] = (mask, true) }
    }
    self.places = places
  }

  func cell(_ column: Int, _ row: Int) -> Cell { grid[column, row] }

  /// The squared error of a cell, less the energy; `nil` for one that isn't part of a picture.
  func error(of cell: Cell, _ sums: CellSums) -> Float? {
    guard let outer = cell.style.background.lanes.map({ $0 - sums.mean }) else { return nil }
    if cell.glyph == " " { return CellSums.subcells * outer.squaredLength }
    guard !sums.isFlat, let place = places[cell.glyph],
      let inner = cell.style.foreground.lanes.map({ $0 - sums.mean })
    else { return nil }
    let sum = sums.sum(place.mask)
    return place.isComplement
      ? masks.error(of: place.mask, sum: sum, outer, inner)
      : masks.error(of: place.mask, sum: sum, inner, outer)
  }
}

extension Color {
  /// An exact colour's channels; `nil` for another.
  var lanes: SIMD4<Float>? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    return SIMD4(Float(red), Float(green), Float(blue), 0)
  }
}
