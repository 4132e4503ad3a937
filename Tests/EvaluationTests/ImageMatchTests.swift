import Evaluation
import Testing

/// Which prediction finds which truth, and what the others are.
@Suite struct ImageMatchTests {
  private static func box(
    _ left: Double, _ top: Double, _ width: Double, _ height: Double
  ) -> Rectangle {
    Rectangle(left: left, top: top, width: width, height: height)
  }

  private static func prediction(
    _ left: Double, label: Int = 0, _ confidence: Double
  ) -> PredictedBox {
    PredictedBox(box(left, 0, 100, 100), label: label, confidence: confidence)
  }

  private static let truth = TruthBox(box(0, 0, 100, 100), label: 0)

  @Test func iouIsIntersectionOverUnion() {
    let one = Self.box(0, 0, 10, 10)
    #expect(one.iou(Self.box(5, 0, 10, 10)) == 50.0 / 150)
    #expect(one.iou(Self.box(10, 0, 10, 10)) == 0)
    #expect(one.iou(one) == 1)
    #expect(one.part(in: Self.box(0, 0, 5, 100)) == 0.5)
  }

  @Test(arguments: [
    Self.box(.nan, 0, 1, 1), Self.box(0, 0, .infinity, .infinity), Self.box(0, 0, 0, 0),
    Self.box(0, 0, -5, -5), Self.box(-.infinity, 0, .infinity, 9),
  ])
  func strangeNumbersMatchNothing(rectangle: Rectangle) {
    #expect(rectangle.iou(Self.box(0, 0, 10, 10)) == 0)
    let match = ImageMatch(
      truths: [TruthBox(rectangle, label: 0)],
      predictions: [PredictedBox(rectangle, label: 0, confidence: .nan)])
    #expect(match.predictions[0].verdict == .falsePositive(.background))
    #expect(match.truths[0].verdict == .missed)
  }

  @Test func theSurerPredictionFindsTheTruth() {
    let match = ImageMatch(
      truths: [Self.truth], predictions: [Self.prediction(0, 0.6), Self.prediction(10, 0.9)])
    #expect(match.predictions[1].verdict == .truePositive)
    #expect(match.predictions[1].iou == 9_000.0 / 11_000)
    #expect(match.predictions[0].verdict == .falsePositive(.duplicate))
    #expect(match.predictions[0].truth == 0)
    #expect(match.truths[0].verdict == .found)
    #expect(match.truths[0].prediction == 1)
  }

  @Test func ofEquallySurePredictionsTheFirstChooses() {
    let match = ImageMatch(
      truths: [Self.truth], predictions: [Self.prediction(30, 0.5), Self.prediction(0, 0.5)])
    #expect(match.predictions.map(\.isTruePositive) == [true, false])
  }

  @Test func aThresholdFreesTheTruthForNobodyElse() {
    let match = ImageMatch(
      truths: [Self.truth],
      predictions: [Self.prediction(0, 0.4), Self.prediction(90, 0.8)],
      thresholds: Thresholds(0.5))
    #expect(match.predictions[0].verdict == .belowThreshold)
    #expect(match.predictions[1].verdict == .falsePositive(.background))
    #expect(match.truths[0].verdict == .missed)
    #expect(match.truths[0].explanation == nil)
  }

  @Test func eachKindOfErrorIsTold() {
    let kinds: [(PredictedBox, ErrorKind)] = [
      (Self.prediction(50, 0.9), .localisation),
      (Self.prediction(0, label: 1, 0.9), .classification),
      (Self.prediction(50, label: 1, 0.9), .both),
      (Self.prediction(90, 0.9), .background),
      (Self.prediction(500, 0.9), .background),
    ]
    for (prediction, kind) in kinds {
      let match = ImageMatch(truths: [Self.truth], predictions: [prediction])
      #expect(match.predictions[0].verdict == .falsePositive(kind))
      let explains = kind == .localisation || kind == .classification
      #expect(match.truths[0].explanation == (explains ? 0 : nil))
      #expect(match.truths[0].confusion == (kind == .classification ? 0 : nil))
    }
  }

  @Test func ofTwoIoUsThatAreEqualTheOwnLabelDecides() {
    let twin = TruthBox(Self.truth.rectangle, label: 1)
    let match = ImageMatch(
      truths: [twin, Self.truth],
      predictions: [Self.prediction(0, 0.9), Self.prediction(0, 0.8)])
    #expect(match.predictions[1].verdict == .falsePositive(.duplicate))
    #expect(match.predictions[1].truth == 1)
    // It stands for the twin that nothing found, all the same.
    #expect(match.predictions[1].confusion == 0)
  }

  @Test func eachTruthAndPredictionHasOnePartner() {
    let truths = [Self.truth, TruthBox(Self.box(5, 0, 100, 100), label: 0)]
    let match = ImageMatch(
      truths: truths,
      predictions: [0.9, 0.8, 0.7].map { Self.prediction(0, label: 1, $0) })
    #expect(match.predictions.map(\.confusion) == [0, 1, nil])
    #expect(match.truths.map(\.confusion) == [0, 1])
  }

  @Test func aCrowdTakesAnyNumberAndCountsNeverAgainst() {
    let crowd = TruthBox(Self.box(0, 0, 1_000, 1_000), label: 0, role: .crowd)
    let match = ImageMatch(
      truths: [crowd, Self.truth],
      predictions: [
        Self.prediction(300, 0.9), Self.prediction(600, 0.8), Self.prediction(0, 0.7),
      ])
    #expect(match.predictions.map(\.verdict) == [.ignored, .ignored, .truePositive])
    #expect(match.truths.map(\.verdict) == [.ignored, .found])
  }

  @Test func anIgnoredTruthTakesOne() {
    let ignored = TruthBox(Self.box(0, 0, 100, 100), label: 0, role: .ignored)
    let match = ImageMatch(
      truths: [ignored], predictions: [Self.prediction(0, 0.9), Self.prediction(0, 0.8)])
    #expect(match.predictions[0].verdict == .ignored)
    #expect(match.predictions[1].verdict == .falsePositive(.background))
  }

  @Test func anIoUOfOneCanBeAskedFor() {
    let match = ImageMatch(
      truths: [Self.truth], predictions: [Self.prediction(0, 0.9)], rules: MatchRules(iou: 1))
    #expect(match.predictions[0].isTruePositive)
  }

  @Test func imageLevelLabelsAreComparedByName() {
    let score = ImageScore(
      truthLabels: [0, 2, 2],
      predictions: [
        .init(label: 0, confidence: 0.3), .init(label: 1, confidence: 0.8),
        .init(label: 0, confidence: 0.9),
      ])
    let match = ImageMatch(score, thresholds: Thresholds())
    #expect(
      match.predictions.map(\.verdict) == [
        .ignored, .falsePositive(.classification), .truePositive,
      ])
    #expect(match.truths.map(\.verdict) == [.found, .missed])
    #expect(match.truths[1].confusion == 1)
  }
}
