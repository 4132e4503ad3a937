internal import Cells

/// Least squares with any colours where bytes count: the squared error and what the bytes are worth
/// are made least together.
///
/// For each mask the best pair of colours competes with the colours that are set already: one of
/// them with the best other one, or both. The best other colour `F` to a background `B` is
/// `(S − mixed·B) / inner`.
struct ThriftyTruecolorFit: CellFit {
  private typealias Vector = MaskTable.Vector

  private let masks: MaskTable
  private let hasFullBlock: Bool
  private let price: BytePrice
  private var pen = Pen<SIMD4<Float>>()

  init(_ glyphs: GlyphSet, on grid: SubcellGrid, price: BytePrice, over shown: CellGrid?) {
    masks = glyphs.masks(on: grid)
    hasFullBlock = glyphs.glyphs.contains { $0.scalar == "█" }
    self.price = price
  }

  mutating func beginRow(_ row: Int) { pen = Pen() }

  mutating func cell(for samples: Samples, at column: Int) -> Cell {
    let glyph = masks.withSums(of: samples) { sums in choose(sums) }
    pen.write(glyph, as: price.stream)
    return Cell(
      glyph.scalar,
      style: Style(
        foreground: glyph.foreground?.rgb ?? .standard,
        background: glyph.background?.rgb ?? .standard))
  }

  mutating func skip(_ cell: Cell) {
    pen.write(
      PennedGlyph(
        scalar: cell.glyph, foreground: cell.style.foreground.lanes,
        background: cell.style.background.lanes),
      as: price.stream)
  }

  func color(_ mean: SIMD4<Float>) -> Color? { mean.rgb }

  var paper: SIMD4<Float>? { nil }

  private func choose(_ sums: CellSums) -> PennedGlyph<SIMD4<Float>> {
    var best = Best(
      glyph: PennedGlyph(scalar: " ", background: sums.mean.wholeChannels), cost: .infinity)
    func consider(_ glyph: PennedGlyph<SIMD4<Float>>, error: Float) {
      let cost =
        error
        + price.cost(
          of: glyph, after: pen, Self.bytes(glyph.foreground), Self.bytes(glyph.background))
      if cost < best.cost { best = Best(glyph: glyph, cost: cost) }
    }
    func flatError(_ color: SIMD4<Float>) -> Float {
      CellSums.subcells * (color - sums.mean).squaredLength
    }
    consider(best.glyph, error: 0)
    if let background = pen.background {
      consider(PennedGlyph(scalar: " ", background: background), error: flatError(background))
    }
    if hasFullBlock, let foreground = pen.foreground {
      consider(
        PennedGlyph(scalar: "█", foreground: foreground, background: pen.background),
        error: flatError(foreground))
    }
    guard !sums.isFlat else { return best.glyph }
    if let pair = masks.bestPair(for: sums) {
      consider(
        PennedGlyph(
          scalar: masks.scalars[pair.mask], foreground: pair.foreground.wholeChannels,
          background: pair.background.wholeChannels), error: pair.error)
    }
    // One colour or both from the pen.
    var table: [(SIMD4<Float>, isForeground: Bool)] = []
    if let f = pen.foreground { table.append((f, true)) }
    if let b = pen.background { table.append((b, false)) }
    for (ink, _) in table {
      for asInner in [true, false] {
        let (mask, other, error) = oneFixed(sums, ink - sums.mean, asInner: asInner)
        guard mask >= 0 else { continue }
        let color = (other + sums.mean).wholeChannels
        let (f, b) = asInner ? (ink, color) : (color, ink)
        let exact = masks.error(of: mask, sum: sums.sum(mask), f - sums.mean, b - sums.mean)
        _ = error
        consider(
          PennedGlyph(scalar: masks.scalars[mask], foreground: f, background: b), error: exact)
        if let complement = masks.complements[mask] {
          consider(PennedGlyph(scalar: complement, foreground: b, background: f), error: exact)
        }
      }
    }
    if let f = pen.foreground, let b = pen.background {
      for isExchanged in [false, true] {
        let (inner, outer) = isExchanged ? (b, f) : (f, b)
        let (mask, error) = bothFixed(
          sums, inner - sums.mean, outer - sums.mean, needsComplement: isExchanged)
        guard mask >= 0 else { continue }
        if isExchanged, let complement = masks.complements[mask] {
          consider(PennedGlyph(scalar: complement, foreground: f, background: b), error: error)
        } else if !isExchanged {
          consider(
            PennedGlyph(scalar: masks.scalars[mask], foreground: f, background: b), error: error)
        }
      }
    }
    return best.glyph
  }

