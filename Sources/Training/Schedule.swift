import Glibc

/// How fast a network learns at each step: slowly at first, then ever more carefully.
public struct Schedule: Hashable, Sendable {
  /// The number of steps.
  public var steps: Int
  /// The number of steps to warm up in.
  public var warmUp: Int
  /// The greatest learning rate.
  public var peak: Double
  /// The part of the greatest rate that is left at the end.
  static let rest = 0.02

  /// Creates a schedule.
  public init(steps: Int, warmUp: Int = 50, peak: Double = 2e-3) {
    self.steps = steps
    self.warmUp = min(warmUp, steps / 4)
    self.peak = peak
  }

  /// The number of steps of quick training.
  ///
  /// A network learns more from many boxes than from few, which it soon knows by heart: the steps
  /// grow with the root of their number, as far as two to three minutes of a processor allow.
  ///
  /// - Parameters:
  ///   - boxes: The number of boxes to learn from.
  ///   - pixels: The number of pixels of a batch.
  /// - Returns: The number of steps.
  public static func quickSteps(boxes: Int, pixels: Int) -> Int {
    let affordable = quickPixels / max(pixels, 1)
    let useful = Int(45 * Double(boxes).squareRoot())
    return max(min(affordable, max(useful, 300)), 100)
  }

  /// What quick training may take: 600 steps with eight images of 320 × 256.
  static let quickPixels = 600 * 8 * 320 * 256

  /// The learning rate at a step, counted from 0.
  public func rate(at step: Int) -> Double {
    if step < warmUp { return peak * Double(step + 1) / Double(warmUp) }
    let way = Double(step - warmUp) / Double(max(steps - warmUp, 1))
    return peak * (Self.rest + (1 - Self.rest) * (1 + cos(.pi * min(way, 1))) / 2)
  }
}
