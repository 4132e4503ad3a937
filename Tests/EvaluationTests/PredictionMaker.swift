import Evaluation
import Foundation
import TestSupport

/// The truths of a data set, and predictions made of them as `make-fixtures.py` makes them.
struct PredictionMaker {
  let labels: [String]
  let truths: [[TruthBox]]

  /// Reads a data set of the fixtures.
  init(_ name: String) throws {
    var labels: [String] = []
    var truths: [[TruthBox]] = []
    for line in try Self.lines(of: name + ".txt") {
      let words = line.split(separator: " ")
      switch words[0] {
      case "label": labels.append(String(words[1]))
      case "image": truths.append([])
      default:
        let numbers = words[1...4].compactMap { Double($0) }
        guard let label = Int(words[0]), numbers.count == 4 else {
          throw CocoaError(.fileReadCorruptFile)
        }
        truths[truths.count - 1].append(
          TruthBox(
            Rectangle(left: numbers[0], top: numbers[1], width: numbers[2], height: numbers[3]),
            label: label, role: words.count > 5 ? .crowd : .counted))
      }
    }
    self.labels = labels
    self.truths = truths
  }

  /// The lines of a fixture.
  static func lines(of name: String) throws -> [Substring] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n")
  }

  /// Predictions with noise, duplicates, wrong labels and equal confidences.
  func predictions(seed: UInt64) -> [[PredictedBox]] {
    var random = SeededGenerator(seed: seed)
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    return truths.indices.map { image in
      var made: [PredictedBox] = []
      for truth in truths[image] {
        if below(5) == 0 { continue }
        let copies = below(8) == 0 ? 2 : 1
        for _ in 0..<copies {
          let spread = 5 + below(40)
          let shifts = (0..<4).map { _ in Double(below(2 * spread + 1) - spread) / 200 }
          let label = below(10) == 0 ? below(labels.count) : truth.label
          let box = truth.rectangle
          made.append(
            PredictedBox(
              Rectangle(
                left: box.left + box.width * shifts[0], top: box.top + box.height * shifts[1],
                width: box.width + box.width * shifts[2],
                height: box.height + box.height * shifts[3]),
              label: label, confidence: Double(20 + below(81)) / 100))
        }
      }
      // More than the 100 of an image and label that COCO looks at.
      for _ in 0..<(image == 0 ? 130 : below(4)) {
        let label = image > 0 ? below(labels.count) : 0
        let place = (Double(below(400)), Double(below(300)))
        let size = (Double(5 + below(150)), Double(5 + below(150)))
        made.append(
          PredictedBox(
            Rectangle(left: place.0, top: place.1, width: size.0, height: size.1),
            label: label, confidence: Double(below(91)) / 100))
      }
      return made
    }
  }

  /// The board of the data set with such predictions.
  func board(
    seed: UInt64, rules: MatchRules = MatchRules(), choice: ThresholdChoice = .assumed
  ) -> Scoreboard {
    let scores = zip(truths, predictions(seed: seed)).map {
      ImageScore(truths: $0, predictions: $1, rules: rules)
    }
    return Scoreboard(labels: labels, scores: scores, choice: choice)
  }
}
