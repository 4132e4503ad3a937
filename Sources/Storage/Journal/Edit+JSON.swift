import GroundTruth

extension Splice {
  /// `[line, offset, removed, inserted]`.
  var json: JSONValue {
    .array([.number(line), .number(offset), .bytes(removed), .bytes(inserted)])
  }

  init?(json: JSONValue) {
    guard let parts = json.elements, parts.count == 4, let line = parts[0].integer,
      let offset = parts[1].integer, let removed = parts[2].bytes, let inserted = parts[3].bytes,
      (0..<1 << 53).contains(line), (0..<1 << 53).contains(offset)
    else { return nil }
    self.init(line: line, offset: offset, removed: removed, inserted: inserted)
  }
}

extension Edit {
  /// `["summary", splice, …]`.
  var json: JSONValue { .array([.string(summary)] + splices.map(\.json)) }

  init?(json: JSONValue) {
    guard let parts = json.elements, let summary = parts.first?.string else { return nil }
    let splices = parts.dropFirst().compactMap(Splice.init(json:))
    guard splices.count == parts.count - 1 else { return nil }
    self.init(summary: summary, splices: splices)
  }
}
