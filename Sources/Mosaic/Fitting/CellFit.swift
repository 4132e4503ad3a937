internal import Cells

/// Finds the glyph and the colours that show a cell's samples best, for one kind of screen.
protocol CellFit {
  /// The cell for samples that fill it; each is red, green, blue in 0…255, and 0.
  func cell(for samples: UnsafeBufferPointer<SIMD4<Float>>) -> Cell

  /// The colour to show for a mean of samples; `nil` where there are no colours.
  func color(_ mean: SIMD4<Float>) -> Color?

  /// What the terminal shows where there is no picture, if that is known.
  var paper: SIMD4<Float>? { get }
}

extension UnsafeBufferPointer where Element == SIMD4<Float> {
  /// The mean of the samples.
  var mean: SIMD4<Float> {
    var sum = SIMD4<Float>.zero
    for sample in self { sum += sample }
    return sum / Float(count)
  }
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

  /// The lanes red, green, blue rounded to whole sRGB channels.
  var channels: (red: UInt8, green: UInt8, blue: UInt8) {
    let whole = (self + 0.5).clamped(lowerBound: .zero, upperBound: SIMD4(repeating: 255))
    return (UInt8(whole.x), UInt8(whole.y), UInt8(whole.z))
  }
}
