import Glibc

/// What a score is worth: the chance of being right as a logistic function of the score's logit.
///
/// Platt (1999), with his softened targets, fitted by Newton's method.
public struct PlattScaling: Hashable, Sendable {
  /// What the logit is multiplied by; above 0, so that the order of scores stays.
  public var slope: Double
  /// What is then added.
  public var offset: Double

  /// A score and whether it was right.
  public struct Sample: Hashable, Sendable {
    /// The score, 0…1.
    public var score: Double
    /// Whether it was right.
    public var isRight: Bool

    /// Creates a sample.
    public init(score: Double, isRight: Bool) {
      self.score = score
      self.isRight = isRight
    }
  }

  /// Scores taken as they are.
  public static let identity = PlattScaling(slope: 1, offset: 0)

  /// Creates a scaling.
  public init(slope: Double, offset: Double) {
    self.slope = slope
    self.offset = offset
  }

  /// Fits a scaling to samples, drawn towards another by as much as a few samples are worth.
  ///
  /// - Parameters:
  ///   - samples: Scores, and whether they were right.
  ///   - prior: What to expect without samples.
  ///   - strength: How much the expectation counts.
  /// - Complexity: O(samples).
  public init(fitting samples: [Sample], prior: PlattScaling, strength: Double = 4) {
    var (a, b) = (prior.slope, prior.offset)
    let points = samples.map { (x: Self.logit($0.score), y: $0.isRight ? 1.0 : 0.0) }
    for _ in 0..<50 {
      // The gradient and the Hessian of the cross entropy and of the pull to the prior.
      var (ga, gb) = (strength * (a - prior.slope), strength * (b - prior.offset) / 4)
      var (haa, hab, hbb) = (strength, 0.0, strength / 4)
      for point in points {
        let p = Self.sigmoid(a * point.x + b)
        let weight = max(p * (1 - p), 1e-9)
        ga += (p - point.y) * point.x
        gb += p - point.y
        haa += weight * point.x * point.x
        hab += weight * point.x
        hbb += weight
      }
      let determinant = haa * hbb - hab * hab
      guard determinant > 1e-12 else { break }
      let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
      // Steps are held short: far out the curvature says little.
      let length = max(abs(da), abs(db), 1)
      a = max(a - da / length, 0.05)
      b -= db / length
      if abs(da) + abs(db) < 1e-9 { break }
    }
    self.init(slope: a, offset: b)
  }

  /// The chance that a score is right, 0…1.
  public func confidence(of score: Double) -> Double {
    Self.sigmoid(slope * Self.logit(score) + offset)
  }

  static func logit(_ score: Double) -> Double {
    let inside = min(max(score, 1e-6), 1 - 1e-6)
    return log(inside / (1 - inside))
  }

  static func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
