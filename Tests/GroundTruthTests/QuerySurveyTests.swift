import GroundTruth
import TestSupport
import Testing

/// Queries over a whole dataset, against the same queries asked of each entry.
@Suite("Query over a survey")
struct QuerySurveyTests {
  private static let queries = [
    "", "is:labelled", "-is:labelled", "is:empty", "is:auto", "-is:auto is:predicted",
    "is:unlabelled is:predicted", "is:flagged",
    "-is:verified -is:skipped", "label:cat", "label:c*", "-label:*", "label:*a* boxes>1", "boxes=0",
    "boxes>=2 -label:bird", "size<32", "size>100 is:labelled", "-size>=10", "name:*.jpg", "name:X",
    "name:*s*/*", "x", "-x", "\"S3://\"", "name:\"café\"", "name:*é*", "note:a", "-note:a", "1",
    "name:*1*.jp*g boxes>0", "name:a*a", "\"a b\"", "is:excluded name:*", "\\", "name:*\\*",
  ]

  @Test("answers as each entry would", arguments: queries)
  func same(text: String) throws {
    let seed = SeededGenerator.seed(20_260_303)
    var random = SeededGenerator(seed: seed)
    let pool = Fixture.all.flatMap { $0.lines.prefix(10) } + SurveyScanTests.odd + Self.named
    let query = try Query(text)
    for round in 0..<6 {
      let lines = pool.map { line in
        round == 0 || line.count > 2_000 ? line : LineMutation.mutated(line, &random)
      }
      let truth = ["a", "category", "bounding-box", "bax-bees"][round % 4]
      let dataset = Dataset(source: lines)
      let survey = Survey(dataset, truth: truth)
      let expected = try lines.indices.filter { index in
        guard let entry = try? Entry(line: lines[index]) else { return false }
        return try query.matches(entry, truth: truth)
      }
      let found = try query.lines(of: dataset, countedBy: survey)
      let differing = Set(found).symmetricDifference(expected).min().map { lines[$0].text }
      #expect(differing == nil, "seed \(seed), round \(round)")
      #expect(found == found.sorted())
    }
  }

  private static let named: [[UInt8]] = [
    "a b.jpg", "s3://bucket/Photos/Café.JPG", "s3:\\/\\/bucket\\/1.jpeg", "x/caf\\u00e9", "É", "",
    "/", "a/", "aba", "a", "cafe\u{301}.jpg", "back\\\\slash", "\\r\\n", "Ka.jpg", "\u{212A}a.jpg",
  ].map { Array(#"{"source-ref":"\#($0)","reticle":{"flag":"a note"}}"#.utf8) }

  @Test("says that predictions are needed")
  func predictions() throws {
    let dataset = Dataset(source: [[UInt8]]())
    let query = try Query("is:tp")
    #expect(throws: QueryError.self) {
      try query.lines(of: dataset, countedBy: Survey(dataset))
    }
  }

  @Test("orders lines by what source-ref says")
  func nameOrder() throws {
    let seed = SeededGenerator.seed(20_260_304)
    var random = SeededGenerator(seed: seed)
    for round in 0..<50 {
      var names = (0..<90).map { _ in "images/photo-\(Int.random(in: 0...60, using: &random)).jpg" }
      for name in ["z", "images", "images/", "images/caf\\u00e9", "", "i\\/x", "images/photo-"] {
        names.insert(name, at: Int.random(in: 0..<names.count, using: &random))
      }
      let lines = names.map { Array(#"{"x":"y","source-ref":"\#($0)"}"#.utf8) } + [[]]
      let dataset = Dataset(source: lines)
      let some = names.indices.filter { _ in Int.random(in: 0..<5, using: &random) > 0 }
      let decoded = try some.map { Array(try Entry(line: lines[$0]).sourceRef.utf8) }
      let expected = some.indices.sorted {
        decoded[$0] == decoded[$1]
          ? $0 < $1 : decoded[$0].lexicographicallyPrecedes(decoded[$1])
      }.map { some[$0] }
      let isSame = dataset.sortedBySourceRef(some) == expected
      #expect(isSame, "seed \(seed), round \(round)")
    }
    #expect(Dataset(source: [[UInt8]]()).sortedBySourceRef([]) == [])
  }
}
