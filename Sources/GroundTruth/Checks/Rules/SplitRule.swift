/// A dataset without a test set of its own can be split, four fifths to one.
///
/// What split the service accepts is not documented beyond the 50 % of labels that both sides must
/// share. The rule here: at least half of the labels have two images, one for each side. It is a
/// warning, since a test dataset may stand elsewhere.
enum SplitRule {
  static func findings(_ dataset: CheckedDataset) -> [Finding] {
    let labels = dataset.usableLabels
    guard dataset.validLines > 1, !labels.isEmpty else { return [] }
    let rare = labels.filter { dataset.images(with: $0) < 2 }
    guard rare.count * 2 > labels.count else { return [] }
    return [
      Finding(
        line: 0, code: .tooFewImagesToSplit,
        detail: "\(rare.count) of \(labels.count) labels have a single image, such as "
          + "“\(rare[0].name)”.")
    ]
  }
}
