import GroundTruth
import TestSupport
import Testing

@Suite("Statistics")
struct DatasetStatisticsTests {
  private static let lines = [
    boxLine("a.jpg", [Drawn(0, "cat", 0, 0, 31, 31), Drawn(1, "dog", 0, 0, 32, 32)]),
    boxLine(
      "b.jpg", [Drawn(0, "cat", 0, 0, 96, 96), Drawn(0, "cat", 0, 0, 7, 300)],
      rest: pair("w", "day")),
    boxLine("c.jpg", []), plainLine("d.jpg"), [], Array("{".utf8),
  ]

  private func statistics(_ lines: [[UInt8]]) -> DatasetStatistics {
    DatasetStatistics(Dataset(source: lines))
  }

  @Test("counts boxes by size and shape, and images by boxes")
  func boxes() {
    let statistics = statistics(Self.lines)
    #expect(statistics.imageCount == 4 && statistics.boxCount == 4)
    #expect(statistics.imagesByBoxCount == [0: 2, 2: 2])
    #expect(statistics.boxes.areas.small == 1)
    #expect(statistics.boxes.areas.medium == 2)
    #expect(statistics.boxes.areas.large == 1)
    #expect(statistics.boxes.shorterSides.bins.map(\.count) == [1, 0, 1, 1, 1, 0, 0, 0])
    #expect(statistics.boxes.aspects.bins.map(\.count) == [1, 0, 0, 3, 0, 0, 0])
    #expect(statistics.boxesPerImage.bins.map(\.count).prefix(4) == [2, 0, 2, 0])
  }

  @Test("counts the labels that stand together, most frequent first")
  func pairs() {
    let statistics = statistics(Self.lines + [boxLine("e.jpg", [Drawn(0, "cat", 0, 0, 9, 9)])])
    #expect(
      statistics.pairs.map { "\($0.first) \($0.second) \($0.imageCount)" }
        == ["cat dog 1", "cat day 1"])
    #expect(!statistics.hasMorePairs)
  }

  @Test("bounds the pairs of an image with very many labels")
  func bounded() {
    let boxes = (0..<2_000).map { Drawn($0, "label\($0)", 0, 0, 9, 9) }
    let statistics = statistics([boxLine("a.jpg", boxes)])
    #expect(statistics.hasMorePairs)
    #expect(statistics.pairs.count == 64 * 63 / 2)
    #expect(statistics.survey.labels.count == 2_000)
  }

  @Test("bins end where the next starts")
  func histogram() {
    var histogram = Histogram(starts: [0, 1, 4])
    for value in [-1, 0, 0.9, 1, 3.99, 4, 1e9, .nan] { histogram.add(value) }
    #expect(histogram.bins.map(\.count) == [4, 2, 2])
    #expect(histogram.bins.map(\.to) == [1, 4, nil])
  }
}

@Suite("Selecting lines")
struct SelectionTests {
  @Test("the lines that answer and those that don't are all lines, each once")
  func complement() throws {
    var random = SeededGenerator(for: "selecting")
    for _ in 0..<30 {
      let dataset = Dataset(
        source: randomLines(40, labels: ["cat", "dog", "ox"], using: &random))
      for text in ["", "label:cat", "-is:verified boxes>1", "size<50", "name:*1.jpg"] {
        let query = try Query(text)
        let lines = try query.lines(of: dataset, truth: "bb")
        let others = try query.lines(of: dataset, truth: "bb", isInverted: true)
        #expect((lines + others).sorted() == Array(0..<dataset.count))
        #expect(lines == lines.sorted() && others == others.sorted())
        #expect(lines.allSatisfy { (try? Entry(line: dataset.line(at: $0))) != nil })
      }
    }
  }

  @Test("refuses what only predictions can answer")
  func predictions() throws {
    let query = try Query("score<0.5")
    #expect(throws: QueryError.self) {
      try query.lines(of: Dataset(source: [[UInt8]]()), truth: "bb")
    }
  }
}
