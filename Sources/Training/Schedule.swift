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

  /// The number of steps of quick training: as many as two to three minutes of a processor allow.
  ///
  /// - Parameter pixels: The number of pixels of a batch.
  /// - Returns: The number of steps.
  public static func quickSteps(pixels: Int) -> Int {
    min(max(quickPixels / max(pixels, 1), 100), 900)
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
