/// The lines of a dataset are for one kind of model; those of the other are ignored.
enum MixedUseCasesRule {
  static func findings(_ dataset: CheckedDataset) -> [Finding] {
    let imageLevelOnly = dataset.imageLevelLines - dataset.bothLines
    let boxesOnly = dataset.boxLines - dataset.bothLines
    guard imageLevelOnly > 0, boxesOnly > 0 else { return [] }
    return [
      Finding(
        line: 0, code: .mixedUseCases,
        detail: "\(imageLevelOnly) have image-level labels alone, \(boxesOnly) boxes alone.")
    ]
  }
}
