import Evaluation
import TestSupport
import Testing

/// The figures of a dataset, and that they stay exact while images change.
@Suite struct ScoreboardTests {
  /// All that a board says, to be compared as a whole.
  private struct Figures: Equatable {
    let labels: [LabelFigures]
    let overall: OverallFigures
    let confusion: ConfusionMatrix
    let surest: ConfusionMatrix
    let hits: Counts
    let errors: [[Int]]
    let reliability: [ReliabilityBin]
    let sizes: [SizeBin: Counts]

    init(_ board: Scoreboard) {
      labels = board.labelFigures
      overall = board.overall
      confusion = board.confusion
      surest = board.surestConfusion
      hits = board.surestHits
      errors = board.labels.indices.map { label in
        ErrorKind.allCases.map { board.errorCount($0, of: label) }
      }
      reliability = board.reliability()
      sizes = board.countsBySize()
    }
  }

  private static let labels = ["cat", "dog", "cow"]

  /// A few boxes on a coarse grid, so that equal ones, crowds and equal confidences are common.
  ///
  /// Most predictions are of one label, so that its curve has several blocks.
  private static func randomScore(_ random: inout SeededGenerator) -> ImageScore {
    func rectangle(_ random: inout SeededGenerator) -> Rectangle {
      Rectangle(
        left: Double(Int.random(in: 0...3, using: &random) * 10),
        top: Double(Int.random(in: 0...1, using: &random) * 10),
        width: Double(Int.random(in: 1...4, using: &random) * 10), height: 30)
    }
    let truths = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      TruthBox(
        rectangle(&random), label: Int.random(in: 0...2, using: &random),
        role: [.counted, .counted, .counted, .ignored, .crowd].randomElement(using: &random)
          ?? .counted)
    }
    let predictions = (0..<Int.random(in: 0...8, using: &random)).map { _ in
      PredictedBox(
        rectangle(&random), label: max(0, Int.random(in: -6...2, using: &random)),
        confidence: Double(Int.random(in: 0...10, using: &random)) / 10)
    }
    return ImageScore(truths: truths, predictions: predictions, rules: MatchRules(limit: 2))
  }

  @Test(arguments: [ThresholdChoice.assumed, .common(0.5)])
  func changesLeaveNoTrace(choice: ThresholdChoice) {
    var random = SeededGenerator(for: "boards that change")
    var scores = (0..<600).map { _ in Self.randomScore(&random) }
    var board = Scoreboard(labels: Self.labels, scores: scores, choice: choice)
    for round in 0..<300 {
      let changes = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        (
          image: Int.random(in: 0..<scores.count, using: &random),
          score: Self.randomScore(&random)
        )
      }
      for change in changes { scores[change.image] = change.score }
      board.replace(changes)
      guard round % 60 == 59 else { continue }
      let fresh = Scoreboard(labels: Self.labels, scores: scores, choice: choice)
      #expect(Figures(board) == Figures(fresh))
    }
  }

  @Test func emptyingAndFillingLeavesNoTrace() {
    var random = SeededGenerator(for: "boards that empty")
    let scores = (0..<500).map { _ in Self.randomScore(&random) }
    let empty = ImageScore(truths: [], predictions: [])
    var board = Scoreboard(labels: Self.labels, scores: scores)
    for image in scores.indices { board.replace(empty, at: image) }
    let blank = Array(repeating: empty, count: scores.count)
    #expect(Figures(board) == Figures(Scoreboard(labels: Self.labels, scores: blank)))
    for image in scores.indices.shuffled(using: &random) { board.replace(scores[image], at: image) }
    #expect(Figures(board) == Figures(Scoreboard(labels: Self.labels, scores: scores)))
  }

  @Test func thresholdsChangeBackAndForth() {
    var random = SeededGenerator(for: "thresholds")
    let scores = (0..<300).map { _ in Self.randomScore(&random) }
    var board = Scoreboard(labels: Self.labels, scores: scores)
    for _ in 0..<12 {
      let choice: ThresholdChoice =
        Bool.random(using: &random)
        ? .assumed : .common(Double(Int.random(in: 0...12, using: &random)) / 12)
      board.choose(choice)
      let fresh = Scoreboard(labels: Self.labels, scores: scores, choice: choice)
      #expect(Figures(board) == Figures(fresh))
    }
  }

  /// Average precision and best F1 by their definitions, from the matches of all images.
  @Test func figuresFollowFromTheirDefinitions() {
    var random = SeededGenerator(for: "definitions")
    for _ in 0..<4 {
      let scores = (0..<300).map { _ in Self.randomScore(&random) }
      let board = Scoreboard(labels: Self.labels, scores: scores)
      for label in Self.labels.indices {
        let curve = PlainCurve(scores, label: label, board: board)
        let figures = board.labelFigures[label]
        #expect(figures.support == curve.support)
        #expect(figures.curve.averagePrecisionAtRule == curve.averagePrecision)
        #expect(figures.threshold == curve.bestThreshold)
        #expect(figures.counts == curve.counts(from: figures.threshold))
        for (threshold, counts) in board.countsByThreshold(of: label, steps: 20) {
          #expect(counts == curve.counts(from: threshold))
        }
      }
    }
  }

  @Test func rowsAndColumnsOfTheConfusionMatrixAddUp() throws {
    let board = try PredictionMaker("bccd").board(seed: 1)
    let matrix = board.confusion
    for label in board.labelFigures {
      #expect(matrix.rowSum(label.label) == label.support)
      let column = [0, 1, 2, nil].reduce(0) { $0 + matrix[truth: $1, prediction: label.label] }
      #expect(column == label.counts.predicted)
      let kinds = ErrorKind.allCases.filter { $0 != .missed }
      let wrong = kinds.reduce(0) { $0 + board.errorCount($1, of: label.label) }
      #expect(wrong == label.counts.falsePositives)
    }
    #expect(matrix[truth: nil, prediction: nil] == 0)
    let sizes = board.countsBySize().values.reduce(Counts(), +)
    #expect(sizes == board.overall.counts)
    let reliable = board.reliability()
    let all = board.countsByThreshold(steps: 1)[0].counts
    #expect(reliable.reduce(0) { $0 + $1.count } == all.predicted)
    #expect(reliable.reduce(0) { $0 + $1.found } == all.truePositives)
  }

  @Test func theBoardSaysWhatTheImagesSay() throws {
    let board = try PredictionMaker("2label").board(seed: 2, choice: .common(0.4))
    let matches = board.scores.map { ImageMatch($0, thresholds: board.thresholds) }
    let predictions = matches.flatMap(\.predictions)
    let truths = matches.flatMap(\.truths)
    let counts = board.overall.counts
    #expect(counts.truePositives == predictions.count(where: \.isTruePositive))
    #expect(counts.falsePositives == predictions.count(where: \.isFalsePositive))
    #expect(counts.falseNegatives == truths.count { $0.verdict == .missed })
    #expect(
      board.errorCount(.missed)
        == truths.count { $0.verdict == .missed && $0.explanation == nil })
    for kind in ErrorKind.allCases where kind != .missed {
      #expect(board.errorCount(kind) == predictions.count { $0.verdict == .falsePositive(kind) })
    }
    let confused = board.confusion.filledCells.filter { entry in
      entry.cell.truth != nil && entry.cell.prediction != nil
        && entry.cell.truth != entry.cell.prediction
    }
    #expect(confused.reduce(0) { $0 + $1.count } == truths.count { $0.confusion != nil })
  }

  @Test func imageLevelLabelsHaveTheirFigures() {
    let scores = [
      ImageScore(
        truthLabels: [0],
        predictions: [.init(label: 0, confidence: 0.9), .init(label: 1, confidence: 0.1)]),
      ImageScore(truthLabels: [1], predictions: [.init(label: 0, confidence: 0.6)]),
      ImageScore(truthLabels: [1, 2], predictions: [.init(label: 2, confidence: 0.7)]),
      ImageScore(truthLabels: [1], predictions: []),
      ImageScore(truthLabels: [], predictions: [.init(label: 0, confidence: 0.2)]),
    ]
    let board = Scoreboard(labels: Self.labels, scores: scores, choice: .common(0.5))
    #expect(board.surestHits == Counts(truePositives: 2, falseNegatives: 2))
    #expect(board.surestConfusion[truth: 1, prediction: 0] == 1)
    #expect(board.surestConfusion[truth: 1, prediction: nil] == 1)
    #expect(board.surestConfusion[truth: 2, prediction: 2] == 1)
    #expect(
      board.labelFigures.map(\.counts) == [
        Counts(truePositives: 1, falsePositives: 1, falseNegatives: 0),
        Counts(truePositives: 0, falsePositives: 0, falseNegatives: 3),
        Counts(truePositives: 1, falsePositives: 0, falseNegatives: 0),
      ])
    #expect(board.labelFigures.map(\.imageCount) == [1, 3, 1])
    #expect(board.confusion[truth: 1, prediction: 0] == 1)
  }

  @Test func aNewLabelIsAtTheEnd() {
    var board = Scoreboard(labels: ["cat"], scores: [ImageScore(truths: [], predictions: [])])
    let label = board.addLabel("dog")
    #expect(label == 1)
    let box = Rectangle(left: 0, top: 0, width: 20, height: 20)
    board.replace(
      ImageScore(
        truths: [TruthBox(box, label: label)],
        predictions: [PredictedBox(box, label: label, confidence: 0.8)]), at: 0)
    #expect(board.labelFigures[1].curve.ap == 1)
    #expect(board.labelFigures[1].threshold == 0.8)
    #expect(board.labelFigures[0].curve.ap == nil)
    #expect(board.countsBySize() == [.under32: Counts(truePositives: 1)])
  }
}
