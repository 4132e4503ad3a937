import Cells
import Evaluation
import GroundTruth
import TestSupport
import Testing

@testable import Workstation

/// The evaluation screen: its figures, the ways from them to predictions, and the way back.
@Suite("Evaluation screen")
struct EvaluationScreenTests {
  static let album = """
    100×80 | RBC 10,20 30×40 | WBC 50,8 24×20
    100×80 | nothing there
    100×80 | RBC 5,5 20×20
    100×80 | Platelets 40,40 9×9
    """
  static let predictions = [
    ["RBC .9 10,20 30×40", "RBC .8 50,8 24×20"], ["Platelets .7 60,60 10×10"], [],
    ["Platelets .6 40,40 9×9"],
  ]

  private func bench(
    screen: CellSize = CellSize(columns: 80, rows: 24), depth: ColorDepth = .truecolor
  ) throws -> Bench {
    var bench = try Bench.review(Self.album, Self.predictions) { $0.capabilities.depth = depth }
    bench.reduce(.input(.resize(screen)))
    return bench
  }

  private func shown(_ bench: Bench) throws -> EvaluationScreen {
    guard case .evaluation(let now) = bench.state.screen else { throw NotShown() }
    return now
  }

  private struct NotShown: Error {}

  @Test("two keys open it, and Esc goes back to where one was")
  func opens() throws {
    var bench = try bench()
    try bench.run("d")
    let (line, queue) = (bench.state.queue.current, bench.queueText)
    try bench.run("g e")
    #expect(try shown(bench).figures.overall.counts.truePositives == 2)
    try bench.run("Esc")
    guard case .image = bench.state.screen else { throw NotShown() }
    #expect(bench.state.queue.current == line)
    #expect(bench.queueText == queue)
    try bench.run(": \"evaluate\" Enter")
    _ = try shown(bench)
  }

  @Test("without predictions it says so")
  func none() throws {
    var bench = try Bench(Self.album)
    try bench.run("g e")
    #expect(bench.state.message?.kind == .problem)
    guard case .image = bench.state.screen else { throw NotShown() }
  }

  @Test("each cell of the matrix opens what it counts, and Esc leads back twice")
  func cells() throws {
    var bench = try bench()
    let before = bench.queueText
    try bench.run("g e Tab")
    let names = try shown(bench).figures.labels.map(\.name)
    let expected: [String: [String]] = [
      "RBC/RBC": ["1 RBC .90"], "WBC/RBC": ["1 RBC .80"], "-/Platelets": ["2 Platelets .70"],
      "RBC/-": ["3 FN RBC"], "Platelets/Platelets": ["4 Platelets .60"],
    ]
    let filled = try shown(bench).figures.confusion.filledCells
    #expect(filled.count == expected.count)
    for (cell, count) in filled {
      try goTo(cell, &bench)
      try bench.run("Enter")
      let name =
        "\(cell.truth.map { names[$0] } ?? "-")/\(cell.prediction.map { names[$0] } ?? "-")"
      #expect(bench.queueText == expected[name], "\(name)")
      #expect(bench.queueText.count == count)
      try bench.run("Esc")
      #expect(try shown(bench).cell == cell)
      #expect(bench.queueText == before)
    }
    try bench.run("Esc")
    guard case .image = bench.state.screen else { throw NotShown() }
  }

  private func goTo(_ cell: ConfusionMatrix.Cell, _ bench: inout Bench) throws {
    let count = try shown(bench).figures.labels.count
    try bench.run("K L H")
    for _ in 0..<(cell.truth ?? count) { try bench.run("j") }
    for _ in 0..<(cell.prediction ?? count) { try bench.run("l") }
    #expect(try shown(bench).cell == cell)
  }

  @Test("a cell's predictions can be decided on, and the figures follow")
  func decides() throws {
    var bench = try bench()
    try bench.run("g e Tab Enter x Esc Esc")
    #expect(bench.records.count == 1)
    try bench.run("u g e")
    let figures = try shown(bench).figures
    #expect(figures.source.step == 2)
    #expect(figures.confusion[truth: 1, prediction: 1] + figures.labels.count >= 3)
  }

