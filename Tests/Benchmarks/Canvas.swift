import Cells
import Mosaic
import Raster

/// A picture in floating point, as measures of quality take it: red, green and blue, 0…255.
struct Canvas {
  let width: Int
  let height: Int
  var pixels: [SIMD4<Float>]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = Array(repeating: .zero, count: width * height)
  }

  subscript(x: Int, y: Int) -> SIMD4<Float> {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }

  /// What a terminal shows, each cell painted on 8×16 pixels.
  ///
  /// The terminal's own colours are white on black, entries those of xterm.
  init(_ grid: CellGrid) {
    self.init(width: grid.size.columns * 8, height: grid.size.rows * 16)
    let glyphs = Dictionary(
      Glyph.Family.allCases.flatMap(GlyphTable.glyphs).map { ($0.scalar, $0.coverage.subcells) },
      uniquingKeysWith: { first, _ in first })
    for row in 0..<grid.size.rows {
      for column in 0..<grid.size.columns {
        let cell = grid[column, row]
        let isReversed = cell.style.attributes.contains(.reverse)
        var inner = cell.style.foreground.lanes(else: 255)
        var outer = cell.style.background.lanes(else: 0)
        if isReversed { swap(&inner, &outer) }
        let shares = glyphs[cell.glyph]
        for place in 0..<128 {
          self[column * 8 + place % 8, row * 16 + place / 8] =
            outer + (inner - outer) * (shares?[place] ?? 0)
        }
      }
    }
  }

  /// An image at another size: averaged by area where it becomes smaller, by Pillow's bicubic filter
  /// where it becomes larger.
  init(_ bitmap: Bitmap, width: Int, height: Int) {
    var full = Canvas(width: bitmap.size.width, height: bitmap.size.height)
    for index in full.pixels.indices {
      full.pixels[index] = SIMD4(
        Float(bitmap.channels[4 * index]), Float(bitmap.channels[4 * index + 1]),
        Float(bitmap.channels[4 * index + 2]), 0)
    }
    let isSmaller = full.width >= width && full.height >= height
    let across = Self.taps(from: full.width, to: width, isSmaller)
    let down = Self.taps(from: full.height, to: height, isSmaller)
    var middle = Canvas(width: width, height: full.height)
    for y in 0..<full.height {
      for x in 0..<width { middle[x, y] = across[x].sum { full[$0, y] } }
    }
    // Pillow keeps bytes between its passes, and at the end.
    if !isSmaller { middle.roundToBytes() }
    self.init(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width { self[x, y] = down[y].sum { middle[x, $0] } }
    }
    if !isSmaller { roundToBytes() }
  }

  private mutating func roundToBytes() {
    for index in pixels.indices {
      pixels[index] = pixels[index].clamped(
        lowerBound: .zero, upperBound: SIMD4(repeating: 255)
      ).rounded(.toNearestOrEven)
    }
  }

  /// What one pixel of a result is made of.
  private struct Taps {
    var first: Int
    var weights: [Float]

    func sum(_ pixel: (Int) -> SIMD4<Float>) -> SIMD4<Float> {
      var sum = SIMD4<Float>.zero
      for (index, weight) in weights.enumerated() { sum += pixel(first + index) * weight }
      return sum
    }
  }

  private static func taps(from source: Int, to count: Int, _ isSmaller: Bool) -> [Taps] {
    let scale = Double(source) / Double(count)
    return (0..<count).map { index in
      let from = Double(index) * scale
      let to = from + scale
      if isSmaller {
        let first = Int(from)
        let last = min(source - 1, Int(to.rounded(.up)) - 1)
        let weights = (first...last).map { pixel in
          Float((min(to, Double(pixel + 1)) - max(from, Double(pixel))) / scale)
        }
        return Taps(first: first, weights: weights)
      }
      let middle = (from + to) / 2
      let first = max(0, Int((middle - 2 + 0.5).rounded(.down)))
      let end = min(source, Int((middle + 2 + 0.5).rounded(.down)))
      let weights = (first..<end).map { cubic(Double($0) - middle + 0.5) }
      let total = weights.reduce(0, +)
      return Taps(first: first, weights: weights.map { Float($0 / total) })
    }
  }

  private static func cubic(_ place: Double) -> Double {
    let x = abs(place)
    let a = -0.5
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }
}

extension Color {
  fileprivate func lanes(else own: Float) -> SIMD4<Float> {
    switch self {
    case .standard: return SIMD4(own, own, own, 0)
    case .indexed(let index):
      let entry = Palette.xterm[Int(index)]
      return SIMD4(Float(entry.red), Float(entry.green), Float(entry.blue), 0)
    case .rgb(let red, let green, let blue):
      return SIMD4(Float(red), Float(green), Float(blue), 0)
    }
  }
}
