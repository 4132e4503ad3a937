extension Query {
  /// The lines of a dataset that answer to the query, in order.
  ///
  /// Lines that can't be read, and blank ones, answer to no query.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - truth: The bounding-box attribute whose boxes count.
  ///   - isInverted: Whether all other lines are wanted instead, unreadable ones included.
  /// - Returns: The lines, counted from 0.
  /// - Throws: `QueryError` for a term that only predictions could answer.
  /// - Complexity: O(bytes × terms).
  public func lines(
    of dataset: Dataset, truth: String, isInverted: Bool = false
  ) throws(QueryError) -> [Int] {
    try checkAnswerable()
    var lines: [Int] = []
    for line in 0..<dataset.count {
      var holds = false
      if let entry = try? Entry(line: dataset.line(at: line)) {
        holds = try matches(entry, truth: truth)
      }
      if holds != isInverted { lines.append(line) }
    }
    return lines
  }
}
