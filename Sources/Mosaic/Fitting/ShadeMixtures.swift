internal import Cells

/// The colours that two palette entries and a shade make together.
///
/// Only entries near a colour are mixed to make it: two that are far apart would be seen as dots.
struct ShadeMixtures: Sendable {
  /// Two entries and the share of the first.
  struct Mixture: Sendable {
    var foreground: UInt8
    var background: UInt8
    /// Which of the shades.
    var shade: Int
  }

  /// Mixtures to choose from, eight in a vector.
  fileprivate struct Bin: Sendable {
    var red: [SIMD8<Float>] = []
    var green: [SIMD8<Float>] = []
    var blue: [SIMD8<Float>] = []
    /// What the grain of the mixture costs, as a squared distance.
    var grain: [SIMD8<Float>] = []
    var mixtures: [Mixture] = []
  }

  /// The characters of the shades.
  let scalars: [Unicode.Scalar]
  /// The share of foreground in each.
  private let shares: [Float]
  private let bins: [Bin]

  /// The mixtures of a depth's palette; `nil` where it has none or there are no shades.
  static func mixtures(of depth: ColorDepth, with glyphs: GlyphSet) -> ShadeMixtures? {
    guard !glyphs.shades.isEmpty else { return nil }
    switch depth {
    case .palette256: return of256
    case .palette16: return of16
    case .palette8: return of8
    case .truecolor, .mono: return nil
    }
  }

  private static let of256 = ShadeMixtures(cubesOf: GlyphTable.glyphs(of: .shade))
  private static let of16 = ShadeMixtures(pairsOf: 0...15, GlyphTable.glyphs(of: .shade))
  private static let of8 = ShadeMixtures(pairsOf: 0...7, GlyphTable.glyphs(of: .shade))

  /// All pairs of a small palette, in one bin.
  private init(pairsOf indices: ClosedRange<UInt8>, _ shades: [Glyph]) {
    scalars = shades.map(\.scalar)
    shares = shades.map(\.coverage.share)
    bins = [Self.bin(of: Array(indices), shades)]
  }

  /// The 5×5×5 cubes between neighbouring levels of the 6×6×6 cube: a bin each.
  private init(cubesOf shades: [Glyph]) {
    scalars = shades.map(\.scalar)
    shares = shades.map(\.coverage.share)
    var bins: [Bin] = []
    for red in 0..<5 {
      for green in 0..<5 {
        for blue in 0..<5 {
          bins.append(Self.bin(of: Self.entries(aroundCubeAt: red, green, blue), shades))
        }
      }
    }
    self.bins = bins
  }

  /// The corners of a cube of neighbouring levels, and the greys not farther from its middle.
  private static func entries(aroundCubeAt red: Int, _ green: Int, _ blue: Int) -> [UInt8] {
    var corners: [UInt8] = []
    for corner in 0..<8 {
      let index =
        36 * (red + corner >> 2) + 6 * (green + corner >> 1 & 1) + blue + corner & 1
      corners.append(UInt8(16 + index))
    }
    let colors = PaletteMatcher.colors
    let low = colors[Int(corners[0])]
    let middle = (low + colors[Int(corners[7])]) / 2
    let reach = (middle - low).squaredLength
    return corners
      + (232...255).filter { (colors[$0] - middle).squaredLength <= reach }
      .map { UInt8($0) }
  }

  private static func bin(of entries: [UInt8], _ shades: [Glyph]) -> Bin {
    var bin = Bin()
    var lane = 8
    for (index, first) in entries.enumerated() {
      for second in entries[(index + 1)...] {
        for (shade, glyph) in shades.enumerated() {
          if lane == 8 {
            lane = 0
            bin.appendVector()
          }
          bin.set(
            lane, Mixture(foreground: first, background: second, shade: shade),
            share: glyph.coverage.share)
          lane += 1
        }
      }
    }
    return bin
  }

