import GroundTruth
import TestSupport
import Testing

@Suite struct PredictionReplacingTests {
  private typealias Line = (boxes: [Box], labels: [(label: String, confidence: Double?)])

  private func random(_ generator: inout SeededGenerator) -> Line {
    let names = ["a", "b", "c", "d", "e"]
    func name() -> String { names.randomElement(using: &generator) ?? "a" }
    func share() -> Double { Double.random(in: 0...1, using: &generator) }
    let boxes = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
      Box(left: share(), top: 1, width: 2, height: 3, label: name(), confidence: share())
    }
    let labels = (0..<Int.random(in: 0...2, using: &generator)).map { _ in (name(), share()) }
    return (boxes, labels)
  }

  private func description(_ predictions: Predictions) -> [String] {
    (0..<predictions.lineCount).map { line in
      let boxes = predictions.boxes(at: line).map {
        "\($0.left) \(predictions.labels[$0.label]) \($0.confidence)"
      }
      let labels = predictions.imageLabels(at: line).map {
        "\(predictions.labels[$0.label]) \($0.confidence)"
      }
      return "\(boxes) \(labels)"
    }
  }

  @Test func `Replacing lines comes to the same as having added them so`() {
    var generator = SeededGenerator(for: "replaced predictions")
    for _ in 0..<50 {
      var lines = (0..<6).map { _ in random(&generator) }
      var predictions = Predictions(name: "m", labels: ["x"])
      for line in lines { predictions.appendLine(boxes: line.boxes, imageLabels: line.labels) }
      for _ in 0..<10 {
        let place = Int.random(in: 0..<6, using: &generator)
        lines[place] = random(&generator)
        predictions.replaceLine(
          place, boxes: lines[place].boxes, imageLabels: lines[place].labels)
      }
      var fresh = Predictions(name: "m")
      for line in lines { fresh.appendLine(boxes: line.boxes, imageLabels: line.labels) }
      #expect(description(predictions) == description(fresh))
    }
  }

  @Test func `A line that isn't there is left alone`() {
    var predictions = Predictions(name: "m")
    predictions.appendLine()
    predictions.replaceLine(
      7, boxes: [Box(left: 0, top: 0, width: 1, height: 1, label: "a", confidence: 1)])
    #expect(predictions.isEmpty)
  }
}
