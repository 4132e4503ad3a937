internal import Cells

/// Cells that the picture's edge crosses.
///
/// What the terminal shows beyond the edge isn't known where there are colours, so that a glyph of
/// one colour covers the picture's part; a cell that is nearly all picture is filled.
struct EdgeFit {
  private let scalars: [Unicode.Scalar]
  private let shares: [[Float]]

  init(glyphs: GlyphSet, on grid: SubcellGrid) {
    let solid = glyphs.glyphs.filter { !$0.coverage.isFlat && $0.availability > .everywhere }
    scalars = solid.map(\.scalar)
    shares = solid.map { $0.coverage.reduced(to: grid) }
  }

  /// The cell for samples that are inside the picture by some share each, 0…1.
  func cell(
    for samples: [SIMD4<Float>], inside: [Float], at column: Int, with fit: inout some CellFit
  ) -> Cell {
    if let paper = fit.paper {
      var blended = zip(samples, inside).map { $0 * $1 + paper * (1 - $1) }
      return blended.withUnsafeMutableBufferPointer { fit.cell(for: $0, at: column) }
    }
    let none = mismatch(inside) { _ in 0 }
    let all = mismatch(inside) { _ in 1 }
    var best = min(none, all)
    var glyph: Int?
    for (index, share) in shares.enumerated() {
      let mismatch = mismatch(inside) { share[$0] }
      if mismatch < best - 1e-3 {
        best = mismatch
        glyph = index
      }
    }
    if let glyph {
      let mean = Self.mean(samples, weights: zip(inside, shares[glyph]).map { $0 * $1 })
      let cell = Cell(scalars[glyph], style: Style(foreground: fit.color(mean) ?? .standard))
      fit.skip(cell)
      return cell
    }
    if none < all {
      fit.skip(.blank)
      return .blank
    }
    return filled(samples, inside, at: column, with: &fit)
  }

  /// The cell with what lies outside filled with the mean of what lies inside.
  private func filled(
    _ samples: [SIMD4<Float>], _ inside: [Float], at column: Int, with fit: inout some CellFit
  ) -> Cell {
    let mean = Self.mean(samples, weights: inside)
    var whole = zip(samples, inside).map { $1 > 0 ? $0 : mean }
    return whole.withUnsafeMutableBufferPointer { fit.cell(for: $0, at: column) }
  }

  private func mismatch(_ inside: [Float], _ share: (Int) -> Float) -> Float {
    var sum: Float = 0
    for index in inside.indices { sum += abs(inside[index] - share(index)) }
    return sum
  }

  private static func mean(_ samples: [SIMD4<Float>], weights: [Float]) -> SIMD4<Float> {
    var sum = SIMD4<Float>.zero
    for (sample, weight) in zip(samples, weights) { sum += sample * weight }
    return sum / max(weights.reduce(0, +), .leastNormalMagnitude)
  }
}
