internal import Cells

/// The colours that two palette entries and a shade make together.
///
/// One of the two entries is looked for near the colour wanted; the other one follows from it.
struct ShadeMixtures: Sendable {
  /// Two entries and a shade.
  struct Mixture: Sendable {
    var foreground: UInt8
    var background: UInt8
    /// Which of the shades.
    var shade: Int
  }

  /// The characters of the shades.
  let scalars: [Unicode.Scalar]
  /// The share of foreground in each.
  private let shares: [Float]
  private let matcher: PaletteMatcher
  /// All entries of a small palette.
  private let entries: [UInt8]

  /// The mixtures of a depth's palette; `nil` where it has none or there are no shades.
  init?(_ glyphs: GlyphSet, depth: ColorDepth, matcher: PaletteMatcher) {
    guard let indices = depth.paletteIndices, !glyphs.shades.isEmpty else { return nil }
    scalars = glyphs.shades.map(\.scalar)
    shares = glyphs.shades.map(\.coverage.share)
    self.matcher = matcher
    entries = depth == .palette256 ? [] : Array(indices)
  }

  /// The best mixture for a colour, and its squared distance, the grain's cost included.
  func nearest(to color: SIMD4<Float>) -> (mixture: Mixture, cost: Float) {
    var best = (
      mixture: Mixture(foreground: 0, background: 0, shade: 0), cost: Float.infinity
    )
    func consider(_ entry: UInt8) {
      for shade in shares.indices {
        let mixture = completing(entry, shade, to: color)
        let cost = cost(of: mixture, at: color)
        if cost < best.cost { best = (mixture, cost) }
      }
    }
    if entries.isEmpty {
      Self.forEachEntry(near: color, consider)
    } else {
      for entry in entries { consider(entry) }
    }
    return best
  }

  /// Calls a function with the cube's entries around a colour and the greys nearest to it.
  private static func forEachEntry(near color: SIMD4<Float>, _ body: (UInt8) -> Void) {
    func interval(_ value: Float) -> Int { max(0, min(4, (Int(value) - 55) / 40)) }
    let (red, green, blue) = (interval(color.x), interval(color.y), interval(color.z))
    for corner in 0..<8 {
      let entry =
        16 + 36 * (red + corner >> 2) + 6 * (green + corner >> 1 & 1) + blue + corner & 1
      body(UInt8(entry))
    }
    let step = max(0, min(22, (Int((color.x + color.y + color.z) / 3) - 8) / 10))
    body(UInt8(232 + step))
    body(UInt8(233 + step))
  }

  /// The squared distance of a mixture to a colour, the grain's cost included.
  @inline(__always)
  func cost(of mixture: Mixture, at color: SIMD4<Float>) -> Float {
    let foreground = matcher.colors[Int(mixture.foreground)]
    let background = matcher.colors[Int(mixture.background)]
    let share = shares[mixture.shade]
    let off = background + (foreground - background) * share - color
    let contrast = (foreground - background).squaredLength
    return off.squaredLength + Self.grainWeight * share * (1 - share) * contrast
  }

  /// How much the squared contrast of a mixture's dots counts against its being the right colour:
  /// of two mixtures that serve, the smoother one.
  private static let grainWeight: Float = 0.005

  /// The same colour with the entries exchanged.
  func exchanged(_ mixture: Mixture) -> Mixture {
    // Of the shades ¼, ½ and ¾ the last is the first's complement.
    Mixture(
      foreground: mixture.background, background: mixture.foreground,
      shade: shares.count - 1 - mixture.shade)
  }

  /// The mixtures of an entry with the other one that comes nearest to a colour, for each shade.
  func completing(_ entry: UInt8, to color: SIMD4<Float>) -> [Mixture] {
    shares.indices.map { completing(entry, $0, to: color) }
  }

  @inline(__always)
  private func completing(_ entry: UInt8, _ shade: Int, to color: SIMD4<Float>) -> Mixture {
    let known = matcher.colors[Int(entry)]
    let share = shares[shade]
    let other = matcher.nearest((color - known * share) / (1 - share))
    return Mixture(foreground: entry, background: other, shade: shade)
  }
}
