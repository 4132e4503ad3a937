import Evaluation
import GroundTruth
import Testing

@testable import Training

/// What follows from images held out.
@Suite struct ReportTests {
  /// Images with one object each, found with a score that says how likely it is right.
  private func report(images: Int) -> DetectionReport {
    var random = SplitMix64(seed: 5)
    let scaling = PlattScaling(slope: 1.5, offset: 0.5)
    return DetectionReport(
      labels: ["a"],
      images: (0..<images).map { _ in
        let truth = Rectangle(left: 10, top: 10, width: 50, height: 50)
        let found = (0..<3).map { place in
          let score = random.number(0.05, 0.95)
          let isRight = place == 0 && random.unit() < scaling.confidence(of: score)
          let rectangle =
            isRight
            ? truth : Rectangle(left: 100 + 60 * Double(place), top: 0, width: 50, height: 50)
          return PredictedBox(rectangle, label: 0, confidence: score)
        }
        return ([TruthBox(truth, label: 0)], found)
      })
  }

  @Test func confidencesAreAsOftenRightAsTheySay() throws {
    let calibration = report(images: 2_000).calibration()
    let scaling = try #require(calibration["a"])
    // Of three boxes at most one is right, so the chance is a third of that of the first.
    let chance = scaling.confidence(of: 0.5)
    let expected = PlattScaling(slope: 1.5, offset: 0.5).confidence(of: 0.5) / 3
    #expect(abs(chance - expected) < 0.05)
  }

  @Test func theThresholdIsNearTheBestOne() throws {
    let report = report(images: 2_000)
    let calibration = report.calibration()
    let thresholds = report.thresholds(calibration)
    let chosen = report.f1(calibration, thresholds: thresholds)
    for other in stride(from: 0.05, to: 0.9, by: 0.05) {
      #expect(chosen >= report.f1(calibration, thresholds: ["a": other]) - 0.005)
    }
  }

  @Test func honestConfidencesHaveABestThresholdWithoutTruths() {
    // 10 sure ones of 10 truths, and 100 that are wrong nine times of ten.
    let confidences = Array(repeating: 0.95, count: 10) + Array(repeating: 0.1, count: 100)
    #expect(DetectionReport.expectedThreshold(confidences, support: 10) == 0.9)
    #expect(DetectionReport.expectedThreshold([], support: 10) == 0.5)
    #expect(DetectionReport.expectedThreshold([0.3, 0.3], support: 1) == 0.3)
  }

  @Test func emptyReportsAreHarmless() {
    let report = DetectionReport(labels: ["a", "b"], images: [])
    #expect(report.meanAveragePrecision == 0)
    let calibration = report.calibration()
    #expect(calibration.count == 2)
    #expect(report.thresholds(calibration).values.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func theLeastSurprisingClassifierKnowsItsLabels() {
    let truths = (0..<60).map { [$0 % 3] }
    let good = truths.map { truth in (0..<3).map { truth.contains($0) ? 0.8 : 0.1 } }
    let poor = truths.map { _ in [0.4, 0.3, 0.3] }
    let labels = ["a", "b", "c"]
    let knowing = ClassificationReport(labels: labels, truths: truths, chances: good)
    let guessing = ClassificationReport(labels: labels, truths: truths, chances: poor)
    #expect(knowing.surprise < guessing.surprise)
    #expect(knowing.accuracy == 1)
    #expect(guessing.accuracy < 0.5)
    #expect(knowing.validation.f1 == 1)
  }
}
