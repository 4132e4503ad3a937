internal import Cells

/// Least squares without colours: the glyph whose ink is nearest to the picture's luminance.
///
/// The luminance is the luma of the sRGB values, which the eye sees as evenly spaced; all ink is
/// taken for white (for black on a light terminal) and no ink for its opposite.
struct MonoFit: CellFit {
  private let scalars: [Unicode.Scalar]
  private let shares: [[Float]]
  private let isLight: Bool

  init(_ glyphs: GlyphSet, isLight: Bool) {
    scalars = glyphs.glyphs.map(\.scalar)
    shares = glyphs.glyphs.map { $0.coverage.reduced(to: glyphs.grid) }
    self.isLight = isLight
  }

  func cell(for samples: UnsafeBufferPointer<SIMD4<Float>>) -> Cell {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: samples.count) { inks in
      for index in samples.indices { inks[index] = share(samples[index]) }
      var best = 0
      var bestError = Float.infinity
      for glyph in 0..<shares.count {
        var error: Float = 0
        for index in 0..<inks.count {
          let difference = inks[index] - shares[glyph][index]
          error += difference * difference
        }
        // The margin keeps float noise from choosing between equals.
        if error < bestError - 1e-4 {
          bestError = error
          best = glyph
        }
      }
      return Cell(scalars[best])
    }
  }

  func color(_ mean: SIMD4<Float>) -> Color? { nil }

  var paper: SIMD4<Float>? { isLight ? SIMD4(255, 255, 255, 0) : .zero }

  private func share(_ mean: SIMD4<Float>) -> Float {
    let luma = mean.dot(SIMD4(0.299, 0.587, 0.114, 0)) / 255
    return isLight ? 1 - luma : luma
  }
}
