/// All images of a dataset are in one bucket.
enum BucketRule {
  static func findings(_ dataset: CheckedDataset) -> [Finding] {
    guard dataset.buckets.count > 1 else { return [] }
    let named = dataset.buckets.prefix(3).map {
      "\($0.name) (\($0.lines) \($0.lines == 1 ? "line" : "lines"), first \($0.firstLine))"
    }
    let more = dataset.buckets.count > 3 ? " and others" : ""
    return [
      Finding(
        line: 0, code: .multipleBuckets, detail: "They are \(named.joined(separator: ", "))\(more)."
      )
    ]
  }
}
