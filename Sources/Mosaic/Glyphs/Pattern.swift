/// A glyph as the least-squares fit sees it, with all that doesn't depend on the picture.
///
/// Let `c` be the glyph's share of each of a cell's `n` samples and `v` the sample's colour less the
/// cell's mean. With `S = Σ c·v` the best foreground is `S · foreground`, the best background
/// `S · background` (both less the mean), and they lower the squared error by `|S|² · gain`. For a
/// glyph without half-covered samples these are the means of the samples under and beside it.
struct Pattern: Sendable {
  let scalar: Unicode.Scalar
  /// The share `c` of each sample of the set's raster, row by row.
  let shares: [Float]
  /// Σc², Σc(1−c), Σ(1−c)².
  let squares: (inner: Float, mixed: Float, outer: Float)
  /// The best foreground is the sum `S` times this.
  let foreground: Float
  /// The best background is the sum `S` times this.
  let background: Float
  /// The fit lowers the squared error by `|S|²` times this.
  let gain: Float

  /// The pattern of a glyph; `nil` for a flat one, whose two colours no fit can tell apart.
  init?(_ glyph: Glyph, on grid: SubcellGrid) {
    guard !glyph.coverage.isFlat else { return nil }
    scalar = glyph.scalar
    shares = glyph.coverage.reduced(to: grid)
    let inner = shares.reduce(0) { $0 + $1 * $1 }
    let mixed = shares.reduce(0) { $0 + $1 * (1 - $1) }
    let outer = shares.reduce(0) { $0 + (1 - $1) * (1 - $1) }
    let determinant = inner * outer - mixed * mixed
    squares = (inner, mixed, outer)
    foreground = (outer + mixed) / determinant
    background = -(inner + mixed) / determinant
    gain = (inner + 2 * mixed + outer) / determinant
  }

  /// The patterns of glyphs, without those that are a former one's complement.
  static func table(of glyphs: [Glyph], on grid: SubcellGrid) -> [Pattern] {
    var seen: Set<Coverage> = []
    return glyphs.compactMap { glyph in
      guard !seen.contains(glyph.coverage) else { return nil }
      seen.insert(glyph.coverage)
      seen.insert(glyph.coverage.inverted)
      return Pattern(glyph, on: grid)
    }
  }

  /// The sum `S` of a cell's samples, each less the cell's mean.
  @inline(__always)
  func sum(of samples: UnsafeBufferPointer<SIMD4<Float>>) -> SIMD4<Float> {
    var sum = SIMD4<Float>.zero
    for index in 0..<shares.count { sum += samples[index] * shares[index] }
    return sum
  }
}
