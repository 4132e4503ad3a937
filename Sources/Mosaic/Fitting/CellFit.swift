internal import Cells

/// Finds the glyph and the colours that show a cell's samples best, for one kind of screen.
///
/// Cells are asked for row by row from the left, because what a cell costs to send depends on the
/// colours set before it.
protocol CellFit: Sendable {
  /// A cell's samples; each is red, green, blue in 0…255, and 0. The fit may overwrite them.
  typealias Samples = UnsafeMutableBufferPointer<SIMD4<Float>>

  /// Tells that a row begins, with no colours set.
  mutating func beginRow(_ row: Int)

  /// The cell for samples that fill it.
  mutating func cell(for samples: Samples, at column: Int) -> Cell

  /// Tells that a cell was found in another way.
  mutating func skip(_ cell: Cell)

  /// The colour to show for a mean of samples; `nil` where there are no colours.
  func color(_ mean: SIMD4<Float>) -> Color?

  /// What the terminal shows where there is no picture, if that is known.
  var paper: SIMD4<Float>? { get }
}

extension CellFit {
  func beginRow(_ row: Int) {}
  func skip(_ cell: Cell) {}
}

extension SIMD4 where Scalar == Float {
  /// The squared length.
  @inline(__always)
  var squaredLength: Float { dot(self) }

  /// The sum of the products of the lanes.
  @inline(__always)
  func dot(_ other: SIMD4<Float>) -> Float {
    let product = self * other
    return (product.x + product.y) + (product.z + product.w)
  }

  /// The lanes rounded to whole sRGB channels.
  @inline(__always)
  var wholeChannels: SIMD4<Float> {
    var channels = self
    channels.replace(with: 0, where: self .< 0)
    channels.replace(with: 255, where: self .> 255)
    return channels.roundedByMagic
  }

  /// The lanes, each from 0 up, rounded to whole numbers.
  ///
  /// So far from 0 there are no fractions; this is many times as fast as `rounded()`.
  @inline(__always)
  var roundedByMagic: SIMD4<Float> { (self + 8_388_608) - 8_388_608 }

  /// The lanes red, green, blue rounded to whole sRGB channels.
  var channels: (red: UInt8, green: UInt8, blue: UInt8) {
    let whole = wholeChannels
    return (UInt8(whole.x), UInt8(whole.y), UInt8(whole.z))
  }

  /// The lanes as an exact colour.
  var rgb: Color {
    let (red, green, blue) = channels
    return .rgb(red, green, blue)
  }
}
