/// Turning without the system's mathematics, which a pure module doesn't import.
enum Turn {
  /// The sine and cosine of an angle, to the last few bits.
  ///
  /// Quarter turns are exact. The rest is at most 45°, where the Taylor series ends quickly.
  static func sineAndCosine(degrees: Double) -> (sine: Double, cosine: Double) {
    let quarters = (degrees / 90).rounded()
    let angle = (degrees - quarters * 90) * Double.pi / 180
    var (sine, cosine) = (0.0, 0.0)
    var term = 1.0
    for step in 0..<20 {
      switch step % 4 {
      case 0: cosine += term
      case 1: sine += term
      case 2: cosine -= term
      default: sine -= term
      }
      term *= angle / Double(step + 1)
    }
    let quarter = Int(quarters.truncatingRemainder(dividingBy: 4))
    return switch (quarter + 4) % 4 {
    case 0: (sine, cosine)
    case 1: (cosine, -sine)
    case 2: (-sine, -cosine)
    default: (-cosine, sine)
    }
  }
}
