/// At most one line in five is invalid, by all rules together; ignored lines aren't invalid.
enum InvalidRowsRule {
  static func findings(_ dataset: CheckedDataset) -> [Finding] {
    guard dataset.invalidLines * Limits.invalidShare > dataset.totalLines else { return [] }
    return [
      Finding(
        line: 0, code: .tooManyInvalidRows,
        detail: "\(dataset.invalidLines) of \(dataset.totalLines) are.")
    ]
  }
}
