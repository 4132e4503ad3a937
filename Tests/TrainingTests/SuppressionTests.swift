import Evaluation
import Testing
import Training

/// Of boxes that lie on one another, the surest stays.
@Suite struct SuppressionTests {
  private func box(_ left: Double, _ confidence: Double, label: Int = 0) -> PredictedBox {
    PredictedBox(
      Rectangle(left: left, top: 0, width: 10, height: 10), label: label, confidence: confidence)
  }

  @Test func theSurestOfALabelStays() {
    let kept = NonMaximumSuppression.survivors(
      of: [box(0, 0.5), box(1, 0.9), box(2, 0.7), box(1, 0.8, label: 1), box(30, 0.1)])
    #expect(kept == [box(1, 0.9), box(1, 0.8, label: 1), box(30, 0.1)])
  }

  @Test func anOverlapOfExactlyTheLimitIsTwoObjects() {
    // 10 × 10 boxes, 5 apart: the overlap is a third.
    let pair = [box(0, 0.9), box(5, 0.8)]
    #expect(NonMaximumSuppression.survivors(of: pair, iou: 1.0 / 3) == pair)
    #expect(NonMaximumSuppression.survivors(of: pair, iou: 0.33) == [pair[0]])
  }

  @Test func ofEquallySureBoxesTheFirstStays() {
    #expect(NonMaximumSuppression.survivors(of: [box(1, 0.5), box(0, 0.5)]) == [box(1, 0.5)])
  }

  @Test func nonsenseIsLeftOut() {
    let bad = [
      PredictedBox(
        Rectangle(left: .nan, top: 0, width: 5, height: 5), label: 0, confidence: 0.9),
      PredictedBox(Rectangle(left: 0, top: 0, width: 0, height: 5), label: 0, confidence: 0.9),
      box(0, .nan), box(0, .infinity),
    ]
    #expect(NonMaximumSuppression.survivors(of: bad).isEmpty)
  }

  @Test func noMoreThanAskedForAreKept() {
    let many = (0..<100).map { box(Double($0) * 20, 0.5) }
    #expect(NonMaximumSuppression.survivors(of: many, limit: 7) == Array(many.prefix(7)))
  }
}
