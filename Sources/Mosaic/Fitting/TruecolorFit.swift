internal import Cells

/// Least squares with any colours: each glyph's best pair of colours, and the best glyph.
struct TruecolorFit: CellFit {
  let patterns: [Pattern]

  init(_ glyphs: GlyphSet) { patterns = glyphs.patterns }

  func cell(for samples: UnsafeBufferPointer<SIMD4<Float>>) -> Cell {
    let mean = samples.mean
    return withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: samples.count) {
      centred in
      for index in samples.indices { centred[index] = samples[index] - mean }
      return cell(for: UnsafeBufferPointer(centred), around: mean)
    }
  }

  private func cell(
    for centred: UnsafeBufferPointer<SIMD4<Float>>, around mean: SIMD4<Float>
  ) -> Cell {
    // A gain that rounding the colours would eat isn't worth a glyph.
    var bestGain = 0.25 * Float(centred.count)
    var best = -1
    var bestSum = SIMD4<Float>.zero
    for index in 0..<patterns.count {
      let sum = patterns[index].sum(of: centred)
      let gain = sum.squaredLength * patterns[index].gain
      if gain > bestGain {
        bestGain = gain
        best = index
        bestSum = sum
      }
    }
    guard best >= 0 else { return Cell(" ", style: Style(background: rgb(mean))) }
    let pattern = patterns[best]
    let style = Style(
      foreground: rgb(mean + bestSum * pattern.foreground),
      background: rgb(mean + bestSum * pattern.background))
    if style.foreground == style.background {
      return Cell(" ", style: Style(background: style.background))
    }
    return Cell(pattern.scalar, style: style)
  }

  func color(_ mean: SIMD4<Float>) -> Color? { rgb(mean) }

  var paper: SIMD4<Float>? { nil }

  private func rgb(_ value: SIMD4<Float>) -> Color {
    let channels = value.channels
    return .rgb(channels.red, channels.green, channels.blue)
  }
}
