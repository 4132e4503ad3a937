import Evaluation
import Glibc
import GroundTruth
import Testing

@testable import Training

/// What scores are worth.
@Suite struct PlattScalingTests {
  /// Samples whose chance of being right is a logistic function of their score's logit.
  private func samples(_ truth: PlattScaling, count: Int) -> [PlattScaling.Sample] {
    var random = SplitMix64(seed: 7)
    return (0..<count).map { _ in
      let score = random.number(0.02, 0.98)
      return PlattScaling.Sample(
        score: score, isRight: random.unit() < truth.confidence(of: score))
    }
  }

  @Test func findsTheScalingThatSamplesWereDrawnFrom() {
    let truth = PlattScaling(slope: 1.7, offset: -0.6)
    let fitted = PlattScaling(fitting: samples(truth, count: 20_000), prior: .identity)
    #expect(abs(fitted.slope - truth.slope) < 0.08)
    #expect(abs(fitted.offset - truth.offset) < 0.08)
  }

  @Test func staysAtThePriorWithoutSamples() {
    let prior = PlattScaling(slope: 2, offset: 1)
    #expect(PlattScaling(fitting: [], prior: prior) == prior)
  }

  @Test func keepsTheOrderOfScoresWhateverTheSamplesSay() {
    let contrary = (1..<50).map {
      PlattScaling.Sample(score: Double($0) / 50, isRight: $0 < 25)
    }
    let fitted = PlattScaling(fitting: contrary, prior: .identity)
    #expect(fitted.slope > 0)
    #expect(fitted.confidence(of: 0.9) > fitted.confidence(of: 0.1))
  }

  @Test(arguments: [0.0, 1.0, -3.0, 5.0, Double.leastNonzeroMagnitude])
  func givesAChanceForAnyScore(score: Double) {
    let chance = PlattScaling(slope: 3, offset: 2).confidence(of: score)
    #expect((0...1).contains(chance))
  }

  @Test func isSureOfNothingWhenAllAreRight() {
    let all = (0..<30).map { PlattScaling.Sample(score: 0.5 + Double($0) / 100, isRight: true) }
    let fitted = PlattScaling(fitting: all, prior: .identity)
    #expect(fitted.slope.isFinite && fitted.offset.isFinite)
    #expect(fitted.confidence(of: 0.6) > 0.8)
  }
}
