internal import Cells

/// Least squares with a palette's colours: the glyph is chosen by what the palette can show.
///
/// For each glyph the entries nearest to its best colours are its best entries, since the errors
/// under and beside the glyph add up; a shade of two entries competes as a flat colour.
struct IndexedFit: CellFit {
  private let patterns: [Pattern]
  private let matcher: PaletteMatcher
  private let mixtures: ShadeMixtures?

  init(_ glyphs: GlyphSet, depth: ColorDepth) {
    patterns = glyphs.patterns
    matcher = PaletteMatcher(depth)
    mixtures = ShadeMixtures.mixtures(of: depth, with: glyphs)
  }

  func cell(for samples: UnsafeBufferPointer<SIMD4<Float>>) -> Cell {
    let mean = samples.mean
    return withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: samples.count) {
      centred in
      for index in samples.indices { centred[index] = samples[index] - mean }
      return cell(for: UnsafeBufferPointer(centred), around: mean)
    }
  }

  /// A candidate and its squared error less that of the mean colour.
  private struct Candidate {
    var scalar: Unicode.Scalar
    var foreground: UInt8
    var background: UInt8
    var error: Float
  }

  private func cell(
    for centred: UnsafeBufferPointer<SIMD4<Float>>, around mean: SIMD4<Float>
  ) -> Cell {
    let flat = matcher.nearest(mean)
    let count = Float(centred.count)
    var best = Candidate(
      scalar: " ", foreground: flat, background: flat,
      error: count * (PaletteMatcher.colors[Int(flat)] - mean).squaredLength)
    for index in 0..<patterns.count {
      let sum = patterns[index].sum(of: centred)
      // No entries can do better than the best of all colours.
      guard -sum.squaredLength * patterns[index].gain < best.error - 0.25 else { continue }
      let candidate = candidate(patterns[index], sum, mean)
      if candidate.error < best.error - 0.25 { best = candidate }
    }
    if let mixtures, best.error > 0 {
      let (mixture, cost) = mixtures.nearest(to: mean)
      if count * cost < best.error - 0.25 {
        best = Candidate(
          scalar: mixtures.scalars[mixture.shade], foreground: mixture.foreground,
          background: mixture.background, error: count * cost)
      }
    }
    if best.foreground == best.background {
      return Cell(" ", style: Style(background: .indexed(best.background)))
    }
    return Cell(
      best.scalar,
      style: Style(
        foreground: .indexed(best.foreground), background: .indexed(best.background)))
  }

  @inline(__always)
  private func candidate(
    _ pattern: Pattern, _ sum: SIMD4<Float>, _ mean: SIMD4<Float>
  ) -> Candidate {
    let foreground = matcher.nearest(mean + sum * pattern.foreground)
    let background = matcher.nearest(mean + sum * pattern.background)
    let inner = PaletteMatcher.colors[Int(foreground)] - mean
    let outer = PaletteMatcher.colors[Int(background)] - mean
    let error =
      2 * (outer - inner).dot(sum) + pattern.squares.inner * inner.squaredLength
      + 2 * pattern.squares.mixed * inner.dot(outer)
      + pattern.squares.outer * outer.squaredLength
    return Candidate(
      scalar: pattern.scalar, foreground: foreground, background: background, error: error)
  }

  func color(_ mean: SIMD4<Float>) -> Color? { .indexed(matcher.nearest(mean)) }

  var paper: SIMD4<Float>? { nil }
}
