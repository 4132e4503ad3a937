internal import Cells

/// Least squares without colours: the glyph whose ink is nearest to the picture's brightness.
///
/// All ink is taken for white (for black on a light terminal) and no ink for its opposite. The
/// squared error of ink `c` at brightness `t` is `Σt² − 2Σct + Σc²`; the brightness is the mean of
/// the channels, for which the error is least in each of them.
struct MonoFit: CellFit {
  private typealias Vector = MaskTable.Vector

  private let scalars: [Unicode.Scalar]
  /// The weight of each sample, times 2: for each vector of glyphs all samples in order.
  private let weights: [Vector]
  /// Σc² of each glyph.
  private let squares: [Vector]
  private let isLight: Bool

  init(_ glyphs: GlyphSet, on grid: SubcellGrid, isLight: Bool) {
    self.isLight = isLight
    scalars = glyphs.glyphs.map(\.scalar)
    let count = (scalars.count + 7) / 8
    let scale = Float(Coverage.columns * Coverage.rows) / Float(grid.count)
    var weights = [Vector](repeating: .zero, count: count * grid.count)
    var squares = [Vector](repeating: Vector(repeating: .infinity), count: count)
    for (index, glyph) in glyphs.glyphs.enumerated() {
      for (sample, share) in glyph.coverage.reduced(to: grid).enumerated() {
        weights[index / 8 * grid.count + sample][index % 8] = 2 * share * scale
      }
      squares[index / 8][index % 8] = glyph.coverage.subcells.reduce(0) { $0 + $1 * $1 }
    }
    self.weights = weights
    self.squares = squares
  }

  func cell(for samples: Samples, at column: Int) -> Cell {
    for index in samples.indices { samples[index].x = ink(samples[index]) }
    var best = 0
    var bestError = Float.infinity
    for vector in squares.indices {
      var errors = squares[vector]
      for index in samples.indices {
        errors -= weights[vector * samples.count + index] * samples[index].x
      }
      for lane in 0..<8 where errors[lane] < bestError - 1e-3 {
        bestError = errors[lane]
        best = vector * 8 + lane
      }
    }
    return Cell(scalars[best])
  }

  func color(_ mean: SIMD4<Float>) -> Color? { nil }

  var paper: SIMD4<Float>? { isLight ? SIMD4(255, 255, 255, 0) : .zero }

  private func ink(_ color: SIMD4<Float>) -> Float {
    let share = (color.x + color.y + color.z) / (3 * 255)
    return isLight ? 1 - share : share
  }
}
