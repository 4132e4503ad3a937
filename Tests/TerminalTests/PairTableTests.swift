import TestSupport
import Testing

@testable import Terminal

struct PairTableTests {
  @Test func `the terminal's own colours are pair 0`() {
    var table = PairTable(cells: 10, limit: 1_000)
    #expect(table.pair(-1, -1) { _ in Issue.record("pair 0 is curses' own") } == 0)
  }

  @Test func `a combination is defined once and keeps its number while it shows`() {
    var table = PairTable(cells: 10, limit: 1_000)
    var definitions: [PairTable.Definition] = []
    let first = table.pair(1, -1) { definitions.append($0) }
    for _ in 0..<5 {
      table.beginFrame()
      #expect(table.pair(1, -1) { definitions.append($0) } == first)
    }
    #expect(definitions == [.init(pair: first, foreground: 1, background: -1)])
  }

  @Test func `no number of two frames in a row is redefined`() {
    var generator = SeededGenerator(for: "pairs")
    let cells = 300
    var table = PairTable(cells: cells, limit: 200_000)
    var meaning: [Int32: [Int32]] = [:]
    var shown: Set<Int32> = []
    for _ in 0..<200 {
      table.beginFrame()
      var composed: Set<Int32> = []
      for pair in shown where generator.next().isMultiple(of: 3) {
        table.keep([pair])
        composed.insert(pair)
      }
      for _ in composed.count..<cells {
        let colors = [Int32(generator.next() % 5_000) - 1, Int32(generator.next() % 5_000) - 1]
        let pair = table.pair(colors[0], colors[1]) {
          #expect(!shown.contains($0.pair) && !composed.contains($0.pair))
          meaning[$0.pair] = [$0.foreground, $0.background]
        }
        #expect(pair == 0 ? colors == [-1, -1] : meaning[pair] == colors)
        composed.insert(pair)
      }
      shown = composed
    }
    #expect(meaning.count <= 2 * cells + 512)
  }

  @Test func `numbers that look like 0 in 16 bits are left out`() {
    var table = PairTable(cells: 40_000, limit: 200_000)
    var numbers: Set<Int32> = []
    for color in 0..<70_000 { numbers.insert(table.pair(Int32(color), 0) { _ in }) }
    #expect(numbers.count == 70_000)
    #expect(!numbers.contains(65_536) && !numbers.contains(0))
  }

  @Test func `when every number shows, the terminal's own colours stand in`() {
    var table = PairTable(cells: 1, limit: 4)
    let numbers = (0..<5).map { color in table.pair(Int32(color), 1) { _ in } }
    #expect(numbers == [1, 2, 3, 0, 0])
  }
}
