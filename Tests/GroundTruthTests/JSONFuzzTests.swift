import Foundation
import GroundTruth
import TestSupport
import Testing

/// Mutated manifest lines, against Foundation's parser as a second opinion.
@Suite("JSON fuzz")
struct JSONFuzzTests {
  @Test("agrees with Foundation on 20,000 mutated lines")
  func agrees() throws {
    let seed = SeededGenerator.seed(20_260_101)
    var random = SeededGenerator(seed: seed)
    let lines = Fixture.all.flatMap { $0.lines.prefix(12) }.filter { $0.count < 800 }
    try #require(lines.count > 50)
    var valid = 0
    for round in 0..<20_000 {
      let line = Self.mutated(lines[Int.random(in: 0..<lines.count, using: &random)], &random)
      let ours = (try? JSONValue(parsing: line)) != nil
      if ours { valid += 1 }
      // Must not crash on what is valid, and must not fail where the line as a whole is.
      _ = try? Entry(line: line)
      let theirs = Self.foundationTakes(line)
      if ours != theirs, !Self.isKnownDifference(line) {
        Issue.record("seed \(seed), round \(round): ours \(ours), theirs \(theirs): \(line.text)")
        return
      }
    }
    // Both outcomes must be well represented, or the loop says nothing.
    #expect((1_000..<19_000).contains(valid), "seed \(seed): \(valid) valid")
  }

  private static func foundationTakes(_ line: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)) != nil
  }

  /// Where Foundation and RFC 8259, or our limits, part.
  private static func isKnownDifference(_ line: [UInt8]) -> Bool {
    let text = line.text
    // It guesses UTF-16 and UTF-32 from zero bytes and other byte order marks.
    if line.contains(0) || line.first.map({ $0 >= 0xEF }) == true { return true }
    // It refuses surrogate escapes without their other half; the grammar allows them.
    if text.lowercased().contains("\\ud") { return true }
    // It takes a comma after the last member or element; RFC 8259 doesn't.
    if text.contains(/,[ \t\r\n]*[}\]]/) { return true }
    // It refuses numbers beyond the finite; the grammar has no limit.
    return text.contains(/[eE][+-]?[0-9]{3,}/)
  }

  private static let spices: [[UInt8]] =
    [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00e9", "\\ud83d\\ude00", "0", "-", "1e5", ".5",
      "true", "null", " ", "\t", "é", "[[[[", "{\"a\":", "\u{1}",
    ].map { Array($0.utf8) } + [[0x80], [0xC3], [0xF0, 0x9F], [0xFF]]

  private static func mutated(_ line: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var line = line
    for _ in 0..<Int.random(in: 1...3, using: &random) where !line.isEmpty {
      let at = Int.random(in: 0..<line.count, using: &random)
      let end = min(line.count, at + Int.random(in: 1...6, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: line[at] = UInt8.random(in: 0...255, using: &random)
      case 1: line.removeSubrange(at..<end)
      case 2: line.insert(contentsOf: spices.randomElement(using: &random) ?? [], at: at)
      case 3: line.removeSubrange(at...)
      case 4: line.insert(contentsOf: line[at..<end], at: at)
      case 5: line.insert(UInt8(ascii: " "), at: at)
      default: line[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
    return line
  }
}
