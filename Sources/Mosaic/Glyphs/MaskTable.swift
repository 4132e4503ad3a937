/// The glyphs of a set as the least-squares fit sees them, eight to a vector.
///
/// Let `c` be the share of foreground in each of a cell's 128 sub-cells, and `v` the colour there
/// less the cell's mean. With `S = Σ c·v` the squared error of the colours `F` and `B`, both less
/// the mean too, is `Σv² − 2(F − B)·S + inner·F² + 2·mixed·F·B + outer·B²`. It is least for
/// `F = S · foreground` and `B = S · background`, and then `Σv² − gain · S²`. For a glyph without
/// half-covered sub-cells these are the means of the colours under and beside it.
///
/// A glyph and its complement are one mask, named after the glyph that is listed first.
struct MaskTable: Sendable {
  typealias Vector = SIMD8<Float>

  /// The raster that samples are on.
  let grid: SubcellGrid
  /// How many masks there are; the lanes after them can't gain anything.
  let count: Int
  /// How many vectors they take.
  let vectorCount: Int
  /// The glyph of each mask.
  let scalars: [Unicode.Scalar]
  /// The glyph that covers the rest of the cell, where there is one.
  let complements: [Unicode.Scalar?]
  /// The weight of each sample in `S`: for each vector of masks all samples in order.
  let weights: [Vector]
  /// Σc² of each mask.
  let inner: [Vector]
  /// Σc(1−c) of each mask.
  let mixed: [Vector]
  /// Σ(1−c)² of each mask.
  let outer: [Vector]
  /// The best foreground is `S` times this.
  let foreground: [Vector]
  /// The best background is `S` times this.
  let background: [Vector]
  /// The fit lowers the squared error by `S²` times this.
  let gain: [Vector]

  /// The masks of glyphs on a raster; flat ones, whose colours no fit can tell apart, are left out.
  init(_ glyphs: [Glyph], on grid: SubcellGrid) {
    self.grid = grid
    let (shapes, complements) = Self.pairs(glyphs.filter { !$0.coverage.isFlat })
    scalars = shapes.map(\.scalar)
    self.complements = complements
    count = shapes.count
    vectorCount = (count + 7) / 8
    let squares = shapes.map { Squares($0.coverage) }
    inner = Self.vectors(squares.map(\.inner), padding: 1)
    mixed = Self.vectors(squares.map(\.mixed))
    outer = Self.vectors(squares.map(\.outer), padding: 1)
    foreground = Self.vectors(squares.map(\.foreground))
    background = Self.vectors(squares.map(\.background))
    gain = Self.vectors(squares.map(\.gain))
    // Sums are over sub-cells, whatever the raster.
    let scale = Float(Coverage.columns * Coverage.rows) / Float(grid.count)
    let shares = shapes.map { $0.coverage.reduced(to: grid) }
    var weights = [Vector](repeating: .zero, count: vectorCount * grid.count)
    for (mask, shares) in shares.enumerated() {
      for (sample, share) in shares.enumerated() {
        weights[mask / 8 * grid.count + sample][mask % 8] = share * scale
      }
    }
    self.weights = weights
  }

  /// The glyphs without those that are a former one's complement, and those complements.
  private static func pairs(_ glyphs: [Glyph]) -> ([Glyph], [Unicode.Scalar?]) {
    var places: [Coverage: Int] = [:]
    var shapes: [Glyph] = []
    var complements: [Unicode.Scalar?] = []
    for glyph in glyphs where places[glyph.coverage] == nil {
      if let place = places[glyph.coverage.inverted] {
        complements[place] = complements[place] ?? glyph.scalar
        continue
      }
      places[glyph.coverage] = shapes.count
      shapes.append(glyph)
      complements.append(nil)
    }
    return (shapes, complements)
  }

  private static func vectors(_ values: [Float], padding: Float = 0) -> [Vector] {
    stride(from: 0, to: values.count, by: 8).map { start in
      var vector = Vector(repeating: padding)
      for lane in 0..<min(8, values.count - start) { vector[lane] = values[start + lane] }
      return vector
    }
  }

  /// What the fit needs of one coverage.
  private struct Squares {
    let inner: Float
    let mixed: Float
    let outer: Float
    let foreground: Float
    let background: Float
    let gain: Float

    init(_ coverage: Coverage) {
      inner = coverage.subcells.reduce(0) { $0 + $1 * $1 }
      mixed = coverage.subcells.reduce(0) { $0 + $1 * (1 - $1) }
      outer = coverage.subcells.reduce(0) { $0 + (1 - $1) * (1 - $1) }
      let determinant = inner * outer - mixed * mixed
      foreground = (outer + mixed) / determinant
      background = -(inner + mixed) / determinant
      gain = (inner + 2 * mixed + outer) / determinant
    }
  }
}

extension MaskTable {
  /// The squared error of two colours less the cell's mean, without the part that no mask changes.
  @inline(__always)
  func error(
    of mask: Int, sum: SIMD4<Float>, _ foreground: SIMD4<Float>, _ background: SIMD4<Float>
  ) -> Float {
    let (vector, lane) = (mask >> 3, mask & 7)
    return 2 * (background - foreground).dot(sum) + inner[vector][lane] * foreground.squaredLength
      + 2 * mixed[vector][lane] * foreground.dot(background)
      + outer[vector][lane] * background.squaredLength
  }
}
