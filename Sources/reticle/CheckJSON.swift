import GroundTruth

/// The result of a check as one JSON object on one line.
enum CheckJSON {
  /// Writes a manifest's result to standard output, with the test manifest's in `test`.
  static func write(_ run: CheckRun, test: CheckRun?) throws {
    try StandardOutput.write([UInt8(ascii: "{")])
    try writeMembers(of: run)
    if let test {
      try StandardOutput.write(Array(#","test":{"#.utf8))
      try writeMembers(of: test)
      try StandardOutput.write([UInt8(ascii: "}")])
    }
    try StandardOutput.write(Array("}\n".utf8))
  }

  private static func writeMembers(of run: CheckRun) throws {
    let dataset = run.dataset
    let head = JSONStyle.compact.object([
      ("manifest", JSONText.encode(run.path)),
      ("use_case", JSONText.encode(dataset.useCase.rawValue)),
      ("total_json_lines", JSONNumber.encode(dataset.totalLines)),
      ("valid_json_lines", JSONNumber.encode(dataset.validLines)),
      ("invalid_json_lines", JSONNumber.encode(dataset.invalidLines)),
      ("ignored_json_lines", JSONNumber.encode(dataset.ignoredLines)),
    ])
    try StandardOutput.write(Array(head.dropFirst().dropLast()) + Array(#","findings":["#.utf8))
    try run.findings?.write(to: StandardOutput.write)
    try StandardOutput.write([UInt8(ascii: "]")])
  }
}
