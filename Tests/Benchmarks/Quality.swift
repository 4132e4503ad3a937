import Glibc

/// How faithfully a picture shows another one.
struct Quality {
  /// Decibels over red, green and blue (sRGB values, peak 255).
  let noise: Double
  /// The mean structural similarity of luma: an 11×11 Gaussian window of deviation 1.5 (Wang and
  /// others, 2004).
  let similarity: Double
  /// The mean CIEDE2000 colour difference (Sharma, Wu and Dalal, 2005).
  let difference: Double

  init(of seen: Canvas, for wanted: Canvas) {
    var squares = 0.0
    var differences = 0.0
    for (one, other) in zip(seen.pixels, wanted.pixels) {
      let off = one - other
      squares += Double((off * off).sum())
      differences += ColorDifference.between(Lab(one), Lab(other))
    }
    let count = Double(seen.pixels.count)
    noise = 10 * log10(255 * 255 / max(1e-12, squares / (3 * count)))
    difference = differences / count
    similarity = Self.similarity(seen, wanted)
  }

  private static func similarity(_ seen: Canvas, _ wanted: Canvas) -> Double {
    func luma(_ canvas: Canvas) -> [Double] {
      canvas.pixels.map { 0.299 * Double($0.x) + 0.587 * Double($0.y) + 0.114 * Double($0.z) }
    }
    let (a, b) = (luma(seen), luma(wanted))
    func blurred(_ values: [Double]) -> [Double] { blur(values, seen.width, seen.height) }
    func product(_ one: [Double], _ other: [Double]) -> [Double] { zip(one, other).map { $0 * $1 } }
    let (meanA, meanB) = (blurred(a), blurred(b))
    let (squareA, squareB) = (blurred(product(a, a)), blurred(product(b, b)))
    let mixed = blurred(product(a, b))
    let (c1, c2) = (pow(0.01 * 255, 2), pow(0.03 * 255, 2))
    var sum = 0.0
    for index in a.indices {
      let (ma, mb) = (meanA[index], meanB[index])
      let variances = squareA[index] - ma * ma + squareB[index] - mb * mb
      let covariance = mixed[index] - ma * mb
      sum +=
        (2 * ma * mb + c1) * (2 * covariance + c2) / ((ma * ma + mb * mb + c1) * (variances + c2))
    }
    return sum / Double(a.count)
  }

  /// A separable Gaussian blur with mirrored edges.
  private static func blur(_ values: [Double], _ width: Int, _ height: Int) -> [Double] {
    let radius = 5
    var kernel = (-radius...radius).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let total = kernel.reduce(0, +)
    kernel = kernel.map { $0 / total }
    func mirrored(_ place: Int, _ count: Int) -> Int {
      let folded = place < 0 ? -place : (place >= count ? 2 * count - 2 - place : place)
      return max(0, min(count - 1, folded))
    }
    var across = [Double](repeating: 0, count: values.count)
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        for tap in -radius...radius {
          sum += kernel[tap + radius] * values[y * width + mirrored(x + tap, width)]
        }
        across[y * width + x] = sum
      }
    }
    var result = across
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        for tap in -radius...radius {
          sum += kernel[tap + radius] * across[mirrored(y + tap, height) * width + x]
        }
        result[y * width + x] = sum
      }
    }
    return result
  }
}

/// A colour in CIELAB (D65), of sRGB 0…255.
struct Lab {
  let lightness: Double
  let a: Double
  let b: Double

  init(_ color: SIMD4<Float>) {
    func linear(_ channel: Float) -> Double {
      let index = max(0, min(2_550, Int((channel * 10).rounded())))
      return Self.linearized[index]
    }
    let (red, green, blue) = (linear(color.x), linear(color.y), linear(color.z))
    func bent(_ value: Double) -> Double {
      value > 216 / 24_389 ? cbrt(value) : (value * 24_389 / 27 + 16) / 116
    }
    let x = bent((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    let y = bent(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    let z = bent((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    lightness = 116 * y - 16
    a = 500 * (x - y)
    b = 200 * (y - z)
  }

  /// The light of sRGB values in tenths of a level.
  private static let linearized: [Double] = (0...2_550).map { index in
    let value = Double(index) / 2_550
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}

/// CIEDE2000.
enum ColorDifference {
  static func between(_ one: Lab, _ other: Lab) -> Double {
    let mean7 = pow((hypot(one.a, one.b) + hypot(other.a, other.b)) / 2, 7)
    let stretch = 1.5 - 0.5 * (mean7 / (mean7 + pow(25, 7))).squareRoot()
    let (c1, c2) = (hypot(one.a * stretch, one.b), hypot(other.a * stretch, other.b))
    let (h1, h2) = (angle(one.b, one.a * stretch), angle(other.b, other.a * stretch))
    let isGrey = c1 * c2 == 0
    var turn = h2 - h1
    if turn > 180 { turn -= 360 }
    if turn < -180 { turn += 360 }
    if isGrey { turn = 0 }
    let hue = isGrey ? h1 + h2 : (h1 + turn / 2 + 360).truncatingRemainder(dividingBy: 360)
    let lightness = (one.lightness + other.lightness) / 2
    let chroma = (c1 + c2) / 2
    let t =
      1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6)
      - 0.2 * cosine(4 * hue - 63)
    let square = (lightness - 50) * (lightness - 50)
    let (sl, sc, sh) = (
      1 + 0.015 * square / (20 + square).squareRoot(), 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    )
    let chroma7 = pow(chroma, 7)
    let rotation =
      -2 * (chroma7 / (chroma7 + pow(25, 7))).squareRoot()
      * sin(60 * exp(-pow((hue - 275) / 25, 2)) * .pi / 180)
    let dl = (other.lightness - one.lightness) / sl
    let dc = (c2 - c1) / sc
    let dh = 2 * (c1 * c2).squareRoot() * sin(turn / 2 * .pi / 180) / sh
    return max(0, dl * dl + dc * dc + dh * dh + rotation * dc * dh).squareRoot()
  }

  private static func angle(_ y: Double, _ x: Double) -> Double {
    let degrees = atan2(y, x) * 180 / .pi
    return degrees < 0 ? degrees + 360 : degrees
  }

  private static func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
}
