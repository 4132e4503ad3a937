import Evaluation
import GroundTruth

/// The queue of a review: the items or images that a filter lets through, in an order.
struct ReviewQueue {
  private let review: Review
  private let dataset: Dataset
  private let filter: ReviewFilter
  private let order: Queue.Order

  init(_ review: Review, _ dataset: Dataset, filter: ReviewFilter, order: Queue.Order) {
    self.review = review
    self.dataset = dataset
    self.filter = filter
    self.order = order
  }

  /// The single boxes and labels on some lines, in the queue's order, then in that of the lines.
  ///
  /// - Complexity: O(*n* log *n*) in the predictions on the lines.
  func items(on lines: [Int]) -> [ReviewItem] {
    var items: [ReviewItem] = []
    var keys: [(key: Double, place: UInt32)] = []
    for line in lines {
      forEachItem(at: line) { item, facts, label in
        guard filter.holds(facts, label: label) else { return }
        let key =
          order == .random ? shuffledKey(items.count, seed: review.seed) : facts.key(in: order)
        keys.append((key, UInt32(clamping: items.count)))
        items.append(item)
      }
    }
    guard order.needsPredictions || order == .random else { return items }
    keys.sort { ($0.key, $0.place) < ($1.key, $1.place) }
    return keys.map { items[Int($0.place)] }
  }

  /// Those of some lines that answer to the filter, in the queue's order.
  func images(among lines: [Int]) -> [Int] {
    var keys: [(key: Double, place: UInt32)] = []
    var found: [Int] = []
    for (place, line) in lines.enumerated() {
      var least = Double.infinity
      var count = 0
      var matches = Array(repeating: false, count: filter.itemTerms.count)
      forEachItem(at: line) { _, facts, label in
        for (index, term) in filter.itemTerms.enumerated() where !matches[index] {
          let alone = Query.Term(term.condition)
          matches[index] = ReviewFilter(Query(terms: [alone]), unit: .boxes)
            .holds(facts, label: label)
        }
        let key = facts.key(in: order)
        if order == .missing || order == .confusion { count += key < 1 ? 1 : 0 }
        least = min(least, key)
      }
      let isMatch = zip(filter.itemTerms, matches).allSatisfy { $0.isNegated != $1 }
      guard isMatch else { continue }
      // Most such errors on one image first.
      let key =
        order == .random ? shuffledKey(line, seed: review.seed) : least - Double(4 * count)
      keys.append((key, UInt32(clamping: place)))
      found.append(line)
    }
    guard order.needsPredictions || order == .random else { return found }
    keys.sort { ($0.key, $0.place) < ($1.key, $1.place) }
    return keys.map { lines[Int($0.place)] }
  }

  /// Goes through what may be decided on in a line: first predictions, then what they missed.
  private func forEachItem(at line: Int, _ body: (ReviewItem, ItemFacts, String) -> Void) {
    let boxes = review.predictions.boxes(at: line)
    let isEmpty = boxes.isEmpty && review.predictions.labelRange(at: line).isEmpty
    if isEmpty, !filter.wantsMissed { return }
    let match = review.fullMatch(at: line)
    for (place, box) in boxes.enumerated() {
      let outcome = match.predictions[place]
      guard isWanted(box.confidence, review.standing(ofBox: place, at: line, in: match)) else {
        continue
      }
      let facts = ItemFacts(
        confidence: box.confidence, verdict: outcome.verdict, iou: outcome.iou,
        side: min(box.width, box.height))
      body(.box(place, line: line), facts, review.name(box.label))
    }
    if let labelMatch = review.labelMatch(at: line) {
      for (place, label) in review.predictions.imageLabels(at: line).enumerated() {
        let outcome = labelMatch.predictions[place]
        let standing = review.standing(ofLabel: place, at: line, in: labelMatch)
        guard isWanted(label.confidence, standing) else { continue }
        let facts = ItemFacts(
          confidence: label.confidence, verdict: outcome.verdict, iou: outcome.iou,
          side: .infinity)
        body(.label(place, line: line), facts, review.name(label.label))
      }
    }
    if filter.wantsMissed { forEachMissed(at: line, in: match, body) }
  }

  private func isWanted(_ confidence: Double, _ standing: Standing) -> Bool {
    guard filter.wantsUnsure || confidence >= review.threshold else { return false }
    return standing == .open || (standing == .agreed && filter.wantsAgreed)
  }

  private func forEachMissed(
    at line: Int, in match: ImageMatch, _ body: (ReviewItem, ItemFacts, String) -> Void
  ) {
    let range = review.predictions.boxRange(at: line)
    let missed = match.truths.indices.filter { place in
      match.truths[place].prediction.map {
        review.predictions.boxes[range.lowerBound + $0].confidence < review.threshold
      } ?? true
    }
    guard !missed.isEmpty,
      let truths = (try? Entry(line: dataset.line(at: line)))?.boxSet(review.attribute)?.boxes
    else { return }
    for place in missed where truths.indices.contains(place) {
      let facts = ItemFacts(
        confidence: 0, verdict: nil, iou: 0, side: min(truths[place].width, truths[place].height))
      body(.missed(place, line: line), facts, truths[place].label)
    }
  }
}