  @Test(
    "random predictions: every cell opens as many as it counts", arguments: [1, 2, 3] as [UInt64])
  func randomCells(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let names = ["RBC", "WBC", "Platelets"]
    var album: [String] = []
    var predictions: [[String]] = []
    for _ in 0..<12 {
      var (truths, found) = ("100×80", [String]())
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let (x, y) = (
          Int.random(in: 0...70, using: &random), Int.random(in: 0...50, using: &random)
        )
        let label = names.randomElement(using: &random) ?? ""
        truths += " | \(label) \(x),\(y) 20×20"
        for _ in 0..<Int.random(in: 0...2, using: &random) {
          let other =
            Int.random(in: 0...3, using: &random) == 0 ? names.randomElement(using: &random) : label
          let shift = Int.random(in: 0...8, using: &random)
          found.append(
            "\(other ?? label) .\(Int.random(in: 10...99, using: &random)) \(x + shift),\(y) 20×20")
        }
      }
      album.append(truths)
      predictions.append(found)
    }
    var bench = try Bench.review(album.joined(separator: "\n"), predictions)
    for threshold in ["0.5", "0.3", "0.8"] {
      try bench.run(": \"threshold \(threshold)\" Enter g e Tab")
      for (cell, count) in try shown(bench).figures.confusion.filledCells {
        try goTo(cell, &bench)
        try bench.run("Enter")
        #expect(bench.queueText.count == count, "seed \(seed), ≥\(threshold), \(cell)")
        try bench.run("Esc")
      }
      try bench.run("Esc")
    }
  }

  @Test("a row of the table opens the label's mistakes")
  func rows() throws {
    var bench = try bench()
    try bench.run("g e")
    let names = try shown(bench).rows.map { $0?.name ?? "all" }
    #expect(Set(names) == ["all", "RBC", "WBC", "Platelets"])
    #expect(names.first == "all")
    #expect(names[1] == "WBC")
    try bench.run("Enter")
    #expect(bench.queueText == ["1 RBC .80", "2 Platelets .70", "1 FN WBC", "3 FN RBC"])
    try bench.run("Esc j Enter")
    #expect(bench.queueText == ["1 FN WBC"])
    #expect(bench.state.queue.filterText == "label:WBC is:mismatch")
    try bench.run("Esc")
    #expect(bench.state.queue.filterText.isEmpty)
    #expect(try shown(bench).rows[safe: 1]??.name == "WBC")
  }

  @Test("the table is sorted by any column, both ways")
  func sorting() throws {
    var bench = try bench()
    try bench.run("g e")
    for column in EvaluationScreen.Column.allCases {
      try bench.run("h×9")
      for _ in 0..<column.rawValue { try bench.run("l") }
      let now = try shown(bench)
      #expect(now.column == column)
      let values = now.rows.compactMap(\.self).map { column.value(of: $0) }.filter(\.isFinite)
      #expect(values == (column.isDescending ? values.sorted(by: >) : values.sorted()))
      try bench.run("S")
      let turned = try shown(bench).rows.compactMap(\.self).map { column.value(of: $0) }
        .filter(\.isFinite)
      #expect(turned == (column.isDescending ? values.sorted() : values.sorted(by: >)))
    }
  }

  @Test("the threshold moves all figures at once, and the queue when one goes back")
  func threshold() throws {
    var bench = try bench()
    try bench.run("g e ] ] ]")
    #expect(bench.state.review?.hundredths == 65)
    #expect(try shown(bench).figures.overall.counts.truePositives == 1)
    #expect(try shown(bench).figures.overall.counts.falsePositives == 2)
    try bench.run("Shift+Tab l×3 L")
    #expect(bench.state.review?.hundredths == 78)
    #expect(try shown(bench).figures.overall.counts.falsePositives == 1)
    try bench.run("Esc")
    #expect(bench.queueText == ["1 RBC .80"])
    try bench.run("g e Shift+Tab Enter")
    let figures = try shown(bench).figures
    let best = try #require(figures.f1s.compactMap(\.self).max())
    #expect(figures.overall.counts.f1 == best)
  }

  @Test("labels of whole images have their own matrix")
  func imageLabels() throws {
    var bench = try Bench.review(
      "100×80 | [cat]\n100×80 | [dog]\n100×80 | [dog]", [["cat .9"], ["cat .8"], ["dog .7"]],
      labels: ["cat", "dog"])
    try bench.run("g e Tab Enter")
    #expect(bench.queueText == ["2 [cat] .80"])
    try bench.run("Esc")
    #expect(try shown(bench).isOfImages)
  }

  @Test("the change since the last run is said where the threshold is the same")
  func change() throws {
    var bench = try bench(screen: CellSize(columns: 120, rows: 36))
    bench.state.review?.lastRun = EvaluationRun(
      date: "2026-01-02T03:04:05Z", figures: ["F1Score": 0.5, "AP50": 0.9, "Threshold": 0.5])
    try bench.run("g e")
    let rows = bench.state.frame.description.split(separator: "\n")
    #expect(rows[1].contains("F1 0.389 -0.111"))
    #expect(rows[2].contains("since 2026-01-02 03:04"))
    try bench.run("]")
    #expect(!bench.state.frame.description.contains("-0.0"))
    #expect(bench.state.evaluationRun?.figures["Threshold"] == 0.55)
  }

  @Test("commands of the image do nothing behind it")
  func refused() throws {
    var bench = try bench()
    let lines = bench.lines
    for command in Command.allCases where command.isEdit {
      try bench.run("g e : \"\(command.rawValue)\" Enter")
      #expect(bench.lines == lines, "\(command.rawValue)")
      try bench.run("Esc Esc g g")
    }
  }

  @Test(
    "frames",
    arguments: [
      ("evaluation-80x24", CellSize(columns: 80, rows: 24), ColorDepth.palette16, "g e j"),
      ("evaluation-120x36", CellSize(columns: 120, rows: 36), .truecolor, "g e Tab"),
      ("evaluation-mono", CellSize(columns: 60, rows: 16), .mono, "g e"),
      ("evaluation-smallest", CellSize(columns: 40, rows: 12), .palette16, "g e Tab"),
    ])
  func frames(name: String, size: CellSize, depth: ColorDepth, keys: String) throws {
    var bench = try bench(screen: size, depth: depth)
    try bench.run(keys)
    try expectSnapshot(
      FrameText(frame: bench.state.frame).description, named: name, in: "../Frames/Snapshots")
  }
}
