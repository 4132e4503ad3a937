import Evaluation
import GroundTruth

extension Entry {
  /// How far people disagree on the boxes of an image, 0…1: 0 where fewer than two drew some.
  ///
  /// For each two attributes that people vouch for, one less the F1 of one against the other (IoU
  /// 0.5, one label at a time); the greatest of them counts.
  var disagreement: Double {
    let drawn = boxSets.filter(\.isHumanAnnotated)
    guard drawn.count > 1 else { return 0 }
    var greatest = 0.0
    for (place, first) in drawn.enumerated() {
      for second in drawn.dropFirst(place + 1) {
        greatest = max(greatest, Self.disagreement(first.boxes, second.boxes))
      }
    }
    return greatest
  }

  private static func disagreement(_ first: [Box], _ second: [Box]) -> Double {
    guard !first.isEmpty || !second.isEmpty else { return 0 }
    var places: [String: Int] = [:]
    for box in first + second where places[box.label] == nil { places[box.label] = places.count }
    let score = ImageScore(
      truths: first.map { TruthBox(Rectangle($0), label: places[$0.label] ?? 0) },
      predictions: second.map {
        PredictedBox(Rectangle($0), label: places[$0.label] ?? 0, confidence: 1)
      })
    let agreed = ImageMatch(score, thresholds: Thresholds(0)).predictions.count {
      $0.isTruePositive
    }
    return 1 - 2 * Double(agreed) / Double(first.count + second.count)
  }
}

extension State {
  /// Lines in the order of how far people disagree on them, most first.
  ///
  /// - Complexity: O(bytes).
  func sortedByDisagreement(_ lines: [Int]) -> [Int] {
    let keys = lines.map { line in
      (-((try? Entry(line: dataset.line(at: line)))?.disagreement ?? 0), line)
    }
    return keys.sorted { $0 < $1 }.map(\.1)
  }
}
