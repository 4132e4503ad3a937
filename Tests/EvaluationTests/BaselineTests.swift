import Evaluation
import Testing

@Suite("What a model has to beat")
struct BaselineTests {
  private func box(
    _ left: Double, _ top: Double, _ width: Double, _ height: Double, label: Int = 0,
    role: TruthBox.Role = .counted
  ) -> TruthBox {
    TruthBox(
      Rectangle(left: left, top: top, width: width, height: height), label: label, role: role)
  }

  @Test("is a mean box in shares of the image, whatever the image's size")
  func mean() throws {
    let baseline = MeanBox([
      .init(boxes: [box(10, 20, 40, 40)], width: 100, height: 100),
      .init(boxes: [box(60, 0, 80, 160)], width: 200, height: 400),
    ])
    let found = try #require(baseline.predictions(width: 1_000, height: 10).first)
    #expect(found.rectangle == Rectangle(left: 200, top: 1, width: 400, height: 4))
    #expect(found.confidence == 1)
  }

  @Test("is as sure of a label as images have it")
  func confidence() {
    let baseline = MeanBox([
      .init(
        boxes: [box(0, 0, 1, 1, label: 3), box(0, 0, 3, 3, label: 3)], width: 10, height: 10),
      .init(boxes: [box(0, 0, 5, 5, label: 1, role: .ignored)], width: 10, height: 10),
      .init(boxes: [], width: 10, height: 10),
      .init(boxes: [box(0, 0, 1, 1, label: 2)], width: 0, height: 10),
      .init(boxes: [box(5, 5, 5, 5, label: 0)], width: 10, height: 10),
    ])
    let found = baseline.predictions(width: 10, height: 10)
    #expect(found.map(\.label) == [0, 3])
    #expect(found.map(\.confidence) == [0.25, 0.25])
    #expect(found[1].rectangle == Rectangle(left: 0, top: 0, width: 2, height: 2))
  }

  @Test("finds all where objects never move, and nothing has no boxes")
  func trivial() {
    let example = MeanBox.Example(boxes: [box(10, 10, 50, 50)], width: 100, height: 100)
    let guess = MeanBox([example]).predictions(width: 100, height: 100)
    let board = Scoreboard(
      labels: ["a"], scores: [ImageScore(truths: example.boxes, predictions: guess, rules: .init())]
    )
    #expect(board.overall.ap50 == 1)
    #expect(MeanBox([]).predictions(width: 100, height: 100).isEmpty)
  }

  @Test("is the commonest label of whole images")
  func labels() {
    let shares = LabelShares([[0], [1], [1, 2], []])
    #expect(shares.predictions.map(\.label) == [1, 0, 2])
    #expect(shares.predictions.map(\.confidence) == [0.5, 0.25, 0.25])
    #expect(LabelShares([]).predictions.isEmpty)
  }

  @Test("is measured like a model at thresholds of its own")
  func given() {
    let truth = box(0, 0, 10, 10)
    let scores = [0.9, 0.3].map { confidence in
      ImageScore(
        truths: [truth],
        predictions: [PredictedBox(truth.rectangle, label: 0, confidence: confidence)],
        rules: .init())
    }
    let board = Scoreboard(
      labels: ["a"], scores: scores, choice: .given(Thresholds(0.5, byLabel: [0.6])))
    #expect(board.thresholds[0] == 0.6)
    #expect(board.labelFigures[0].counts.truePositives == 1)
    #expect(board.labelFigures[0].counts.falseNegatives == 1)
  }
}
