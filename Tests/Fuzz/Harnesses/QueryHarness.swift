import GroundTruth

/// Queries: read, spelt and asked.
enum QueryHarness {
  static func run(_ bytes: [UInt8]) throws(Violation) {
    let text = String(decoding: bytes, as: UTF8.self)
    let query: Query
    do throws(QueryError) {
      query = try Query(text)
    } catch {
      let isInside = (0...text.count).contains(error.offset)
      return try expect(
        !"\(error)".isEmpty && isInside, "an error points into the query: \(error.offset)")
    }
    try check(query)
  }

  private static func check(_ query: Query) throws(Violation) {
    let spelt = query.description
    let again: Query
    do throws(QueryError) {
      again = try Query(spelt)
    } catch {
      throw Violation("a query can be typed as it is spelt: \(spelt): \(error)")
    }
    try expect(again == query, "a query spelt and read is the same: \(spelt)")
    for entry in entries {
      let answer = try? query.matches(entry, truth: "boxes")
      let asked = try? again.matches(entry, truth: "boxes")
      try expect(answer == asked, "the same query has the same answer: \(spelt)")
      _ = try? query.matches(entry, truth: "boxes") { _ in true }
    }
  }

  /// Entries that conditions can tell apart.
  private static let entries: [Entry] = [
    #"{"source-ref":"s3://bucket/folder/IMG_0001.jpg"}"#,
    #"{"source-ref":"a b.png","reticle":{"verified":true,"flag":"blurred"}}"#,
    #"{"source-ref":"é.png","boxes":{"image_size":[{"width":9,"height":9,"depth":3}],"#
      + #""annotations":[{"class_id":0,"top":1,"left":1,"width":3,"height":4}]},"#
      + #""boxes-metadata":{"objects":[{"confidence":1}],"class-map":{"0":"red car"},"#
      + #""type":"groundtruth/object-detection","human-annotated":"yes","#
      + #""creation-date":"2026-01-01T00:00:00.000000"}}"#,
  ].compactMap { try? Entry(line: Array($0.utf8)) }
}
