import Foundation
import GroundTruth
import TestSupport
import Testing

/// Generated and mutated lines, against Foundation's parser as a second opinion.
///
/// `FUZZ_ROUNDS=3000000 swift test --filter JSONFuzzTests` runs longer, `RETICLE_SEED=…` replays.
@Suite("JSON fuzz")
struct JSONFuzzTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 20_000

  @Test("agrees with Foundation on 20,000 mutated lines of manifests")
  func mutated() throws {
    let lines = Fixture.all.flatMap { $0.lines.prefix(12) }.filter { $0.count < 800 }
    try #require(lines.count > 50)
    try Self.compare(seed: 20_260_101) { random in
      Self.mutated(lines[Int.random(in: 0..<lines.count, using: &random)], &random)
    }
  }

  @Test("agrees with Foundation on 20,000 generated lines, half of them mutated")
  func generated() throws {
    try Self.compare(seed: 20_260_404) { random in
      let line = GeneratedJSON.line(&random)
      return Bool.random(using: &random) ? line : Self.mutated(line, &random)
    }
  }

  /// Compares what is taken, and what it says.
  private static func compare(
    seed: UInt64, _ next: (inout SeededGenerator) -> [UInt8]
  ) throws {
    let seed = SeededGenerator.seed(seed)
    var random = SeededGenerator(seed: seed)
    var valid = 0
    for round in 0..<rounds {
      let line = next(&random)
      let ours = try? JSONValue(parsing: line)
      // Must not crash on what is valid, and must not fail where the line as a whole is.
      _ = try? Entry(line: line)
      let theirs = try? JSONSerialization.jsonObject(
        with: Data(line), options: .fragmentsAllowed)
      if let ours, let theirs {
        valid += 1
        if says(ours, theirs) { continue }
      } else if (ours == nil) == (theirs == nil) || isKnownDifference(line) {
        continue
      }
      Issue.record(
        """
        seed \(seed), round \(round): \(ours == nil ? "refused" : "taken"), \
        by Foundation \(theirs == nil ? "refused" : "taken"): \(line.text)
        """)
      return
    }
    // Both outcomes must be well represented, or the loop says nothing.
    #expect((rounds / 20..<rounds * 19 / 20).contains(valid), "seed \(seed): \(valid) valid")
  }

  /// Whether Foundation read the same from the same bytes.
  private static func says(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch ours.kind {
    case .object:
      guard let members = ours.members, let object = theirs as? [String: Any] else { return false }
      // Names that differ in their normal form alone are one name to Foundation.
      let names = Set(members.map(\.name))
      return object.count == names.count
        && names.allSatisfy { name in
          // Of repeated names we take the last; Foundation doesn't say which it takes.
          guard let theirs = object[name] else { return false }
          return members.contains { $0.name == name && says($0.value, theirs) }
        }
    case .array:
      guard let elements = ours.elements, let array = theirs as? [Any] else { return false }
      return elements.count == array.count && zip(elements, array).allSatisfy { says($0, $1) }
    case .string:
      return ours.string.map { Array($0.utf8) } == (theirs as? String).map { Array($0.utf8) }
    case .number: return says(ours, theirs as? NSNumber)
    case .boolean: return ours.boolean == theirs as? Bool
    case .null: return theirs is NSNull
    }
  }

  /// Foundation takes the way over `Decimal`, which costs the last few bits; the C library has them.
  private static func says(_ ours: JSONValue, _ theirs: NSNumber?) -> Bool {
    guard let double = ours.double, let theirs = theirs?.doubleValue else { return false }
    return double == strtod(Array(ours.bytes).text, nil)
      && abs(double - theirs) <= 16 * max(double.ulp, theirs.ulp)
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
