internal import Cells

/// Least squares with any colours: each glyph's best pair of colours, and the best glyph.
struct TruecolorFit: CellFit {
  let masks: MaskTable

  func cell(for samples: Samples, at column: Int) -> Cell {
    masks.withSums(of: samples) { sums in
      let best = sums.isFlat ? nil : masks.bestPair(for: sums)
      guard let best else { return Cell(" ", style: Style(background: sums.mean.rgb)) }
      let style = Style(foreground: best.foreground.rgb, background: best.background.rgb)
      if style.foreground == style.background {
        return Cell(" ", style: Style(background: style.background))
      }
      return Cell(masks.scalars[best.mask], style: style)
    }
  }

  func color(_ mean: SIMD4<Float>) -> Color? { mean.rgb }

  var paper: SIMD4<Float>? { nil }
}

/// A mask and two colours.
struct MaskPair {
  var mask: Int
  var foreground: SIMD4<Float>
  var background: SIMD4<Float>
  /// The squared error, less the cell's energy: the lower the better, and 0 for the mean alone.
  var error: Float
}

extension MaskTable {
  /// The mask with the best pair of colours that there are; `nil` if none gains anything.
  func bestPair(for sums: CellSums) -> MaskPair? {
    withUnsafeTemporaryAllocation(of: Vector.self, capacity: max(1, vectorCount)) { gains in
      computeGains(of: sums, into: gains)
      var best: MaskPair?
      // Colours that don't exist are replaced by the nearest that do, which may make another mask
      // better; seldom more than a few.
      for _ in 0..<4 {
        guard let (mask, bound) = Self.takeGreatest(of: gains, vectorCount),
          bound > max(CellSums.flatness, -(best?.error ?? 0))
        else { break }
        let (pair, isExact) = pair(mask, sums, bound)
        if pair.error < best?.error ?? 0 { best = pair }
        if isExact { break }
      }
      return best
    }
  }

  /// How much each mask lowers the squared error with its best colours.
  @inline(__always)
  func computeGains(of sums: CellSums, into gains: UnsafeMutableBufferPointer<Vector>) {
    for vector in 0..<vectorCount {
      let (red, green, blue) = (sums.red[vector], sums.green[vector], sums.blue[vector])
      gains[vector] = gain[vector] * (red * red + green * green + blue * blue)
    }
  }

  /// The lane with the greatest value, which is then set to 0.
  @inline(__always)
  static func takeGreatest(
    of values: UnsafeMutableBufferPointer<Vector>, _ count: Int
  ) -> (index: Int, value: Float)? {
    var greatest = Vector.zero
    var places = SIMD8<Int32>(repeating: -1)
    for vector in 0..<count {
      let isGreater = values[vector] .> greatest
      greatest.replace(with: values[vector], where: isGreater)
      places.replace(with: SIMD8(repeating: Int32(vector)), where: isGreater)
    }
    let value = greatest.max()
    guard value > 0 else { return nil }
    var lane = 0
    while greatest[lane] < value { lane += 1 }
    let vector = Int(places[lane])
    values[vector][lane] = 0
    return (vector * 8 + lane, value)
  }

  /// A mask's best colours, and whether they are its best of all.
  private func pair(_ mask: Int, _ sums: CellSums, _ bound: Float) -> (MaskPair, isExact: Bool) {
    let (vector, lane) = (mask >> 3, mask & 7)
    let sum = sums.sum(mask)
    var foreground = sums.mean + sum * foreground[vector][lane]
    var background = sums.mean + sum * background[vector][lane]
    let low = min(foreground.min(), background.min())
    let high = max(foreground.max(), background.max())
    if low > -0.5, high < 255.5 {
      return (
        MaskPair(mask: mask, foreground: foreground, background: background, error: -bound), true
      )
    }
    foreground = foreground.wholeChannels
    let fixed = foreground - sums.mean
    background =
      (sums.mean - (sum + fixed * mixed[vector][lane]) / outer[vector][lane]).wholeChannels
    let error = error(of: mask, sum: sum, fixed, background - sums.mean)
    return (
      MaskPair(mask: mask, foreground: foreground, background: background, error: error), false
    )
  }
}
