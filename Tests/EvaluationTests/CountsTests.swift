import Evaluation
import Testing

/// Precision, recall and F1, by the numbers that the Custom Labels guide gives.
@Suite struct CountsTests {
  /// “Metrics for evaluating your model”: 8 of 9 is 0.89, 5 of 8 is 0.62.
  @Test func sharesAreThoseOfTheGuide() {
    let precise = Counts(truePositives: 8, falsePositives: 1, falseNegatives: 0)
    #expect(precise.precision == 8.0 / 9)
    #expect(hundredths(precise.precision) == 89)
    let recalling = Counts(truePositives: 5, falsePositives: 0, falseNegatives: 3)
    #expect(recalling.recall == 0.625)
    #expect(Int((recalling.recall ?? 0) * 100) == 62)
  }

  /// F1 of precision 0.9 and recall 1 is 0.947, of 0.3 and 1 is 0.46, of 0.95 and 0.2 is 0.33.
  @Test func f1IsThatOfTheGuide() {
    let good = Counts(truePositives: 9, falsePositives: 1)
    #expect((good.precision, good.recall) == (0.9, 1))
    #expect(Int(((good.f1 ?? 0) * 1_000).rounded()) == 947)
    let careless = Counts(truePositives: 3, falsePositives: 7)
    #expect((careless.precision, careless.recall) == (0.3, 1))
    #expect(hundredths(careless.f1) == 46)
    let shy = Counts(truePositives: 19, falsePositives: 1, falseNegatives: 76)
    #expect((shy.precision, shy.recall) == (0.95, 0.2))
    #expect(hundredths(shy.f1) == 33)
  }

  /// The guide's example of a summary file: labels CAP and WATCH, and the whole model.
  @Test func meansAreThoseOfTheGuidesSummary() {
    let cap = Counts(truePositives: 381, falsePositives: 7, falseNegatives: 9)
    let watch = Counts(truePositives: 227, falsePositives: 9, falseNegatives: 7)
    expectNear(cap.f1, 0.9794344473007711)
    expectNear(cap.precision, 0.9819587628865979)
    expectNear(cap.recall, 0.9769230769230769)
    expectNear(watch.f1, 0.9659574468085106)
    expectNear(watch.precision, 0.961864406779661)
    expectNear(watch.recall, 0.9700854700854701)
    let means = Means([cap, watch])
    expectNear(means.f1, 0.9726959470546408)
    expectNear(means.precision, 0.9719115848331294)
    expectNear(means.recall, 0.9735042735042735)
  }

  @Test func whatHasNoMeaningIsNil() {
    let none = Counts()
    #expect(none.precision == nil)
    #expect(none.recall == nil)
    #expect(none.f1 == nil)
    #expect(none.precisionInterval == nil)
    #expect(Means([]).f1 == nil)
    #expect(Counts(falseNegatives: 4).precision == nil)
    #expect(Counts(falseNegatives: 4).recall == 0)
    #expect(Means([Counts(falseNegatives: 4), Counts(falsePositives: 4)]).precision == 0)
  }

  /// Wilson's formula, computed apart to four digits.
  @Test(arguments: [
    (8, 9, 0.5650, 0.9801), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962),
    (1, 1, 0.2065, 1.0),
  ])
  func intervalsAreWilsons(successes: Int, trials: Int, low: Double, high: Double) throws {
    let interval = try #require(Counts.interval(successes, of: trials))
    #expect(abs(interval.lowerBound - low) < 6e-5)
    #expect(abs(interval.upperBound - high) < 6e-5)
  }

  @Test func intervalsOfNonsenseAreNil() {
    #expect(Counts.interval(3, of: 2) == nil)
    #expect(Counts.interval(-1, of: 2) == nil)
    #expect(Counts.interval(0, of: 0) == nil)
  }

  private func hundredths(_ value: Double?) -> Int { Int(((value ?? .nan) * 100).rounded()) }

  private func expectNear(
    _ value: Double?, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(abs((value ?? .nan) - expected) < 1e-12, sourceLocation: sourceLocation)
  }
}
