internal import Cells

/// Least squares with a palette's colours: the glyph is chosen by what the palette can show.
///
/// For each glyph the entries nearest to its best colours are its best entries, since the errors
/// under and beside the glyph add up; a shade of two entries competes as a flat colour. Where bytes
/// count, the colours that are set already compete with the best ones.
struct IndexedFit: CellFit {
  private let masks: MaskTable
  private let matcher: PaletteMatcher
  private let mixtures: ShadeMixtures?
  private let hasFullBlock: Bool
  private let price: BytePrice
  private let colorBytes: IndexedColorBytes
  private var pen = Pen<UInt8>()

  init(
    _ glyphs: GlyphSet, on grid: SubcellGrid, depth: ColorDepth, price: BytePrice = BytePrice()
  ) {
    masks = glyphs.masks(on: grid)
    matcher = PaletteMatcher(depth)
    mixtures = ShadeMixtures(glyphs, depth: depth, matcher: matcher)
    hasFullBlock = glyphs.glyphs.contains { $0.scalar == "█" }
    self.price = price
    colorBytes = IndexedColorBytes(depth: depth)
  }

  mutating func beginRow(_ row: Int) { pen = Pen() }

  mutating func cell(for samples: Samples, at column: Int) -> Cell {
    let best = masks.withSums(of: samples) { sums in
      var best = flat(sums.mean)
      if let mixtures { consider(mixtures, sums.mean, &best) }
      if !sums.isFlat { consider(sums, &best) }
      return best
    }
    pen.write(best.glyph, as: price.stream)
    return best.cell
  }

  mutating func skip(_ cell: Cell) {
    let style = cell.style
    pen.write(
      PennedGlyph(
        scalar: cell.glyph, foreground: style.foreground.entry, background: style.background.entry),
      as: price.stream)
  }

  func color(_ mean: SIMD4<Float>) -> Color? { .indexed(matcher.nearest(mean)) }

  var paper: SIMD4<Float>? { nil }

  /// A choice with the worth of its bytes added to its error.
  @inline(__always)
  private func priced(
    _ scalar: Unicode.Scalar, _ foreground: UInt8?, _ background: UInt8?, error: Float
  ) -> IndexedChoice {
    let glyph = PennedGlyph(scalar: scalar, foreground: foreground, background: background)
    guard price.isPaid else { return IndexedChoice(glyph: glyph, cost: error) }
    let cost = price.cost(
      of: glyph, after: pen, colorBytes.of(foreground), colorBytes.of(background) + 0.2)
    return IndexedChoice(glyph: glyph, cost: error + cost)
  }
}

// MARK: - One colour

extension IndexedFit {
  private func flat(_ mean: SIMD4<Float>) -> IndexedChoice {
    func error(_ entry: UInt8) -> Float {
      CellSums.subcells * (matcher.colors[Int(entry)] - mean).squaredLength
    }
    let nearest = matcher.nearest(mean)
    var best = priced(" ", nil, nearest, error: error(nearest))
    guard price.isPaid else { return best }
    if let background = pen.background {
      best.take(priced(" ", nil, background, error: error(background)))
    }
    if hasFullBlock, let foreground = pen.foreground {
      best.take(priced("█", foreground, pen.background, error: error(foreground)))
    }
    return best
  }

  private func consider(
    _ mixtures: ShadeMixtures, _ mean: SIMD4<Float>, _ best: inout IndexedChoice
  ) {
    guard best.cost > CellSums.flatness else { return }
    consider(mixtures.nearest(to: mean).mixture, mixtures, mean, &best)
    guard price.isPaid else { return }
    for case .some(let entry) in [pen.foreground, pen.background] {
      for mixture in mixtures.completing(entry, to: mean) {
        consider(mixture, mixtures, mean, &best)
      }
    }
  }

