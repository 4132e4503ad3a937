import GroundTruth
import TestSupport
import Testing

@Suite("Filter queries")
struct QueryTests {
  private static let line =
    #"{"source-ref":"s3://bucket/Set 1/IMG_7.PNG","bb":{"annotations":["#
    + #"{"class_id":0,"left":0,"top":0,"width":31.5,"height":80},"#
    + #"{"class_id":1,"left":0,"top":0,"width":100,"height":40}]},"bb-metadata":{"#
    + #""class-map":{"0":"RBC","1":"red cell*"},"type":"groundtruth/object-detection","#
    + #""human-annotated":"yes"},"p":{"annotations":["#
    + #"{"class_id":0,"left":0,"top":0,"width":1,"height":1}]},"p-metadata":{"class-map":{"0":"ox"},"#
    + #""type":"groundtruth/object-detection","human-annotated":"no"},"l":1,"l-metadata":{"#
    + #""class-name":"Outdoor","type":"groundtruth/image-classification","human-annotated":"yes"},"#
    + #""reticle":{"verified":true,"flag":"Check the Edge"}}"#

  @Test(
    "holds for an entry, or not",
    arguments: [
      ("", true), ("label:RBC", true), ("label:rbc", true), ("label:RB", false),
      ("label:R*", true), ("label:*c", true), ("label:*", true), ("label:o*t*r", true),
      (#"label:"red cell*""#, true), (#"label:"red cell""#, false), (#"label:"red "*"#, true),
      ("label:outdoor", true), ("label:ox", false), ("-label:ox", true), ("-label:RBC", false),
      ("is:labelled", true), ("is:labeled", true), ("is:unlabelled", false), ("is:empty", false),
      ("is:verified", true), ("IS:Flagged", true), ("is:skipped", false), ("is:excluded", false),
      ("is:predicted", true), ("-is:verified", false), ("size<32", true), ("size<31.5", false),
      ("size<=31.5", true), ("size>39", true), ("size>40", false), ("size=40", true),
      ("boxes=2", true), ("boxes>2", false), ("boxes>=2", true), ("boxes<3", true),
      ("name:*.png", true), ("name:*.jpg", false), ("name:IMG", false), ("name:img_7.png", true),
      ("name:s3://bucket/*", true), ("name:bucket*", false), ("img", true), ("IMG*", true),
      ("bucket", false), (#""set 1/""#, true), ("note:edge", true), (#"note:"the edge""#, true),
      ("note:blur", false), ("is:verified boxes>1 img", true), ("is:verified boxes>9 img", false),
      ("  label:RBC   is:verified  ", true), (#""is:verified""#, false), (#""-x""#, false),
    ])
  func matches(text: String, expected: Bool) throws {
    let entry = try Entry(line: Array(Self.line.utf8))
    #expect(try Query(text).matches(entry, truth: "bb") == expected)
  }

  @Test("looks at the boxes of the truth only")
  func truth() throws {
    let entry = try Entry(line: Array(Self.line.utf8))
    #expect(try Query("label:ox boxes=1 size<2").matches(entry, truth: "p"))
    #expect(try Query("boxes=0 -size>0 -note:x").matches(entry, truth: "none"))
  }

  @Test(
    "points at the term that it can't read",
    arguments: [
      ("a \"b", 2, "\"b", .openQuote), ("a - b", 2, "-", .nothingToNegate),
      ("is:x", 0, "is:x", .unknownProperty("x")),
      ("a color:red", 2, "color:red", .unknownTerm("color")),
      ("label:", 0, "label:", .missingValue("label")), ("-is:", 0, "-is:", .missingValue("is")),
      ("size<", 0, "size<", .missingValue("size")), ("size<big", 0, "size<big", .notANumber("big")),
      ("size:3", 0, "size:3", .comparisonExpected("size")),
      ("boxes>nan", 0, "boxes>nan", .notANumber("nan")),
      ("is>3", 0, "is>3", .unknownTerm("is")), ("é é:1", 2, "é:1", .unknownTerm("é")),
      ("s3://b", 0, "s3://b", .unknownTerm("s3")), ("\"\"", 0, "\"\"", .missingValue("\"\"")),
    ] as [(String, Int, String, QueryError.Reason)])
  func errors(text: String, offset: Int, term: String, reason: QueryError.Reason) {
    let error = QueryError(term: term, offset: offset, reason: reason)
    #expect(throws: error) { try Query(text) }
    #expect(!error.message.isEmpty)
  }

  @Test(
    "terms about predictions are read, and answered only by who has some",
    arguments: ["score<0.5", "iou<0.75", "is:tp", "is:fp", "is:fn", "is:mismatch"])
  func predictions(term: String) throws {
    let entry = try Entry(line: Array(Self.line.utf8))
    let query = try Query("is:empty -" + term)
    #expect(
      throws: QueryError(term: "-" + term, offset: 9, reason: .needsPredictions)
    ) { try query.matches(entry, truth: "bb") }
    let alone = try Query(term)
    #expect(try alone.matches(entry, truth: "bb") { $0 == alone.terms[0].condition })
    #expect(try !alone.matches(entry, truth: "bb") { _ in false })
  }

  @Test("is written so that it reads the same")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 3)
    // An accent may follow anything, and is a character with it.
    let letters = [
      "a", "B", "é", "\u{301}", " ", "\r", "\n", "\"", "\\", "*", "-", ":", "<", "/", "日",
    ]
    func text() -> String {
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? ""
      }.joined()
    }
    func glob() -> Glob {
      let pieces = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Bool.random(using: &random) ? text() : ""
      }
      return Glob(pieces: pieces.joined().isEmpty && pieces.count < 2 ? [text()] : pieces)
    }
    for _ in 0..<2_000 {
      let sign = Query.Comparison.allCases.randomElement(using: &random) ?? .equal
      let conditions: [Query.Condition] = [
        .label(glob()), .name(glob()), .note(text()), .word(text()), .size(sign, 1.5),
        .boxes(sign, 3), .score(sign, 1e-7), .overlap(sign, 0.75),
        .property(Query.Property.allCases.randomElement(using: &random) ?? .empty),
      ]
      let query = Query(
        terms: (0..<3).compactMap { _ in
          conditions.randomElement(using: &random).map {
            Query.Term($0, isNegated: .random(using: &random))
          }
        })
      #expect(try Query(query.description) == query)
    }
    #expect(try Query(" label:a   -is:TP size<32.0 ").description == "label:a -is:tp size<32")
  }

  @Test("offers what can be typed")
  func completions() {
    #expect(Query.completions(of: "is:un") == ["is:unlabelled"])
    #expect(Query.completions(of: "a -is:ver") == ["is:verified"])
    #expect(Query.completions(of: "label:r", labels: ["RBC", "dog"]) == ["label:RBC"])
    #expect(
      Query.completions(of: "label:\"r", labels: ["red cell", "dog"]) == ["label:\"red cell\""])
    #expect(Query.completions(of: "").count > 20)
    for term in Query.completions(of: "") where !term.hasSuffix(":") {
      #expect(throws: Never.self) { try Query(term.last?.isLetter == true ? term : term + "1") }
    }
  }
}