  private struct Best {
    var glyph: PennedGlyph<SIMD4<Float>>
    var cost: Float
  }

  private func oneFixed(
    _ sums: CellSums, _ ink: SIMD4<Float>, asInner: Bool
  ) -> (Int, SIMD4<Float>, Float) {
    let square = ink.squaredLength
    var least = Vector(repeating: .infinity)
    var places = SIMD8<Int32>(repeating: -1)
    for v in 0..<masks.vectorCount {
      let (r, g, b) = (sums.red[v], sums.green[v], sums.blue[v])
      let mixed = masks.mixed[v]
      let error: Vector
      let dot = r * ink.x + g * ink.y + b * ink.z
      if asInner {
        // B = (−S − M F)/O ; e = −2F·S + I|F|² − |S + M F|²/O
        let x = r + mixed * ink.x
        let y = g + mixed * ink.y
        let z = b + mixed * ink.z
        error = masks.inner[v] * square - 2 * dot - (x * x + y * y + z * z) / masks.outer[v]
      } else {
        let x = r - mixed * ink.x
        let y = g - mixed * ink.y
        let z = b - mixed * ink.z
        error = masks.outer[v] * square + 2 * dot - (x * x + y * y + z * z) / masks.inner[v]
      }
      let isLess = error .< least
      least.replace(with: error, where: isLess)
      places.replace(with: SIMD8(repeating: Int32(v)), where: isLess)
    }
    let value = least.min()
    var lane = 0
    while lane < 7, least[lane] > value { lane += 1 }
    let mask = Int(places[lane]) * 8 + lane
    guard mask < masks.count, mask >= 0 else { return (-1, .zero, 0) }
    let (v, l) = (mask >> 3, mask & 7)
    let sum = sums.sum(mask)
    let other =
      asInner
      ? (-sum - ink * masks.mixed[v][l]) / masks.outer[v][l]
      : (sum - ink * masks.mixed[v][l]) / masks.inner[v][l]
    return (mask, other, value)
  }

  private func bothFixed(
    _ sums: CellSums, _ f: SIMD4<Float>, _ b: SIMD4<Float>, needsComplement: Bool
  ) -> (Int, Float) {
    let d = b - f
    let ff = f.squaredLength
    let fb = f.dot(b)
    let bb = b.squaredLength
    var least = Vector(repeating: .infinity)
    var places = SIMD8<Int32>(repeating: -1)
    for v in 0..<masks.vectorCount {
      let dot = sums.red[v] * d.x + sums.green[v] * d.y + sums.blue[v] * d.z
      let error = 2 * dot + masks.inner[v] * ff + masks.mixed[v] * (2 * fb) + masks.outer[v] * bb
      let isLess = error .< least
      least.replace(with: error, where: isLess)
      places.replace(with: SIMD8(repeating: Int32(v)), where: isLess)
    }
    let value = least.min()
    var lane = 0
    while lane < 7, least[lane] > value { lane += 1 }
    let mask = Int(places[lane]) * 8 + lane
    guard mask < masks.count, mask >= 0 else { return (-1, 0) }
    return (mask, value)
  }

  /// The bytes that it takes to set a colour: `38;2;r;g;b`.
  @inline(__always)
  static func bytes(_ color: SIMD4<Float>?) -> Float {
    guard let color else { return 2 }
    return 10 + digits(color.x) + digits(color.y) + digits(color.z)
  }

  @inline(__always)
  private static func digits(_ channel: Float) -> Float {
    channel > 99.5 ? 2 : channel > 9.5 ? 1 : 0
  }
}

extension Color {
  /// An exact colour's channels; `nil` for another.
  var lanes: SIMD4<Float>? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    return SIMD4(Float(red), Float(green), Float(blue), 0)
  }
}