  private func consider(
    _ mixture: ShadeMixtures.Mixture, _ mixtures: ShadeMixtures, _ mean: SIMD4<Float>,
    _ best: inout IndexedChoice
  ) {
    guard mixture.foreground != mixture.background else { return }
    let error = CellSums.subcells * mixtures.cost(of: mixture, at: mean)
    // Exchanged, the entries may be in the pen's order.
    for mixture in price.isPaid ? [mixture, mixtures.exchanged(mixture)] : [mixture] {
      best.take(
        priced(
          mixtures.scalars[mixture.shade], mixture.foreground, mixture.background, error: error),
        margin: CellSums.flatness)
    }
  }
}

// MARK: - Two colours

extension IndexedFit {
  private func consider(_ sums: CellSums, _ best: inout IndexedChoice) {
    withUnsafeTemporaryAllocation(of: MaskTable.Vector.self, capacity: max(1, masks.vectorCount)) {
      gains in
      masks.computeGains(of: sums, into: gains)
      // No entries can do better than the best of all colours.
      var tries = 0
      while tries < Self.mostMasks,
        let (mask, gain) = MaskTable.takeGreatest(of: gains, masks.vectorCount),
        -gain + price.least < best.cost - CellSums.flatness
      {
        consider(mask, sums, &best)
        tries += 1
      }
    }
  }

  /// So many masks are tried, those first that would gain most with exact colours: more of them
  /// change hardly a cell.
  private static let mostMasks = 16

  private func consider(_ mask: Int, _ sums: CellSums, _ best: inout IndexedChoice) {
    let (vector, lane) = (mask >> 3, mask & 7)
    let sum = sums.sum(mask)
    let inner = matcher.nearest(sums.mean + sum * masks.foreground[vector][lane])
    let outer = matcher.nearest(sums.mean + sum * masks.background[vector][lane])
    consider(mask, sum, sums.mean, inner, outer, &best)
    guard price.isPaid, let one = pen.foreground, let other = pen.background else { return }
    consider(mask, sum, sums.mean, one, other, &best)
    consider(mask, sum, sums.mean, other, one, &best)
    consider(mask, sum, sums.mean, one, outer, &best)
    consider(mask, sum, sums.mean, other, outer, &best)
    consider(mask, sum, sums.mean, inner, one, &best)
    consider(mask, sum, sums.mean, inner, other, &best)
  }

  @inline(__always)
  private func consider(
    _ mask: Int, _ sum: SIMD4<Float>, _ mean: SIMD4<Float>, _ inner: UInt8, _ outer: UInt8,
    _ best: inout IndexedChoice
  ) {
    guard inner != outer else { return }
    let error = masks.error(
      of: mask, sum: sum, matcher.colors[Int(inner)] - mean,
      matcher.colors[Int(outer)] - mean)
    guard error + price.least < best.cost - CellSums.flatness else { return }
    best.take(
      priced(masks.scalars[mask], inner, outer, error: error), margin: CellSums.flatness)
    guard price.isPaid, let complement = masks.complements[mask] else { return }
    best.take(priced(complement, outer, inner, error: error), margin: CellSums.flatness)
  }
}

/// A glyph with two entries, and what it costs: the squared error less the cell's energy, and what
/// its bytes are worth.
private struct IndexedChoice {
  var glyph: PennedGlyph<UInt8>
  var cost: Float

  /// Becomes another choice if that costs less by more than a margin.
  @inline(__always)
  mutating func take(_ other: IndexedChoice, margin: Float = 0) {
    if other.cost < cost - margin { self = other }
  }

  var cell: Cell {
    func color(_ entry: UInt8?) -> Color { entry.map { .indexed($0) } ?? .standard }
    return Cell(
      glyph.scalar,
      style: Style(foreground: color(glyph.foreground), background: color(glyph.background)))
  }
}

/// The bytes that it takes to name an entry.
private struct IndexedColorBytes {
  let depth: ColorDepth

  @inline(__always)
  func of(_ entry: UInt8?) -> Float {
    guard let entry, depth == .palette256 else { return 2 }
    return entry < 100 ? 7 : 8
  }
}

extension Color {
  /// The palette entry; `nil` for another colour.
  var entry: UInt8? {
    if case .indexed(let entry) = self { entry } else { nil }
  }
}
