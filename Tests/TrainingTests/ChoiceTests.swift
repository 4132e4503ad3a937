import Evaluation
import Testing

@testable import Training

/// What is chosen by the data.
@Suite struct ChoiceTests {
  private func image(
    _ name: String, _ boxes: [(side: Double, label: Int)], width: Int = 640, height: Int = 480
  ) -> TrainingImage {
    TrainingImage(
      path: name, width: width, height: height,
      boxes: boxes.map {
        TruthBox(
          Rectangle(left: 0, top: 0, width: $0.side, height: $0.side), label: $0.label)
      })
  }

  @Test(arguments: [(200.0, 192), (45.0, 256), (36.0, 320), (5.0, 320)])
  func smallObjectsAskForALargeCanvas(side: Double, canvas: Int) {
    let images = [image("a", [(side, 0), (side, 0)]), image("b", [(300, 1)])]
    #expect(Canvas(for: images).side == canvas)
  }

  @Test func imagesAreNotEnlarged() {
    let canvas = Canvas(for: [image("a", [(5, 0)], width: 160, height: 128)])
    #expect([canvas.side, canvas.width, canvas.height] == [160, 160, 128])
  }

  @Test func theCanvasHasRoomForMostShapes() {
    let wide = (0..<5).map { image("\($0)", [(200, 0)]) }
    let tall = (0..<5).map { image("t\($0)", [(200, 0)], width: 300, height: 600) }
    #expect(Canvas(for: wide).height == 160)
    let canvas = Canvas(for: wide + tall)
    #expect([canvas.width, canvas.height] == [192, 192])
  }

  @Test func aFifthIsHeldOutAndEachLabelIsOnBothSides() {
    let images = (0..<50).map { image("\($0)", [(50, 0)] + ($0 < 3 ? [(50, 1)] : [])) }
    for seed in 1...20 as ClosedRange<UInt64> {
      let split = HoldOut(images, seed: seed)
      #expect(split.validation.count == 10)
      #expect((split.train + split.validation).sorted() == Array(0..<50))
      #expect(split.train.contains { $0 < 3 })
      #expect(split.validation.contains { $0 < 3 })
      #expect(split == HoldOut(images, seed: seed))
    }
  }

  @Test(arguments: [(1, 0), (2, 0), (3, 1), (10, 2), (20, 4), (1_000, 60)])
  func ofFewImagesFewAreHeldOut(count: Int, held: Int) {
    let images = (0..<count).map { image("\($0)", [(50, 0)]) }
    let split = HoldOut(images, seed: 1)
    #expect(split.validation.count == held)
    #expect(split.train.count == count - held)
  }

  @Test func imagesWithRareLabelsAreShownMoreOften() {
    let images = (0..<100).map { image("\($0)", [(50, $0 == 0 ? 1 : 0)]) }
    let order = ImageOrder(images, places: Array(0..<100), seed: 1)
    let shown = (0..<20).flatMap { order.round($0) }
    let rare = shown.count { $0 == 0 }
    // √(0.3 / 0.01) is five and a half.
    #expect((90...130).contains(rare))
    #expect(shown.count { $0 == 7 } == 20)
    #expect(order.round(3) == order.round(3))
    #expect(order.round(3) != order.round(4))
  }

  @Test func rareLabelsCountMore() {
    let images = [image("a", Array(repeating: (50, 0), count: 90) + [(50, 1)])]
    let weights = LabelWeights.ofBoxes(in: images, labelCount: 3)
    #expect(weights[0] == 1)
    #expect(weights[1] == LabelWeights.limit)
  }

  @Test func batchesGoOnWithoutEnd() {
    let images = (0..<3).map { image("\($0)", [(50, 0)]) }
    var sequence = BatchSequence(ImageOrder(images, places: [0, 1, 2], seed: 1), size: 8)
    let batches = (0..<6).map { _ in sequence.next() }
    #expect(batches.allSatisfy { $0.count == 8 })
    #expect(Array(batches.joined().prefix(3)).sorted() == [0, 1, 2])
    var other = BatchSequence(ImageOrder(images, places: [0, 1, 2], seed: 1), size: 8)
    for _ in 0..<4 { _ = other.next() }
    #expect(other.next() == batches[4])
  }

  @Test func labelsThatAMirrorExchangesForbidMirrors() {
    var evidence = TurnEvidence()
    #expect(evidence.allowsMirror)
    (evidence.objects, evidence.known, evidence.mirrored) = (100, 90, 85)
    #expect(evidence.allowsMirror)
    evidence.mirrored = 40
    #expect(!evidence.allowsMirror)
  }

  @Test func onlyCrowdsFoundUpsideDownHaveNoUpright() {
    func allows(images: Int = 10, boxes: Int, found: Double, upsideDown: Double) -> Bool {
      TurnTrial(images: images, boxes: boxes, found: found, foundUpsideDown: upsideDown)
        .allowsAnyWay
    }
    #expect(allows(boxes: 120, found: 0.7, upsideDown: 0.68))
    #expect(!allows(boxes: 120, found: 0.7, upsideDown: 0.6))
    #expect(!allows(boxes: 120, found: 0.2, upsideDown: 0.2), "it knows too little")
    #expect(!allows(images: 32, boxes: 36, found: 0.69, upsideDown: 0.69), "one thing an image")
    #expect(!allows(images: 2, boxes: 12, found: 0.7, upsideDown: 0.7), "few tell nothing")
  }

  @Test func fewBoxesDontDecideAgainstNewWeights() {
    #expect(WarmStart.tolerance(boxes: 25) > 0.1)
    #expect(WarmStart.tolerance(boxes: 2_500) < 0.04)
    #expect(WarmStart.tolerance(boxes: 0).isFinite)
  }

  @Test func theRateWarmsUpAndFalls() {
    let schedule = Schedule(steps: 600)
    let rates = (0..<600).map(schedule.rate)
    #expect(rates.max() == rates[49] || rates.max() == rates[50])
    #expect(zip(rates.dropFirst(50), rates.dropFirst(51)).allSatisfy { $0 >= $1 })
    #expect(rates[599] < 0.03 * schedule.peak)
    #expect(rates.allSatisfy { $0 > 0 })
  }

  @Test func smallCanvasesAllowMoreSteps() {
    #expect(Schedule.quickSteps(pixels: 8 * 192 * 192) == 900)
    #expect(Schedule.quickSteps(pixels: 8 * 320 * 256) == 600)
    #expect(Schedule.quickSteps(pixels: 8 * 320 * 320) == 480)
  }

  @Test func peopleAreWarned() {
    let images = [image("a", [(5, 0)]), image("b", [(5, 0)])]
    let warnings = ModelWarnings.before(
      images, labels: ["tiny", "absent"], canvas: Canvas(for: images))
    #expect(warnings.contains { $0.contains("“tiny”") && $0.contains("pixels") })
    #expect(warnings.contains { $0.contains("“tiny” has 2 boxes") })
    #expect(warnings.contains { $0.contains("“absent”") })
    #expect(ModelWarnings.after(nil, imageCount: 2).count == 1)
    let weak = ModelDescription.Validation(images: 3, meanAveragePrecision: 0.2, f1: 0.3)
    #expect(ModelWarnings.after(weak, imageCount: 9)[0].contains("20 %"))
  }
}
