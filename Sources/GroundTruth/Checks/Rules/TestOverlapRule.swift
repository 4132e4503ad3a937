/// At least half of the training labels are in the test manifest too.
enum TestOverlapRule {
  static func findings(training: CheckedDataset, test: CheckedDataset) -> [Finding] {
    let all = training.labels.labels
    if isShort(all, among: test.labels.labels) {
      return [finding(.labelOverlap, all, test.labels.labels)]
    }
    let usable = training.usableLabels
    // The test lines are used in the form that the model is trained with.
    let usableInTest = test.labels.labels.filter {
      training.useCase == .imageLevelLabels ? $0.imageLevel > 0 : $0.boxed > 0
    }
    return isShort(usable, among: usableInTest)
      ? [finding(.usableLabelOverlap, usable, usableInTest)] : []
  }

  private static func common(
    _ labels: [LabelTally.Label], _ others: [LabelTally.Label]
  ) -> Int {
    let known = Set(others.map(\.hash))
    return labels.count { known.contains($0.hash) }
  }

  private static func isShort(
    _ labels: [LabelTally.Label], among others: [LabelTally.Label]
  ) -> Bool {
    common(labels, others) * 2 < labels.count
  }

  private static func finding(
    _ code: Finding.Code, _ labels: [LabelTally.Label], _ others: [LabelTally.Label]
  ) -> Finding {
    Finding(
      line: 0, code: code,
      detail: "\(common(labels, others)) of \(labels.count) are in both.")
  }
}
