import Cells
import Evaluation
import GroundTruth
import TestSupport
import Testing

@testable import Workstation

@Suite("Whatever is done in a review")
struct ReviewPropertyTests {
  private static let keys = [
    "Space", "x", "1", "2", "3", "A", "X", "Backspace", "u", "Ctrl+R", "d", "a", ";", ",", "Tab",
    "Shift+Tab", "[", "]", "m", "Right", "Down", "L", "e", "Enter", "Esc", "<pause>", "w", "S", "s",
    ": \"queue images\" Enter", ": \"queue boxes\" Enter", "/ \"is:mismatch\" Enter", "b", "Del",
  ]

  @Test(arguments: 0..<UInt64(30))
  func `undo gives the bytes back, and predictions are never touched`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let labels = ["RBC", "WBC", "Platelets"]
    func box(_ confidence: Bool) -> String {
      let label = labels[Int.random(in: 0..<3, using: &random)]
      let share = confidence ? " .\(Int.random(in: 10...99, using: &random))" : ""
      let (left, top) = (
        Int.random(in: 0...70, using: &random), Int.random(in: 0...50, using: &random)
      )
      return "\(label)\(share) \(left),\(top) \(Int.random(in: 4...30, using: &random))×"
        + "\(Int.random(in: 4...30, using: &random))"
    }
    let album = (0..<3).map { _ in
      (["100×80"] + (0..<Int.random(in: 0...3, using: &random)).map { _ in box(false) })
        .joined(separator: " | ")
    }.joined(separator: "\n")
    let predictions = (0..<3).map { _ in
      (0..<Int.random(in: 0...5, using: &random)).map { _ in box(true) }
    }
    var bench = try Bench.review(album, predictions, unit: seed % 2 == 0 ? .boxes : .images)
    var script: [String] = []
    for _ in 0..<80 {
      let step = Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)]
      script.append(step)
      try bench.run(step)
      guard !bench.state.isFinished else { break }
      check(bench, script)
      _ = bench.state.frame
    }
    try bench.run("<pause> Esc")
    while bench.state.dataset.history.undoable != nil { _ = bench.state.perform(.undo) }
    #expect(bench.lines == bench.originals, "seed \(seed): \(script)")
  }

  /// What must hold after each key.
  private func check(_ bench: Bench, _ script: [String]) {
    let now = bench.lines
    for (old, new) in zip(bench.originals, now) where old != new {
      guard let before = try? Entry(line: old), let after = try? Entry(line: new) else {
        Issue.record("not a line: \(script)")
        continue
      }
      #expect(before.boxSet(Bench.model) == after.boxSet(Bench.model), "\(script)")
      #expect(after.problems.isEmpty)
    }
    guard let review = bench.state.review else { return }
    #expect(review.left == review.done.count { !$0 }, "\(script)")
    #expect(review.done.count == bench.state.queue.lines.count)
    #expect(review.unit == .images || review.items.map(\.line) == bench.state.queue.lines)
    // All that is known of predictions follows from the lines.
    let fresh = Review(
      review.predictions, of: bench.state.dataset, attribute: bench.state.settings.attribute)
    for line in now.indices {
      let (match, again) = (review.fullMatch(at: line), fresh.fullMatch(at: line))
      // Labels are numbered in the order seen, which may differ.
      #expect(match.truths.map(\.prediction) == again.truths.map(\.prediction), "\(script)")
      #expect(match.predictions.map(\.iou) == again.predictions.map(\.iou), "\(script)")
      for place in review.predictions.boxes(at: line).indices {
        let index = place - review.predictions.boxRange(at: line).lowerBound
        #expect(
          review.standing(ofBox: index, at: line, in: match)
            == fresh.standing(ofBox: index, at: line, in: again), "\(script)")
      }
    }
  }
}
