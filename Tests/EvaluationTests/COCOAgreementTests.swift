import Evaluation
import Testing

/// Average precision is that of pycocotools.
@Suite struct COCOAgreementTests {
  /// What pycocotools says of a data set.
  struct Expected: Sendable, CustomTestStringConvertible {
    let set: String
    let seed: UInt64
    let predictionCount: Int
    /// AP, AP50, AP75, AR100.
    let overall: [Double]
    /// AP and AP50 of each label; nil for a label without truths.
    var labels: [[Double]?] = []

    var testDescription: String { "\(set), seed \(seed)" }
  }

  static let expected: [Expected] = {
    var found: [Expected] = []
    for line in (try? PredictionMaker.lines(of: "expected.txt")) ?? [] {
      let words = line.split(separator: " ").map(String.init)
      let numbers = words.compactMap(Double.init)
      switch words[0] {
      case "set":
        found.append(
          Expected(
            set: words[1], seed: UInt64(words[2]) ?? 0, predictionCount: Int(words[3]) ?? 0,
            overall: numbers.suffix(4)))
      case "label": found[found.count - 1].labels.append(words[1] == "none" ? nil : numbers)
      default: break
      }
    }
    return found
  }()

  @Test func thereIsSomethingToCompare() {
    #expect(Self.expected.count == 12)
    #expect(Set(Self.expected.map(\.set)) == ["bccd", "raccoon", "fruitnuts", "2label"])
  }

  @Test(arguments: expected)
  func figuresAgree(expected: Expected) throws {
    let maker = try PredictionMaker(expected.set)
    let predictions = maker.predictions(seed: expected.seed)
    #expect(predictions.reduce(0) { $0 + $1.count } == expected.predictionCount)
    let board = maker.board(seed: expected.seed)
    let overall = board.overall
    let figures = [overall.ap, overall.ap50, overall.ap75, overall.averageRecall]
    for (figure, other) in zip(figures, expected.overall) {
      #expect(abs((figure ?? .nan) - other) < 1e-9)
    }
    #expect(board.labels.count == expected.labels.count)
    for (label, other) in zip(board.labelFigures, expected.labels) {
      guard let other else {
        #expect(label.curve.ap == nil)
        continue
      }
      #expect(abs((label.curve.ap ?? .nan) - other[0]) < 1e-9)
      #expect(abs((label.curve.ap50 ?? .nan) - other[1]) < 1e-9)
    }
  }
}
