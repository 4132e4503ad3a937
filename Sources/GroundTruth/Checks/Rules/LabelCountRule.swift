/// A dataset has as many labels as its kind of model needs, and at most 250.
///
/// Two for image-level labels and one for boxes: the quota page and the guide's history say so,
/// the error page says the reverse. A manifest with a single labelled line is taken for an example
/// and one without any for images still to be labelled; neither is held to a minimum.
enum LabelCountRule {
  static func findings(_ dataset: CheckedDataset) -> [Finding] {
    let all = dataset.labels.labels.count
    let usable = dataset.usableLabels.count
    func finding(_ code: Finding.Code, _ count: Int) -> [Finding] {
      [Finding(line: 0, code: code, detail: "It has \(count).")]
    }
    if usable > Limits.labels { return finding(.tooManyLabels, usable) }
    guard dataset.validLines > 1 else { return [] }
    let needed = dataset.useCase == .imageLevelLabels ? 2 : 1
    if all < needed { return finding(.tooFewLabels, all) }
    return usable < needed ? finding(.tooFewUsableLabels, usable) : []
  }
}