  /// The mixture nearest to a colour, and its squared distance, the grain's cost included.
  func nearest(to color: SIMD4<Float>) -> (mixture: Mixture, cost: Float) {
    let bin = bins.count == 1 ? bins[0] : bins[Self.cube(of: color)]
    let red = SIMD8(repeating: color.x)
    let green = SIMD8(repeating: color.y)
    let blue = SIMD8(repeating: color.z)
    var best = SIMD8<Float>(repeating: .infinity)
    var bestVector = SIMD8<Int32>(repeating: 0)
    for vector in 0..<bin.red.count {
      let redOff = bin.red[vector] - red
      let greenOff = bin.green[vector] - green
      let blueOff = bin.blue[vector] - blue
      let cost = redOff * redOff + greenOff * greenOff + blueOff * blueOff + bin.grain[vector]
      let isBetter = cost .< best
      best.replace(with: cost, where: isBetter)
      bestVector.replace(with: SIMD8(repeating: Int32(vector)), where: isBetter)
    }
    let cost = best.min()
    var lane = 0
    while best[lane] > cost { lane += 1 }
    return (bin.mixtures[Int(bestVector[lane]) * 8 + lane], cost)
  }

  /// The squared distance of a mixture to a colour, the grain's cost included.
  func cost(of mixture: Mixture, at color: SIMD4<Float>) -> Float {
    let foreground = PaletteMatcher.colors[Int(mixture.foreground)]
    let background = PaletteMatcher.colors[Int(mixture.background)]
    let share = shares[mixture.shade]
    let mixed = background + (foreground - background) * share
    return (mixed - color).squaredLength
      + Bin.grain(share, (foreground - background).squaredLength)
  }

  /// The same colour with the entries exchanged.
  func exchanged(_ mixture: Mixture) -> Mixture {
    // Of the shades ¼, ½ and ¾ the last is the first's complement.
    Mixture(
      foreground: mixture.background, background: mixture.foreground,
      shade: shares.count - 1 - mixture.shade)
  }

  /// The mixtures of an entry with the other one that comes nearest to a colour, for each shade.
  func completing(
    _ entry: UInt8, to color: SIMD4<Float>, with matcher: PaletteMatcher
  ) -> [Mixture] {
    let known = PaletteMatcher.colors[Int(entry)]
    return shares.indices.map { shade in
      let share = shares[shade]
      let other = matcher.nearest((color - known * share) / (1 - share))
      return Mixture(foreground: entry, background: other, shade: shade)
    }
  }

  private static func cube(of color: SIMD4<Float>) -> Int {
    func interval(_ value: Float) -> Int { max(0, min(4, (Int(value) - 55) / 40)) }
    return 25 * interval(color.x) + 5 * interval(color.y) + interval(color.z)
  }
}

extension ShadeMixtures.Bin {
  /// How much the squared contrast of a mixture's dots counts against its being the right colour.
  fileprivate static let grainWeight: Float = 0.02

  /// What the grain of a mixture costs.
  fileprivate static func grain(_ share: Float, _ contrast: Float) -> Float {
    grainWeight * share * (1 - share) * contrast
  }

  fileprivate mutating func appendVector() {
    red.append(SIMD8(repeating: 1e6))
    green.append(SIMD8(repeating: 1e6))
    blue.append(SIMD8(repeating: 1e6))
    grain.append(SIMD8(repeating: 0))
  }

  fileprivate mutating func set(
    _ lane: Int, _ mixture: ShadeMixtures.Mixture, share: Float
  ) {
    let foreground = PaletteMatcher.colors[Int(mixture.foreground)]
    let background = PaletteMatcher.colors[Int(mixture.background)]
    let color = background + (foreground - background) * share
    let vector = red.count - 1
    red[vector][lane] = color.x
    green[vector][lane] = color.y
    blue[vector][lane] = color.z
    grain[vector][lane] = Self.grain(share, (foreground - background).squaredLength)
    mixtures.append(mixture)
  }
}
