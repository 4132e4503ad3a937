import Evaluation
import GroundTruth

extension Review {
  /// The predictions and missed truths in a cell of the confusion matrix, in an order.
  ///
  /// - Complexity: O(predictions + *n* log *n*) in what is found.
  func items(in chosen: ChosenCell, of dataset: Dataset, order: Queue.Order) -> [ReviewItem] {
    var found: [(key: Double, item: ReviewItem)] = []
    for line in board.scores.indices {
      let items =
        chosen.isOfImages
        ? labelItems(in: chosen.cell, at: line) : boxItems(in: chosen.cell, at: line)
      for (item, facts) in items { found.append((facts.key(in: order), item)) }
    }
    // The sort is stable by hand: equal ones stay in the order of the file.
    return found.enumerated().sorted {
      ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
    }.map(\.element.item)
  }

  private func boxItems(
    in cell: ConfusionMatrix.Cell, at line: Int
  ) -> [(ReviewItem, ItemFacts)] {
    let boxes = predictions.boxes(at: line)
    guard let label = cell.prediction else { return missedItems(of: cell.truth, at: line) }
    guard boxes.contains(where: { $0.label == label && $0.confidence >= threshold }) else {
      return []
    }
    let match = match(at: line)
    return zip(boxes, match.predictions).enumerated().compactMap { place, pair in
      let (box, outcome) = pair
      guard outcome.label == label else { return nil }
      let truth: Int?
      switch outcome.verdict {
      case .truePositive: truth = label
      case .falsePositive: truth = outcome.confusion.flatMap { match.truths[safe: $0]?.label }
      case .ignored, .belowThreshold: return nil
      }
      guard truth == cell.truth else { return nil }
      let facts = ItemFacts(
        confidence: box.confidence, verdict: outcome.verdict, iou: outcome.iou,
        side: min(box.width, box.height))
      return (.box(place, line: line), facts)
    }
  }

  private func missedItems(of label: Int?, at line: Int) -> [(ReviewItem, ItemFacts)] {
    let match = match(at: line)
    return match.truths.enumerated().compactMap { place, truth in
      guard truth.verdict == .missed, truth.label == label, truth.confusion == nil else {
        return nil
      }
      return (
        .missed(place, line: line), ItemFacts(confidence: 0, verdict: nil, iou: 0, side: 0)
      )
    }
  }

  /// The surest label of an image, if the image is in the cell.
  private func labelItems(
    in cell: ConfusionMatrix.Cell, at line: Int
  ) -> [(ReviewItem, ItemFacts)] {
    let found = predictions.imageLabels(at: line)
    guard let match = labelMatch(at: line), cell.prediction != nil, cell.truth != nil,
      let surest = found.enumerated().max(by: { first, second in
        (first.element.confidence, -first.offset) < (second.element.confidence, -second.offset)
      }), surest.element.label == cell.prediction
    else { return [] }
    let truths = match.truths.map(\.label)
    let isHit = truths.contains(surest.element.label)
    let isHere =
      isHit
      ? cell.truth == cell.prediction
      : cell.truth.map { truths.contains($0) } == true && cell.truth != cell.prediction
    guard isHere else { return [] }
    let facts = ItemFacts(
      confidence: surest.element.confidence,
      verdict: match.predictions[safe: surest.offset]?.verdict,
      iou: 0, side: .infinity)
    return [(.label(surest.offset, line: line), facts)]
  }

  /// What a cell is called: `RBC taken for WBC`.
  func name(of cell: ConfusionMatrix.Cell) -> String {
    let truth = cell.truth.flatMap { board.labels[safe: $0] }
    let prediction = cell.prediction.flatMap { board.labels[safe: $0] }
    switch (truth, prediction) {
    case (let truth?, let prediction?):
      return truth == prediction ? "\(truth) found" : "\(truth) taken for \(prediction)"
    case (let truth?, nil): return "\(truth) missed"
    case (nil, let prediction?): return "\(prediction) where nothing is"
    case (nil, nil): return "nothing"
    }
  }
}
